import type { PgBoss } from 'pg-boss';
import type { Clock } from '../base/clock.ts';
import type { Db } from '../database/db.ts';
import type { Executor } from './adding.ts';
import { deadLane } from './lanes.ts';

interface DeadLettersNeeds {
  boss: PgBoss;
  db: Db;
  /** The surrounding transaction. */
  ambient: Executor;
  clock: Clock;
  /** Called in the surrounding transaction when a job was given up. */
  onGivenUp?: () => Promise<unknown>;
}

/** What is kept of jobs that were given up. */
export function createDeadLetters(needs: DeadLettersNeeds) {
  const { boss, db, ambient, clock, onGivenUp } = needs;
  return {
    makeLane: () => boss.createQueue(deadLane, { retentionSeconds: 10 * 365 * 86_400 }),
    async keep(letter: object): Promise<void> {
      await boss.send(deadLane, { ...letter, at: clock.now() }, { db: ambient });
      await onGivenUp?.();
    },
    /** How many jobs were given up since. */
    async count(since: Date): Promise<number> {
      const [row] = await db.sql<{ count: number }>(
        `select count(*)::int as count from pgboss.job where name = $1 and (data->>'at')::timestamptz > $2`,
        ...[deadLane, since],
      );
      return row?.count ?? 0;
    },
  };
}
