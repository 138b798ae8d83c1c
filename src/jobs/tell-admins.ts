import { z } from 'zod';
import { deadLettersCard } from '../../cards/apology.ts';
import type { Reader } from '../bot/talk.ts';
import type { Clock } from '../clock.ts';
import type { Db } from '../db.ts';
import type { PersonId } from '../ids.ts';
import { defineJob, type Queue, type WorkQueue } from './job.ts';
import type { Outbox } from './outbox.ts';

const hour = 3_600_000;
// Several failures at once are one message.
const gathering = 60_000;

const subject = 'dead-letters';

interface TellAdminsNeeds {
  db: Db;
  queue: WorkQueue;
  clock: Clock;
  outbox: Outbox;
  admins: () => ReadonlySet<PersonId>;
  reader: () => Reader;
  /** How much was given up since. */
  deadLetters(since: Date): Promise<number>;
}

export const tellAdminsJob = defineJob({ name: 'dead-letter.tell', payload: z.object({}) });

/** Tells the administrators in private that work was given up, at most once an hour. */
export function registerTellAdmins(needs: TellAdminsNeeds) {
  const { db, queue, clock, outbox, admins, reader, deadLetters } = needs;
  queue.on(tellAdminsJob, async () => {
    const since = new Date(clock.now().getTime() - hour);
    const told = await db.client.outgoing.aggregate({
      where: { subject, createdAt: { gt: since } },
      _max: { createdAt: true },
    });
    const last = told._max.createdAt;
    if (last) return tellAt(queue, new Date(last.getTime() + hour));
    const count = await deadLetters(since);
    if (count === 0) return;
    const content = { card: deadLettersCard(reader(), count) };
    await outbox.put([...admins()].map((person) => ({ to: { person }, content, subject })));
  });
}

const tellAt = (queue: Queue, at: Date) =>
  queue.add(tellAdminsJob, {}, { at, key: 'dead-letter.tell', group: 'dead-letter.tell' });

/** Has the administrators told soon; what happens in the same hour is told together. */
export const tellAdminsSoon = (queue: Queue, clock: Clock) =>
  tellAt(queue, new Date(clock.now().getTime() + gathering));
