import { z } from 'zod';
import { deadLettersCard } from '../../cards/apology.ts';
import type { Reader } from '../bot/talk.ts';
import type { Clock } from '../clock.ts';
import type { PersonId } from '../ids.ts';
import { defineJob, type Queue } from './job.ts';
import type { Outbox } from './outbox.ts';

const hour = 3_600_000;
// Several failures at once are one message.
const gathering = 60_000;

interface TellAdminsNeeds {
  clock: Clock;
  outbox: Outbox;
  admins: () => ReadonlySet<PersonId>;
  reader: () => Reader;
  /** How much was given up since. */
  deadLetters(since: Date): Promise<number>;
}

/** Tells the administrators in private that work was given up, at most once an hour. */
export const createTellAdmins = (needs: TellAdminsNeeds) =>
  defineJob({
    name: 'dead-letter.tell',
    payload: z.object({}),
    async run() {
      const { clock, outbox, admins, reader, deadLetters } = needs;
      const count = await deadLetters(new Date(clock.now().getTime() - hour));
      if (count === 0) return;
      const content = { card: deadLettersCard(reader(), count) };
      await outbox.put([...admins()].map((person) => ({ to: { person }, content })));
    },
  });

/** Has the administrators told soon; what happens in the same hour is told together. */
export const tellAdminsSoon = (queue: Queue, clock: Clock) => {
  const now = clock.now().getTime();
  const slot = Math.floor(now / hour);
  return queue.add(
    'dead-letter.tell',
    {},
    { at: new Date(now + gathering), key: `dead-letter.tell:${slot}` },
  );
};
