import type { Clock } from '../base/clock.ts';
import type { MessageId } from '../base/ids.ts';
import type { Log } from '../base/log.ts';
import type { Db } from '../database/db.ts';

/** What became of a message; nobody knows whether an `unknown` one arrived. */
export type Outcome = 'sent' | 'unknown' | 'refused' | 'gone';
export interface MessageOutcome {
  subject: string;
  state: Outcome;
}
/** How a message came to its outcome. */
export interface OutcomeDetails {
  message?: MessageId;
  reason?: string;
  /** It was sent as an ordinary card, where a card entity was meant. */
  isPlain?: boolean;
}
type Listener = (outcome: MessageOutcome) => Promise<void>;

/** What became of messages: noted here, counted by subject, and reported to those who wait for it. */
export function createOutcomes({ db, clock, log }: { db: Db; clock: Clock; log: Log }) {
  const listeners = new Map<string, Listener>();

  return {
    /** How many messages of a subject have come to which outcome by now. */
    async outcomes(subject: string): Promise<Record<Outcome | 'waiting', number>> {
      const rows = await db.sql<{ state: Outcome | 'waiting'; count: number }>(
        `select state, count(*)::int as count from outgoing where subject = $1 group by state`,
        subject,
      );
      const none = { waiting: 0, sent: 0, unknown: 0, refused: 0, gone: 0 };
      return { ...none, ...Object.fromEntries(rows.map(({ state, count }) => [state, count])) };
    },

    /**
     * Calls `listener` with the outcome of each message whose subject begins with `topic:`, in the transaction
     * that records it. Outcomes of one subject are recorded one after the other, so that the last call sees all
     * others. If `listener` fails, the outcome is recorded all the same.
     */
    onOutcome: (topic: string, listener: Listener): void => void listeners.set(topic, listener),

    /** Notes the outcome of a message, deletes its content and calls the listener of its topic. */
    async recordOutcome(
      { id, subject }: { id: string; subject: string | null },
      state: Outcome,
      { message, reason, isPlain = false }: OutcomeDetails,
    ): Promise<void> {
      const listener = subject === null ? undefined : listeners.get(topicOf(subject));
      if (listener)
        await db.sql(`select pg_advisory_xact_lock(hashtextextended($1, 0))::text`, subject);
      const noted = await db.sql(
        `update outgoing set state = $2, reason = $3, platform_id = $4, settled_at = $5, content = null,
           entity = case when $6 then null else entity end,
           wanted = case when $2 = 'sent' then wanted end
         where id = $1::uuid and state = 'waiting' returning id`,
        ...[id, state, reason ?? null, message ?? null, clock.now(), isPlain],
      );
      if (!listener || subject === null || noted.length === 0) return;
      await db
        .attempt(() => listener({ subject, state }))
        .catch((err: unknown) => {
          log.error({ err, id, subject }, 'what became of a message could not be told');
        });
    },
  };
}
export type Outcomes = ReturnType<typeof createOutcomes>;

/** What a subject is about: `round` of `round:12`. */
const topicOf = (subject: string) => subject.split(':', 1)[0] ?? subject;
