import { z } from 'zod';
import { deadLettersCard } from '../../cards/bot/apology.ts';
import type { Reader } from '../../src/bot/talk.ts';
import type { Clock } from '../../src/base/clock.ts';
import type { PersonId } from '../../src/base/ids.ts';
import { defineJob, type Queue } from '../../src/queue/job.ts';
import type { Outbox } from '../../src/queue/outbox.ts';
import type { RunningQueue } from '../../src/queue/queue.ts';

const hour = 3_600_000;
// Several failures at once are one message.
const gathering = 60_000;

const subject = 'dead-letters';

export interface TellAdminsNeeds {
  queue: Pick<RunningQueue, 'add' | 'on' | 'deadLetters'>;
  clock: Clock;
  outbox: Outbox;
  admins: () => ReadonlySet<PersonId>;
  reader: () => Reader;
}

export const tellAdminsJob = defineJob({ name: 'dead-letter.tell', payload: z.object({}) });

/**
 * Tells the administrators in private how much was given up since they were last told, at most once an
 * hour.
 */
export function registerTellAdmins(needs: TellAdminsNeeds) {
  const { queue, clock, outbox, admins, reader } = needs;
  queue.on(tellAdminsJob, async () => {
    const now = clock.now().getTime();
    const last = await outbox.lastPut(subject);
    if (last && last.getTime() + hour > now) return tellAt(queue, new Date(last.getTime() + hour));
    // What was told is known for as long as messages are; whatever is older was told.
    const count = await queue.deadLetters(last ?? new Date(now - 90 * 24 * hour));
    if (count === 0) return;
    const content = { card: deadLettersCard(reader(), count) };
    await outbox.put([...admins()].map((person) => ({ to: { person }, content, subject })));
  });
}

const tellAt = (queue: Pick<Queue, 'add'>, at: Date) =>
  queue.add(tellAdminsJob, {}, { at, key: 'dead-letter.tell', group: 'dead-letter.tell' });

/** Has the administrators told soon; what happens in the same hour is told together. */
export const tellAdminsSoon = (queue: Queue, clock: Clock) =>
  tellAt(queue, new Date(clock.now().getTime() + gathering));
