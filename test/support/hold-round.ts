import { must } from '../../src/base/errors.ts';
import type { Db } from '../../src/database/db.ts';

/**
 * Holds the only round there is, so that those who want to change it wait in the order in which they come.
 */
export async function holdRound(db: Db) {
  const mine = await db.pool.connect();
  await mine.query('begin');
  const { rows } = await mine.query<{ id: number }>('select id from round for update');
  must(rows[0]);
  const waiting = async () => {
    const found = await db.door.query<{ n: number }>(
      `select count(*)::int as n from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock'`,
    );
    return must(found.rows[0]).n;
  };
  return {
    /** Resolves once so many wait. */
    async until(count: number) {
      while ((await waiting()) < count);
    },
    async release() {
      await mine.query('commit');
      mine.release();
    },
  };
}
