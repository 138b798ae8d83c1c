import { Fault } from '../base/errors.ts';
import { PgBoss, type ConstructorOptions, type JobInsert } from 'pg-boss';
import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import type { Clock } from '../base/clock.ts';
import type { Db } from '../database/db.ts';
import type { Log } from '../base/log.ts';
import type { AddOptions, Ending, Job, Lane, WorkQueue } from './job.ts';
import { deadLane, keepsOrder, laneNames, lanes } from './lanes.ts';
import { withClockHeld } from './clock-moves.ts';
import { bePresent } from './presence.ts';
import { createRunner, type Bound, type Fetched, type Stored } from './runner.ts';

interface QueueNeeds {
  db: Db;
  clock: Clock;
  log: Log;
  /** A job was given up and lies as a dead letter. */
  onGivenUp?: () => Promise<unknown>;
  /** Only tests give it: a database connection and clock of pg-boss' own, moved by hand. */
  boss?: ConstructorOptions;
}
/** Runs SQL for pg-boss, in whichever transaction the caller stands. */
interface Executor {
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
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
  /** Gives up what its process died of at every try, so that it holds nobody behind it. */
  sweep(): Promise<void>;
  /** Takes no more jobs and lets those in hand finish, at most ten seconds. */
  stop(): Promise<void>;
  /** True once workers run; else what is missing. */
  ready(): true | string;
  /** How many jobs were given up since. */
  deadLetters(since: Date): Promise<number>;
  /** Tests: runs what is due by pg-boss' clock until nothing is, without workers. */
  drain(): Promise<void>;
}

/**
 * The queue over pg-boss, in the same database: a job added inside a transaction exists if and only if
 * that commits. Whatever is due later carries its moment, read from the injected clock.
 */
export function createQueue(needs: QueueNeeds): RunningQueue {
  const { db, clock, log, boss: options } = needs;
  const pooled = { executeSql: (text: string, values?: unknown[]) => db.pool.query(text, values) };
  const boss = new PgBoss({ ...(options ?? { db: pooled }), ...timing });
  boss.on('error', (err) => log.error({ err }, 'queue'));
  boss.on('warning', (warning) => log.warn({ warning }, 'queue'));
  const jobs = new Map<string, Bound>();
  const workers = new Map<Lane, string[]>();
  const busy = new Set<string>();
  const held = new Set<Lane>();
  let running = false;
  let leave: (() => void) | undefined;
  const ambient: Executor = {
    executeSql: async (text, values = []) => ({ rows: await db.sql(text, ...values) }),
  };
  const laneOf = ({ lane = 'work' }: Job): Lane => lane;

  /** Wakes no more workers than there are jobs; whoever is busy looks again by itself once it is done. */
  function wake(lane: Lane, newJobs: number) {
    const free = (workers.get(lane) ?? []).filter((id) => !busy.has(id)).slice(0, newJobs);
    for (const id of free) {
      boss.notifyWorker(id);
      rotate(workers.get(lane) ?? [], id);
    }
  }

  async function bury(letter: object) {
    await boss.send(deadLane, { ...letter, at: clock.now() }, { db: ambient });
    await needs.onGivenUp?.();
  }
  async function complete(stored: Fetched) {
    const { name, id, retryCount } = stored;
    const attempt = { id, retryCount };
    // What the answer holds is in pg-boss' documentation and not in its types.
    const done = (await boss.complete(name, attempt, null, { db: ambient })) as Completed;
    return done.affected > 0;
  }
  const { runOne, giveUp } = createRunner({ jobs, log, db, complete, bury });

  // Without a moment it is the database's own, whatever this machine's clock says. A clock moved by hand
  // is not known to the connections of the caller, so there the moment is always given.
  const dueAt = (at = options?.clock && clock.now()) =>
    at ? { startAfter: new Date(at.getTime() - (clock.offsetMs ?? 0)) } : {};

  function insertion(job: Job, payload: unknown, given: AddOptions): JobInsert {
    const { name } = job;
    const group = given.group === undefined ? {} : { group: { id: given.group } };
    const order = { singletonKey: given.group ?? name };
    const apart = { singletonKey: given.key ?? uuid(), ...group };
    return {
      id: uuid(), // in order within one transaction, whose rows all carry the same time
      data: { job: name, payload } satisfies Stored,
      ...dueAt(given.at),
      ...(keepsOrder(laneOf(job)) ? order : apart),
    };
  }

  async function work(lane: Lane) {
    const plan = lanes[lane];
    const mine: string[] = [];
    workers.set(lane, mine);
    for (let i = 0; i < plan.workers; i += 1) {
      const id = await boss.work(
        lane,
        { ...plan.work, includeMetadata: true, perJobResults: true },
        async (batch: Fetched[]) => {
          busy.add(id);
          try {
            return await Promise.all(batch.map(runOne));
          } finally {
            busy.delete(id);
            // What stood behind these in their groups is ready now, not at the next poll.
            setImmediate(() => boss.notifyWorker(id));
          }
        },
      );
      mine.push(id);
    }
  }

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

  /** Hands back what a killed process had in hand: its heartbeat would be missed only seconds later. */
  async function handBack() {
    const { rows } = await db.pool.query<{ lane: Lane; ids: string[] }>(
      `select name as lane, array_agg(id::text) as ids from pgboss.job
       where name = any($1::text[]) and state = 'active' group by name`,
      [laneNames],
    );
    for (const { lane, ids } of rows) await boss.fail(lane, ids, { error: 'its process died' });
  }

  /** Takes one job that pg-boss itself ended as failed; false if there is none. */
  const sweepOne = () =>
    db.atomic(async () => {
      const [lost] = await db.sql<{ id: string; data: Stored }>(
        `delete from pgboss.job where id = (select id from pgboss.job where name = any($1::text[])
           and state = 'failed' order by created_on limit 1 for update skip locked)
         returning id::text, data`,
        laneNames.filter((lane) => !held.has(lane)),
      );
      if (lost) await giveUp(lost, new Fault('its process died at every try'));
      return lost !== undefined;
    });

  return {
    on(job, run, ending: Ending<never> = {}) {
      if (jobs.has(job.name)) throw new Fault(`somebody works on ${job.name} already`);
      jobs.set(job.name, { job, run, ...ending });
    },
    async add(job, payload, given = {}) {
      const lane = laneOf(job);
      const insert = () => boss.insert(lane, [insertion(job, payload, given)], { db: ambient });
      await (given.at ? withClockHeld(db, clock, insert) : insert());
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
    wake,
    async open() {
      await boss.start();
      await boss.createQueue(deadLane, { retentionSeconds: 10 * 365 * 86_400 });
      for (const lane of laneNames) await boss.createQueue(lane, lanes[lane].settings);
    },
    async start(heldBack = []) {
      for (const lane of heldBack) held.add(lane);
      leave = await bePresent({ pool: db.pool, onAlone: handBack });
      for (const lane of laneNames) if (!held.has(lane)) await work(lane);
      running = true;
    },
    async release(lane) {
      if (held.delete(lane) && running) await work(lane);
    },
    async sweep() {
      while (await sweepOne());
    },
    async stop() {
      running = false;
      await boss.stop({ graceful: true, timeout: 9_000 });
      leave?.();
    },
    ready: () => (running ? true : 'the queue does not run'),
    async deadLetters(since) {
      const [row] = await db.sql<{ count: number }>(
        `select count(*)::int as count from pgboss.job where name = $1 and (data->>'at')::timestamptz > $2`,
        ...[deadLane, since],
      );
      return row?.count ?? 0;
    },
    async drain() {
      for (;;) {
        const due = await dueLanes();
        let done = 0;
        for (const lane of laneNames) if (due.has(lane)) done += await drainLane(lane);
        if (done === 0) return;
      }
    },
  };
}
export type { Queue } from './job.ts';

/** To the end of the line: the next call is for somebody else. */
function rotate(all: string[], id: string) {
  all.splice(all.indexOf(id), 1);
  all.push(id);
}

// Done jobs are content and leave soon; a killed process is noticed by its missing heartbeat soon.
const timing: ConstructorOptions = {
  schedule: false,
  superviseIntervalSeconds: 5,
  monitorIntervalSeconds: 5,
  maintenanceIntervalSeconds: 300,
};
