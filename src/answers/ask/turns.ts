import type { Clock } from '../../base/clock.ts';
import type { Db } from '../../database/db.ts';
import type { MessageId, PersonId } from '../../base/ids.ts';
import type { Queue } from '../../queue/job.ts';
import type { Where } from '../../people/roster/types.ts';
import { followUp } from './follow-up.ts';
import { forgetTurnsJob } from './jobs.ts';

interface Turn {
  place: Where;
  message: MessageId;
  /** The message that began the thread, where this is a reply. */
  thread?: MessageId;
  question: string;
}
/** A question as it is understood. */
export interface Understood {
  question: string;
  /** The one before, where this one leans on it. */
  earlier?: string;
}

/** After so long nothing of what was asked is known any more. */
const remembered = 30 * 60_000;

/** The turn before: of a private chat its last question, of a group the last one of a thread. */
export function createTurns({ db, clock, queue }: { db: Db; clock: Clock; queue: Queue }) {
  const oldest = () => new Date(clock.now().getTime() - remembered);
  // The bot answers under the message, and so the first one begins a thread.
  const threadOf = ({ place, message, thread }: Turn) =>
    place.kind === 'private' ? '' : (thread ?? message);

  /** When the oldest one is over; one such job waits at most. */
  const forgetAfter = (askedAt: Date) =>
    queue.add(
      forgetTurnsJob,
      {},
      { at: new Date(askedAt.getTime() + remembered), key: 'ask.forget' },
    );

  return {
    /** A question with what it leaves to the one before, if that was asked in the last 30 minutes. */
    async understand(turn: Turn): Promise<Understood> {
      const [before] = await db.sql<{ question: string }>(
        `select question from ask_turn where chat_id = $1::int and thread = $2 and asked_at > $3`,
        turn.place.id,
        threadOf(turn),
        oldest(),
      );
      const whole = before && followUp(turn.question, before.question);
      if (whole === undefined) return { question: turn.question };
      return { question: whole, earlier: before?.question };
    },

    /** Keeps it for the next one. */
    async remember(turn: Turn): Promise<void> {
      await db.sql(
        `insert into ask_turn (chat_id, thread, question, asked_at) values ($1::int, $2, $3, $4)
         on conflict (chat_id, thread) do update set question = excluded.question, asked_at = excluded.asked_at`,
        turn.place.id,
        threadOf(turn),
        turn.question,
        clock.now(),
      );
      await forgetAfter(clock.now());
    },

    /** Deletes what this person asked in private. */
    async forgetOf(person: PersonId): Promise<void> {
      await db.client.askTurn.deleteMany({ where: { chat: { personId: person } } });
    },

    /** Forgets what is over, and comes again as long as anything is kept. */
    async forget(): Promise<void> {
      const [left] = await db.sql<{ next: Date | null }>(
        `with gone as (delete from ask_turn where asked_at <= $1)
         select min(asked_at) as next from ask_turn where asked_at > $1`,
        oldest(),
      );
      if (left?.next) await forgetAfter(left.next);
    },
  };
}
export type Turns = ReturnType<typeof createTurns>;
