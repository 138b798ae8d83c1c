import { Fault } from '../base/errors.ts';
import { PgBoss, type ConstructorOptions } from 'pg-boss';
import type { z } from 'zod';
import type { Clock } from '../base/clock.ts';
import type { Db } from '../database/db.ts';
import type { Log } from '../base/log.ts';
import { createAdding, type Executor } from './adding.ts';
import { createDeadLetters } from './dead-letters.ts';
import { createDrain } from './drain.ts';
import type { Ending, Job, Lane, WorkQueue } from './job.ts';
import { laneNames, lanes } from './lanes.ts';
import { createLostJobs } from './lost-jobs.ts';
import { holdProcessLock } from './process-lock.ts';
import { createRunner, type Bound, type Fetched } from './runner.ts';
import { createWorkers } from './workers.ts';

interface QueueNeeds {
  db: Db;
  clock: Clock;
  log: Log;
  /** A job was given up and is kept as a dead letter. */
  onGivenUp?: () => Promise<unknown>;
  /** Only tests give it: a database connection and clock of pg-boss' own, moved by hand. */
  boss?: ConstructorOptions;
}
/** How many jobs were noted as done: none where another run of it was begun meanwhile. */
interface Completed {
  affected: number;
}
export interface RunningQueue extends WorkQueue {
  /** Adds many jobs of one kind in a transaction of the caller's; call `wake` once it has committed. */
  addMany<Payload extends z.ZodType>(
    job: Job<Payload>,
    all: { payload: z.input<Payload>; group: string }[],
    tx: Executor,
  ): Promise<void>;
  wake(lane: Lane, newJobs: number): void;
  /** Makes the lanes. Jobs can be added from here on. */
  open(): Promise<void>;
  /** Begins to work; lanes that are `held` wait until they are released. */
  start(held?: readonly Lane[]): Promise<void>;
  /** Begins to work in a lane that was held. */
  release(lane: Lane): Promise<void>;
  /** Gives up jobs whose process died at every try, so that they hold up nothing behind them. */
  giveUpLostJobs(): Promise<void>;
  /** Takes no more jobs and lets those in hand finish, at most ten seconds. */
  stop(): Promise<void>;
  /** True once workers run; else what is missing. */
  ready(): true | string;
  /** How many jobs were given up since. */
  deadLetters(since: Date): Promise<number>;
  /** For tests: runs what is due by pg-boss' clock until nothing is, without workers. */
  drain(): Promise<void>;
}

/**
 * The queue over pg-boss, in the same database: a job added inside a transaction exists if and only if
 * that commits. Whatever is due later carries its moment, read from the injected clock.
 */
export function createQueue(needs: QueueNeeds): RunningQueue {
  const { db, clock, log, boss: options, onGivenUp } = needs;
  const pooled = { executeSql: (text: string, values?: unknown[]) => db.pool.query(text, values) };
  const boss = new PgBoss({ ...(options ?? { db: pooled }), ...timing });
  boss.on('error', (err) => log.error({ err }, 'queue'));
  boss.on('warning', (warning) => log.warn({ warning }, 'queue'));
  const jobs = new Map<string, Bound>();
  const ambient: Executor = {
    executeSql: async (text, values = []) => ({ rows: await db.sql(text, ...values) }),
  };

  async function complete({ name, id, retryCount }: Fetched) {
    const attempt = { id, retryCount };
    // What the answer holds is in pg-boss' documentation and not in its types.
    const done = (await boss.complete(name, attempt, null, { db: ambient })) as Completed;
    return done.affected > 0;
  }

  const letters = createDeadLetters({ boss, db, ambient, clock, onGivenUp });
  const { runOne, giveUp } = createRunner({ jobs, log, db, complete, bury: letters.keep });
  const workers = createWorkers({ boss, runOne });
  const { wake, isHeld } = workers;
  const hasHandClock = options?.clock !== undefined;
  const { handBack, giveUpLostJobs } = createLostJobs({ boss, db, isHeld, giveUp });
  let releaseLock: (() => void) | undefined;

  return {
    ...createAdding({ boss, db, ambient, clock, hasHandClock, wake }),
    on(job, run, ending: Ending<never> = {}) {
      if (jobs.has(job.name)) throw new Fault(`somebody works on ${job.name} already`);
      jobs.set(job.name, { job, run, ...ending });
    },
    wake,
    async open() {
      await boss.start();
      await letters.makeLane();
      for (const lane of laneNames) await boss.createQueue(lane, lanes[lane].settings);
    },
    async start(held = []) {
      workers.hold(held);
      releaseLock = await holdProcessLock({ pool: db.pool, onAlone: handBack });
      await workers.start();
    },
    release: workers.release,
    giveUpLostJobs,
    async stop() {
      await workers.stop();
      releaseLock?.();
    },
    ready: () => (workers.isRunning() ? true : 'the queue does not run'),
    deadLetters: letters.count,
    drain: createDrain({ boss, db, clock, runOne }),
  };
}
export type { Queue } from './job.ts';

// Done jobs are content and leave soon; a killed process is noticed by its missing heartbeat soon.
const timing: ConstructorOptions = {
  schedule: false,
  superviseIntervalSeconds: 5,
  monitorIntervalSeconds: 5,
  maintenanceIntervalSeconds: 300,
};
