import type pg from 'pg';
import type { Db } from '../../database/db.ts';

/**
 * A lock that one replica holds as long as its database connection is open. `name` says what it guards. When
 * the connection is lost, so is the lock, and the next `take` tries again.
 */
export function createLock(db: Db, name: string) {
  let client: pg.PoolClient | undefined;

  return {
    /** True when this process holds it now. */
    async take(): Promise<boolean> {
      if (client) return true;
      const trying = await db.pool.connect();
      if (!(await isTaken(trying, name))) {
        trying.release();
        return false;
      }
      client = trying;
      trying.once('error', () => {
        if (client === trying) client = undefined;
        trying.release(true);
      });
      return true;
    },

    async release(): Promise<void> {
      const held = client;
      client = undefined;
      if (!held) return;
      held.removeAllListeners('error').on('error', () => {});
      await held.query('select pg_advisory_unlock_all()').catch(() => {});
      held.release();
    },
  };
}

/** Lets go of a connection that breaks meanwhile: kept, it would hold up the end of the pool for ever. */
async function isTaken(trying: pg.PoolClient, name: string): Promise<boolean> {
  try {
    const { rows } = await trying.query<{ taken: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as taken',
      [name],
    );
    return rows[0]?.taken === true;
  } catch (error) {
    trying.release(true);
    throw error;
  }
}
