import type { Db } from '../database/db.ts';
import type { Lane } from './job.ts';
import { recipientSql, type StoredMessage } from './outbox-rows.ts';

const day = 86_400_000;
/** How long the platform lets a sent card be changed. */
export const changeableMs = 14 * day;
// A message can be changed for fourteen days and is worth looking up for a while longer.
const keptMs = 90 * day;

interface UpkeepNeeds {
  db: Db;
  /** The moment so many milliseconds ago. */
  before(ms: number): Date;
  addSendJobs(messages: StoredMessage[]): Promise<void>;
}

/** What the outbox does every minute and every night. */
export function createOutboxUpkeep({ db, before, addSendJobs }: UpkeepNeeds) {
  return {
    /** Adds a job for each message that has been waiting without one. */
    requeueStranded: (): Promise<void> =>
      db.atomic(async () => {
        const rows = await db.sql<StoredMessage>(
          `select o.id::text, ${recipientSql('o')} as "recipientKey" from outgoing o
           where o.state = 'waiting' and o.created_at < $1 and not exists (
             select from pgboss.job j where j.name = any($2::text[]) and j.state not in ('completed', 'cancelled')
               and j.data->'payload'->>'id' = o.id::text)
           order by o.id limit $3 for update of o skip locked`,
          ...[before(60_000), ['outbox', 'late', 'work'] satisfies Lane[], 1_000],
        );
        await addSendJobs(rows);
      }),

    /** Deletes what is over: cards that cannot be changed any more, and messages that nobody looks up. */
    async deleteOld(): Promise<void> {
      await db.sql(
        `update outgoing set wanted = null where wanted is not null and created_at < $1`,
        before(changeableMs),
      );
      await db.sql(
        `delete from outgoing where created_at < $1 and state <> 'waiting'`,
        before(keptMs),
      );
    },
  };
}
export type OutboxUpkeep = ReturnType<typeof createOutboxUpkeep>;
