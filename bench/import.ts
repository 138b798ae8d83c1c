import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sealedMessage, sealedQuestion, temporaryFolder } from './door.ts';
import { linesOf, type Query } from './retrieval/corpus.ts';
import { quantile } from './retrieval/measures.ts';
import type { Told } from './serve-library.ts';
import { unpackStatutes } from './statutes.ts';

/**
 * A folder of documents imported behind a door that people knock at: `npm run bench:import -- FOLDER [QUESTIONS]`.
 * FOLDER holds statutes (see `statutes.ts`). Events come at a steady rate, before, while and after it is
 * imported; each acknowledgement is timed from the moment at which it was due. Then, with QUESTIONS, a
 * folder with queries.jsonl(.gz), 200 of them are asked, from the message's arrival to the answer's leaving.
 */
/** As when three hundred people all write within one minute. */
const perSecond = 5;
const calmSeconds = 60;
const mostQuestions = 200;

const [folder = '.', questions] = process.argv.slice(2);
const work = temporaryFolder();
const corpusDir = path.join(work, 'corpus');
const dataDir = path.join(work, 'data');
for (const each of [corpusDir, dataDir]) mkdirSync(each);
chmodSync(dataDir, 0o755);
const files = await unpackStatutes(folder, corpusDir);

const server = fork(new URL('./serve-library.ts', import.meta.url), [dataDir, corpusDir], {
  execArgv: ['--import', 'tsx'],
});
let heard = (_: Told) => {};
server.on('message', (told: Told) => heard(told));
const hear = <Is extends Told['is']>(is: Is) =>
  new Promise<Told & { is: Is }>((resolve) => {
    heard = (told) => told.is === is && resolve(told as Told & { is: Is });
  });
const { port } = await hear('open');

const agent = new Agent({ keepAlive: true, maxSockets: 50 });
function post({ body, headers }: ReturnType<typeof sealedMessage>): Promise<void> {
  return new Promise((resolve, reject) => {
    const options = { port, agent, method: 'POST', path: '/webhook/event', headers };
    const sent = request(options, (response) => {
      if (response.statusCode !== 200) reject(new Error(`refused: ${response.statusCode}`));
      response.resume().on('end', resolve);
    });
    sent.on('error', reject).end(body);
  });
}

/** Knocks at a steady rate until `over`; how long each acknowledgement took, in milliseconds. */
async function knock(over: Promise<unknown>): Promise<number[]> {
  const took: number[] = [];
  const end = { isOver: false };
  void over.then(() => (end.isOver = true));
  const began = performance.now();
  const open: Promise<void>[] = [];
  for (let i = 0; !end.isOver; i += 1) {
    const due = began + (i * 1000) / perSecond;
    await pause(Math.max(0, due - performance.now()));
    open.push(post(sealedMessage()).then(() => void took.push(performance.now() - due)));
  }
  await Promise.all(open);
  return took;
}

const say = (what: string, took: number[]) => {
  const at = (share: number) => quantile(took, share).toFixed(1);
  console.log(`${what.padEnd(22)} p50 ${at(0.5)} ms  p95 ${at(0.95)} ms  p99 ${at(0.99)} ms`);
};

await knock(pause(5_000));
const before = await knock(pause(calmSeconds * 1000));
say('acks before', before);
const done = hear('done');
server.send('import');
const during = await knock(done);
say('acks while importing', during);
await pause(5_000);
const after = await knock(pause(calmSeconds * 1000));
say('acks after', after);
const ratio = quantile(during, 0.99) / quantile([...before, ...after], 0.99);
const { ms, documents, passages, busiestMs } = await done;
console.log(
  `${documents} of ${files} files, ${passages} passages in ${(ms / 1000).toFixed(1)} s: ${(ms / passages).toFixed(2)} ms a passage\n` +
    `p99 of acks ${ratio.toFixed(2)} times the calm one; the loop stood still for at most ${Math.round(busiestMs)} ms`,
);
if (questions) say('whole answers', await answers(questions));

const gone = once(server, 'exit');
server.kill('SIGTERM');
await gone;
rmSync(work, { recursive: true, force: true });

/** From a question's arrival at the door until its answer leaves, one after another. */
async function answers(from: string): Promise<number[]> {
  const all: string[] = [];
  for await (const { query } of linesOf<Query>(from, 'queries')) all.push(query);
  const every = Math.max(1, Math.floor(all.length / mostQuestions));
  const took: number[] = [];
  for (const question of all.filter((_, i) => i % every === 0).slice(0, mostQuestions)) {
    const left = hear('left');
    const began = performance.now();
    await post(sealedQuestion(question));
    await left;
    took.push(performance.now() - began);
  }
  return took;
}
