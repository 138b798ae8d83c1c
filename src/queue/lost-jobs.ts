import type { PgBoss } from 'pg-boss';
import { Fault } from '../base/errors.ts';
import type { Db } from '../database/db.ts';
import type { Lane } from './job.ts';
import { laneNames } from './lanes.ts';
import type { createRunner, Stored } from './runner.ts';

interface LostJobsNeeds {
  boss: PgBoss;
  db: Db;
  isHeld(lane: Lane): boolean;
  giveUp: ReturnType<typeof createRunner>['giveUp'];
}

/** Jobs whose process died while it ran them. */
export function createLostJobs({ boss, db, isHeld, giveUp }: LostJobsNeeds) {
  /** Takes one job that pg-boss itself ended as failed; false if there is none. */
  const giveUpOne = () =>
    db.atomic(async () => {
      const [lost] = await db.sql<{ id: string; data: Stored }>(
        `delete from pgboss.job where id = (select id from pgboss.job where name = any($1::text[])
           and state = 'failed' order by created_on limit 1 for update skip locked)
         returning id::text, data`,
        laneNames.filter((lane) => !isHeld(lane)),
      );
      if (lost) await giveUp(lost, new Fault('its process died at every try'));
      return lost !== undefined;
    });

  return {
    /** Gives back what a killed process was running: its heartbeat would be missed only seconds later. */
    async handBack(): Promise<void> {
      const { rows } = await db.pool.query<{ lane: Lane; ids: string[] }>(
        `select name as lane, array_agg(id::text) as ids from pgboss.job
         where name = any($1::text[]) and state = 'active' group by name`,
        [laneNames],
      );
      for (const { lane, ids } of rows) await boss.fail(lane, ids, { error: 'its process died' });
    },
    /** Gives up jobs whose process died at every try, so that they hold up nothing behind them. */
    async giveUpLostJobs(): Promise<void> {
      while (await giveUpOne());
    },
  };
}
