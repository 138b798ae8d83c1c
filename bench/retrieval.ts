import { spawn } from 'node:child_process';
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

/**
 * How well passages are found: `npm run bench:retrieval -- FOLDER [EVERY]`, where FOLDER holds corpus.jsonl(.gz)
 * `{id,title,text}` and queries.jsonl(.gz) `{id,query,relevant:[…]}`. Prints recall by id prefix, how well
 * confidence tells answerable from unanswerable, and times. EVERY 5 asks every fifth question.
 */
interface Query {
  id: string;
  query: string;
  relevant: string[];
}
interface Answer {
  hits: { id: string; score: number; conf: number }[];
  ms: number;
}

const folder = path.resolve(process.argv[2] ?? '.');
const every = Number(process.argv[3] ?? 1);
const work = mkdtempSync(path.join(os.tmpdir(), 'xueban-bench-'));

async function plainFile(name: string): Promise<string> {
  const target = path.join(work, name);
  const source = createReadStream(path.join(folder, `${name}.gz`));
  await pipeline(source, createGunzip(), createWriteStream(target));
  return target;
}

const corpus = await plainFile('corpus.jsonl');
const queries: Query[] = [];
for await (const line of createInterface({
  input: createReadStream(await plainFile('queries.jsonl')),
})) {
  queries.push(JSON.parse(line) as Query);
}
const asked = queries.filter((_, i) => i % every === 0);

const child = spawn(process.execPath, ['--import', 'tsx', 'src/retriever.ts'], {
  stdio: ['pipe', 'pipe', 'inherit'],
});
const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
async function ask(request: object): Promise<Answer> {
  child.stdin.write(`${JSON.stringify(request)}\n`);
  return JSON.parse((await lines.next()).value as string) as Answer;
}

const began = performance.now();
console.log(await ask({ op: 'index', corpus }));
console.log(`import ${((performance.now() - began) / 1000).toFixed(1)} s`);
const results: { query: Query; answer: Answer }[] = [];
for (const query of asked) {
  results.push({ query, answer: await ask({ op: 'search', ...query, k: 10 }) });
}
child.stdin.end();

const prefix = (id: string) => id.slice(0, id.indexOf(':'));
for (const name of new Set(asked.map(({ id }) => prefix(id)))) {
  const set = results.filter(({ query }) => prefix(query.id) === name);
  if (name === 'near') continue;
  const at = (k: number) =>
    set.filter(({ query, answer }) =>
      answer.hits.slice(0, k).some(({ id }) => query.relevant.includes(id)),
    ).length;
  const share = (count: number) => ((100 * count) / set.length).toFixed(1);
  console.log(`${name} n=${set.length} R@1 ${share(at(1))} R@10 ${share(at(10))}`);
}

const confidence = ({ answer }: (typeof results)[number]) => answer.hits[0]?.conf ?? 0;
function auroc(good: number[], bad: number[]): number {
  const won = good.map(
    (g) => bad.filter((b) => g > b).length + bad.filter((b) => g === b).length / 2,
  );
  return (100 * won.reduce((sum, each) => sum + each, 0)) / (good.length * bad.length);
}
for (const set of ['cmrct', 'drcdd', 'stard']) {
  const good = results.filter(
    ({ query, answer }) =>
      query.id.startsWith(set) && query.relevant.includes(answer.hits[0]?.id ?? ''),
  );
  const all = results.filter(({ query }) => query.id.startsWith(set));
  const bad = results.filter(({ query }) => query.id.startsWith(`near:${set.slice(0, 4)}`));
  if (bad.length === 0) continue;
  console.log(
    `${set} AUROC ${auroc(all.map(confidence), bad.map(confidence)).toFixed(1)} (right at 1: ${auroc(good.map(confidence), bad.map(confidence)).toFixed(1)})`,
  );
  for (const line of [0.15, 0.3, 0.5, 0.7]) {
    const over = (them: typeof results) =>
      ((100 * them.filter((each) => confidence(each) >= line).length) / them.length).toFixed(0);
    console.log(`  confidence >= ${line}: answerable ${over(all)} %, unanswerable ${over(bad)} %`);
  }
}
const times = results.map(({ answer }) => answer.ms).sort((a, b) => a - b);
const quantile = (q: number) => times[Math.floor(q * (times.length - 1))];
console.log(`ms p50 ${quantile(0.5)} p95 ${quantile(0.95)}`);
rmSync(work, { recursive: true, force: true });
