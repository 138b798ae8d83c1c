import type { Clock } from '../base/clock.ts';
import type { Db } from '../database/db.ts';

interface Limit {
  count: number;
  /** Milliseconds in which `count` may leave. */
  within: number;
}

// The platform's limits (50/s and 1000/min an app, 5/s a chat, a person and a message), each window a
// little wider than the platform's: what leaves evenly may arrive closer together.
const app: Limit[] = [
  // Spread over the second, so that some which leave late do not meet a burst behind them.
  { count: 10, within: 208 },
  { count: 50, within: 1_050 },
  { count: 1000, within: 61_500 },
];
const chat: Limit[] = [{ count: 5, within: 1_060 }];
// A live card changes at most once a second, so that the platform's five are never near.
const message: Limit[] = [{ count: 1, within: 1_000 }];

const limitsOf = (key: string): Limit[] =>
  key.startsWith('app:') ? app : key.startsWith('message:') ? message : chat;

/** The first moment from `from` on at which one more may leave after those at `times` (oldest first). */
export function nextFreeMoment(times: readonly Date[], limits: Limit[], from: Date): Date {
  const earliest = limits.map(({ count, within }) => {
    const before = times[times.length - count];
    return before ? before.getTime() + within : 0;
  });
  return new Date(Math.max(from.getTime(), ...earliest));
}

/**
 * Grants moments at which messages may leave, across all replicas: each asks for the next free moment of
 * all the limits it falls under, in one short transaction that holds their rows. A sliding window, since
 * a fixed one (as rate-limiter-flexible's PostgreSQL store has) lets twice the limit pass at its border.
 */
export function createRateLimit({ db, clock }: { db: Db; clock: Clock }) {
  /** Milliseconds to wait before the message may leave. */
  async function reserve(keys: string[]): Promise<number> {
    const sorted = [...keys].sort();
    const client = await db.pool.connect();
    try {
      await client.query('begin');
      await client.query(
        'insert into pace (key, times) select unnest($1::text[]), array[]::timestamptz[] on conflict do nothing',
        [sorted],
      );
      const { rows } = await client.query<{ key: string; times: Date[] }>(
        'select key, times from pace where key = any($1) order by key for update',
        [sorted],
      );
      const now = clock.now();
      const moment = rows.reduce(
        (at, row) => nextFreeMoment(row.times, limitsOf(row.key), at),
        now,
      );
      await client.query(
        `update pace set times = (times || $2::timestamptz)[greatest(1, cardinality(times) + 2 - v.keep):]
         from unnest($1::text[], $3::int[]) as v(key, keep) where pace.key = v.key`,
        [sorted, moment, sorted.map((key) => Math.max(...limitsOf(key).map(({ count }) => count)))],
      );
      await client.query('commit');
      return moment.getTime() - now.getTime();
    } catch (error) {
      await client.query('rollback').catch(() => {});
      throw error;
    } finally {
      client.release();
    }
  }

  return {
    reserve,
    /** Deletes moments that are too old to matter to any limit. */
    deleteOld: () =>
      db.sql(
        `delete from pace where times[cardinality(times)] < $1 and not key like 'app:%'`,
        new Date(clock.now().getTime() - 3_600_000),
      ),
  };
}
export type RateLimit = ReturnType<typeof createRateLimit>;
