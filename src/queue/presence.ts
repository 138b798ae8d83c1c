import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';

/** The advisory lock that every process at work shares. */
const AT_WORK = 7_204_503_117;

interface PresenceNeeds {
  pool: pg.Pool;
  /** Called when no other process works on this database, before any other can begin. */
  onAlone(): Promise<void>;
}

/**
 * Says to other processes on this database that this one works, as long as it does. A process that was
 * killed no longer says so, hence the first one after it knows that nobody holds what is in hand.
 */
export async function bePresent({ pool, onAlone }: PresenceNeeds): Promise<() => void> {
  let client: pg.PoolClient | undefined;
  let left = false;

  async function enter(alone: () => Promise<void>) {
    const entering = await pool.connect();
    try {
      await announce(entering, alone);
    } catch (error) {
      // Kept, it would hold up the end of the pool for ever.
      entering.release(true);
      throw error;
    }
    if (left) return entering.release(true);
    client = entering;
    entering.once('error', () => {
      entering.release(true);
      client = undefined;
      void enterAgain();
    });
  }

  /** After a lost connection: what is in hand is this process' own. */
  async function enterAgain() {
    while (!left && !client) await enter(async () => {}).catch(() => pause(1_000));
  }

  await enter(onAlone);
  return () => {
    left = true;
    client?.removeAllListeners('error').on('error', () => {});
    client?.release(true);
    client = undefined;
  };
}

async function announce(client: pg.PoolClient, alone: () => Promise<void>) {
  const { rows } = await client.query<{ alone: boolean }>(
    'select pg_try_advisory_lock($1) as alone',
    [AT_WORK],
  );
  if (rows[0]?.alone) await alone();
  await client.query('select pg_advisory_lock_shared($1)', [AT_WORK]);
  if (rows[0]?.alone) await client.query('select pg_advisory_unlock($1)', [AT_WORK]);
}
