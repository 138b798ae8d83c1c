import type { JobInsert, PgBoss } from 'pg-boss';
import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import type { Clock } from '../base/clock.ts';
import type { Db } from '../database/db.ts';
import { withClockHeld } from './clock-moves.ts';
import type { AddOptions, Job, Lane, Queue } from './job.ts';
import { keepsOrder } from './lanes.ts';
import type { Stored } from './runner.ts';

/** Runs SQL for pg-boss, in whichever transaction the caller stands. */
export interface Executor {
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}
interface AddingNeeds {
  boss: PgBoss;
  db: Db;
  /** The surrounding transaction. */
  ambient: Executor;
  clock: Clock;
  /** Whether pg-boss has a clock of its own that is moved by hand. */
  hasHandClock: boolean;
  wake(lane: Lane, newJobs: number): void;
}
/** Adds many jobs of one kind in a transaction of the caller's; call `wake` once it has committed. */
type AddMany = <Payload extends z.ZodType>(
  job: Job<Payload>,
  all: { payload: z.input<Payload>; group: string }[],
  tx: Executor,
) => Promise<void>;

/** Puts jobs into their lanes. */
export function createAdding(needs: AddingNeeds): Queue & { addMany: AddMany } {
  const { boss, db, ambient, clock, hasHandClock, wake } = needs;

  // Without a start time the database's clock decides, not this machine's. The connections of the caller do not
  // know a clock that is moved by hand, so then the start time is always given.
  const dueAt = (at = hasHandClock ? clock.now() : undefined) =>
    at ? { startAfter: new Date(at.getTime() - (clock.offsetMs ?? 0)) } : {};

  function insertion(job: Job, payload: unknown, { at, group, key }: AddOptions): JobInsert {
    const { name } = job;
    const inOrder = { singletonKey: group ?? name };
    const inParallel = {
      singletonKey: key ?? uuid(),
      ...(group !== undefined && { group: { id: group } }),
    };
    return {
      id: uuid(), // in order within one transaction, whose rows all carry the same time
      data: { job: name, payload } satisfies Stored,
      ...dueAt(at),
      ...(keepsOrder(laneOf(job)) ? inOrder : inParallel),
    };
  }

  return {
    async add(job, payload, options = {}) {
      const lane = laneOf(job);
      const insert = () => boss.insert(lane, [insertion(job, payload, options)], { db: ambient });
      await (options.at ? withClockHeld(db, clock, insert) : insert());
      db.afterCommit(() => wake(lane, 1));
    },
    async addAll(job, all) {
      const lane = laneOf(job);
      const rows = all.map(({ payload, group }) => insertion(job, payload, { group }));
      await boss.insert(lane, rows, { db: ambient });
      db.afterCommit(() => wake(lane, rows.length));
    },
    async hasten(job, key) {
      const lane = laneOf(job);
      const { startAfter } = { startAfter: undefined, ...dueAt() };
      await db.sql(
        `update pgboss.job set start_after = coalesce($3, now()) where name = $1 and singleton_key = $2
           and data->>'job' = $4 and state = 'created'`,
        ...[lane, key, startAfter ?? null, job.name],
      );
      db.afterCommit(() => wake(lane, 1));
    },
    async addMany(job, all, tx) {
      const rows = all.map(({ payload, group }) => insertion(job, payload, { group }));
      await boss.insert(laneOf(job), rows, { db: tx });
    },
  };
}

const laneOf = ({ lane = 'work' }: Job): Lane => lane;
