import { Fault } from '../../src/base/errors.ts';
import type { Card, Incoming, Reader } from '../../src/bot/talk.ts';
import type { Clock } from '../../src/base/clock.ts';
import type { Db } from '../../src/database/db.ts';
import { type Log, traced } from '../../src/base/log.ts';
import { answers } from '../../src/base/metrics.ts';
import type { IncomingHandler } from '../../src/queue/incoming-handler.ts';
import { isBeingBound } from '../people/bind-group.ts';
import { receiveJob } from '../../src/queue/inbox.ts';
import type { Running, WorkQueue } from '../../src/queue/job.ts';
import type { Outbox } from '../../src/queue/outbox.ts';

interface ReceiveNeeds {
  queue: WorkQueue;
  db: Db;
  clock: Clock;
  log: Log;
  incomingHandler: IncomingHandler;
  outbox: Outbox;
  /** The platform's JSON in our words; undefined where it is not for us. What it writes may be written twice. */
  read(event: unknown, trace: string): Promise<Incoming | undefined>;
  apology: (reader: Reader) => Card;
  reader: () => Reader;
}

/** Works on one stored event. Its effect and the mark "handled" are one transaction: run twice, it acts once. */
export function registerReceive(needs: ReceiveNeeds) {
  const { db, queue, clock, log, incomingHandler, outbox, read, apology, reader } = needs;

  /** True for whoever handles this event first. */
  async function claim(key: string) {
    const rows = await db.sql(
      `update seen_event set handled_at = $2 where key = $1 and handled_at is null returning key`,
      key,
      clock.now(),
    );
    return rows.length > 0;
  }
  const answered = (writtenAt: Date) =>
    answers.observe(Math.max(0, clock.now().getTime() - writtenAt.getTime()) / 1000);
  const eventOf = (raw: string): unknown => JSON.parse(Buffer.from(raw, 'base64').toString('utf8'));

  const run = ({ key, raw }: { key: string; raw: string }, { finish }: Running) =>
    traced(key, async () => {
      const incoming = await read(eventOf(raw), key);
      if (!incoming) {
        await finish(() => claim(key));
        return;
      }
      // Tried again a second later; later messages of the chat wait behind it.
      if (incoming.place.kind === 'group' && (await isBeingBound(db, incoming.place.id)))
        throw new Fault('the group is just being bound');
      log.debug({ kind: incoming.kind }, 'handling');
      const work = await incomingHandler.prepare(incoming);
      await finish(async () => {
        if (!(await claim(key))) return;
        await work();
        if (incoming.kind !== 'happened') db.afterCommit(() => answered(incoming.at));
      });
    });
  queue.on(receiveJob, run, {
    // The person gets an apology instead of no answer.
    givenUp: ({ key, raw }) =>
      db.atomic(async () => {
        if (!(await claim(key))) return;
        const incoming = await read(eventOf(raw), key);
        if (!incoming || incoming.kind === 'happened') return;
        await outbox.put([
          { to: { chat: incoming.place.id }, content: { card: apology(reader()) } },
        ]);
      }),
  });
}
