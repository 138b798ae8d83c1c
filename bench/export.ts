import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import type { Messenger } from '../src/bot/messenger.ts';
import type { MessageId, PersonId, RoundId } from '../src/base/ids.ts';
import { sendExportJob } from '../jobs/rounds/send-export.ts';
import { sealedMessage, serveWebhook, temporaryFolder } from './door.ts';

/**
 * How long events wait for their ack while a large export is made: `npm run bench:export -- [ROWS]`. Ten
 * events a second arrive, before and meanwhile; the largest wait and how long the event loop stood still tell.
 */
const rows = Number(process.argv[2] ?? 30_000);
const rounds = 20;
const everyMs = 100;
const patienceMs = 300_000;

let arrived = (_: number) => {};
const nobody = () => Promise.reject(new Error('not asked for here'));
const messenger: Messenger = {
  send(_to, content) {
    if ('file' in content) arrived(content.file.bytes.length);
    return Promise.resolve({ outcome: 'sent', message: `om_${randomUUID()}` as MessageId });
  },
  update: (message) => Promise.resolve({ outcome: 'sent', message }),
  ...{ recall: nobody, fetchFile: nobody, fetchDocument: nobody, group: nobody },
  ...{ createCard: nobody, streamText: nobody, finishCard: nobody },
  members: () => {
    throw new Error('not asked for here');
  },
};
const dataDir = temporaryFolder();
const corpusDir = temporaryFolder();
const { db, queue, port, stop } = await serveWebhook({
  ...{ dataDir, corpusDir, works: true, messenger },
});

interface Filled {
  person: PersonId;
  ids: RoundId[];
}

/** Check-ins that ask so many people in all, half of whom have answered in their own words. */
async function fill(): Promise<Filled> {
  await db.sql(
    `insert into person (open_id, name) select 'ou_many_' || n, '成员' || n from generate_series(1, $1::int) n`,
    rows / rounds,
  );
  await db.sql(`insert into branch (name) values ('第一党支部')`);
  await db.sql(
    `insert into chat (platform_id, kind, branch_id, bound_at) select 'oc_export', 'group', id, now() from branch`,
  );
  await db.sql(
    `insert into role (branch_id, person_id, kind, since)
     select b.id, (select min(id) from person), 'secretary', now() from branch b`,
  );
  const all = await db.sql<{ id: RoundId }>(
    `insert into round (branch_id, number, kind, title, chat_id, opened_by, opened_at, closes_at)
     select b.id, n, 'checkin', '第' || n || '周学习', c.id, (select min(id) from person), now(), now() + interval '1 day'
     from branch b, chat c, generate_series(1, $1::int) n where c.kind = 'group' returning id`,
    rounds,
  );
  await db.sql(
    `insert into round_person (round_id, person_id) select r.id, p.id from round r, person p
     where p.open_id like 'ou_many_%'`,
  );
  await db.sql(
    `insert into answer (round_id, person_id, at, content)
     select round_id, person_id, now(), jsonb_build_object('text', '学了第' || round_id || '课，' || person_id)
     from round_person where person_id % 2 = 0`,
  );
  const [first] = await db.sql<{ id: PersonId }>('select min(id) as id from person');
  if (!first) throw new Error('nobody was stored');
  return { person: first.id, ids: all.map(({ id }) => id) };
}

/** Knocks at the door until `work` is done; what each knock waited, and how long the loop stood still at most. */
async function acksDuring(work: Promise<unknown>) {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const over = new AbortController();
  const end = () => over.abort();
  void work.then(end, end);
  const waits: Promise<number>[] = [];
  while (!over.signal.aborted) {
    waits.push(knock());
    await pause(everyMs);
  }
  await work;
  const times = (await Promise.all(waits)).sort((one, other) => one - other);
  delay.disable();
  const at = (share: number) => times[Math.floor(times.length * share)]?.toFixed(0);
  return `p50 ${at(0.5)} ms  p95 ${at(0.95)} ms  most ${times.at(-1)?.toFixed(0)} ms  loop still for ${(delay.max / 1e6).toFixed(0)} ms at most`;
}

async function knock(): Promise<number> {
  const { body, headers } = sealedMessage();
  const began = performance.now();
  await fetch(`http://127.0.0.1:${port}/webhook/event`, { method: 'POST', body, headers });
  return performance.now() - began;
}

async function exported({ person, ids }: Filled): Promise<void> {
  const began = performance.now();
  const arriving = new Promise<number>((resolve, reject) => {
    arrived = resolve;
    setTimeout(() => reject(new Error('no export came')), patienceMs).unref();
  });
  await queue.add(sendExportJob, {
    ...{ id: randomUUID(), person, rounds: ids },
    period: { year: 2026 },
  });
  const bytes = await arriving;
  const took = ((performance.now() - began) / 1_000).toFixed(1);
  console.log(`${rows} rows  ${(bytes / 1e6).toFixed(1)} MB  in ${took} s`);
}

const asked = await fill();
console.log(`acks before           ${await acksDuring(pause(5_000))}`);
// The first one starts the thread.
for (const name of ['first', 'second']) {
  const told = await acksDuring(exported(asked));
  console.log(`acks during the ${name.padEnd(7)}${told}`);
}
console.log(`${(process.memoryUsage().rss / 1e6).toFixed(0)} MB resident, the thread included`);
await stop();
for (const folder of [dataDir, corpusDir]) rmSync(folder, { recursive: true, force: true });
