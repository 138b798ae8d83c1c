import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';

/** The advisory lock that all processes at work share. */
const AT_WORK = 7_204_503_117;

interface ProcessLockNeeds {
  pool: pg.Pool;
  /** Called when no other process works on this database, before any other can begin. */
  onAlone(): Promise<void>;
}

/**
 * Shows other processes on this database that this one is at work, by a lock that it holds until the returned
 * function is called. A killed process no longer holds it, hence the first process that starts after it knows
 * that nobody is working on the jobs that were begun.
 */
export async function holdProcessLock({ pool, onAlone }: ProcessLockNeeds): Promise<() => void> {
  let client: pg.PoolClient | undefined;
  let left = false;

  async function hold(alone: () => Promise<void>) {
    const entering = await pool.connect();
    try {
      await lockFor(entering, alone);
    } catch (error) {
      // A connection that is kept would keep the pool from ever ending.
      entering.release(true);
      throw error;
    }
    if (left) return entering.release(true);
    client = entering;
    entering.once('error', () => {
      entering.release(true);
      client = undefined;
      void holdAgain();
    });
  }

  /** After a lost connection: the jobs that were begun are this process' own. */
  async function holdAgain() {
    while (!left && !client) await hold(async () => {}).catch(() => pause(1_000));
  }

  await hold(onAlone);
  return () => {
    left = true;
    client?.removeAllListeners('error').on('error', () => {});
    client?.release(true);
    client = undefined;
  };
}

async function lockFor(client: pg.PoolClient, alone: () => Promise<void>) {
  const { rows } = await client.query<{ alone: boolean }>(
    'select pg_try_advisory_lock($1) as alone',
    [AT_WORK],
  );
  if (rows[0]?.alone) await alone();
  await client.query('select pg_advisory_lock_shared($1)', [AT_WORK]);
  if (rows[0]?.alone) await client.query('select pg_advisory_unlock($1)', [AT_WORK]);
}
