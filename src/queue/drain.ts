import type { PgBoss } from 'pg-boss';
import type { Clock } from '../base/clock.ts';
import type { Db } from '../database/db.ts';
import type { Lane } from './job.ts';
import { laneNames } from './lanes.ts';
import type { createRunner, Stored } from './runner.ts';

interface DrainNeeds {
  boss: PgBoss;
  db: Db;
  clock: Clock;
  runOne: ReturnType<typeof createRunner>['runOne'];
}

/** For tests: runs what is due by pg-boss' clock until nothing is, without workers. */
export function createDrain({ boss, db, clock, runOne }: DrainNeeds) {
  /** Asked before a lane is drained: to fetch from one takes ten times as long. */
  async function dueLanes(): Promise<Set<Lane>> {
    const { rows } = await db.pool.query<{ name: Lane }>(
      `select distinct name from pgboss.job
       where state < 'active' and start_after <= $2 and name = any($1::text[])`,
      [laneNames, clock.now()],
    );
    return new Set(rows.map(({ name }) => name));
  }

  async function drainLane(lane: Lane): Promise<number> {
    const batch = await boss.fetch<Stored>(lane, { batchSize: 100, includeMetadata: true });
    for (const job of batch) {
      const result = await runOne(job);
      if (result.status === 'failed') await boss.fail(lane, result.id, { error: 'failed' });
    }
    return batch.length;
  }

  return async function drain(): Promise<void> {
    for (;;) {
      const due = await dueLanes();
      let done = 0;
      for (const lane of laneNames) if (due.has(lane)) done += await drainLane(lane);
      if (done === 0) return;
    }
  };
}
