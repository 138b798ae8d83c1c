import { Fault } from '../base/errors.ts';
import type { JobResult, JobWithMetadata } from 'pg-boss';
import type { Db } from '../database/db.ts';
import type { Log } from '../base/log.ts';
import { deadLetters, jobs as timings } from '../base/metrics.ts';
import type { Job, Running } from './job.ts';

/** A job as it lies in the queue. */
export interface Stored {
  job: string;
  payload: unknown;
}
/** A job with its work. */
export interface Bound {
  job: Job;
  run(payload: never, running: Running): Promise<void>;
  givenUp?(payload: never): Promise<void>;
}
interface RunnerNeeds {
  jobs: ReadonlyMap<string, Bound>;
  log: Log;
  db: Db;
  /** Notes a job as done, in the surrounding transaction; false where this run of it counts no more. */
  complete(stored: Fetched): Promise<boolean>;
  /** Keeps a dead letter. */
  bury(letter: object): Promise<void>;
}
export type Fetched = JobWithMetadata<Stored>;

/** Somebody else has taken the job over: it took too long, or its heartbeat was not seen. */
class TakenOver extends Fault {
  override readonly name = 'TakenOver';
}

/** Runs stored jobs: done, to be tried again, or given up, logged and kept as a dead letter. */
export function createRunner({ jobs, log, db, complete, bury }: RunnerNeeds) {
  /** What a job did and that it is done stand or fall together, so that it is not done again. */
  const finish = <T>(stored: Fetched, effects: () => Promise<T>): Promise<T> =>
    db.atomic(async () => {
      const result = await effects();
      if (!(await complete(stored))) throw new TakenOver();
      return result;
    });

  async function run(stored: Fetched): Promise<void> {
    const { id, data } = stored;
    const bound = jobs.get(data.job);
    if (!bound) throw new Fault(`no job is called ${data.job}`);
    const { job, run: work } = bound;
    const payload = job.payload.parse(data.payload) as never;
    if (!job.outside) {
      const within = { id, finish: <T>(effects: () => Promise<T>) => effects() };
      return finish(stored, () => work(payload, within));
    }
    let isFinished = false as boolean;
    const ending = async <T>(effects: () => Promise<T>) => {
      const result = await finish(stored, effects);
      isFinished = true;
      return result;
    };
    await work(payload, { id, finish: ending });
    if (!isFinished) await ending(() => Promise.resolve());
  }

  /** Joins the surrounding transaction. */
  async function giveUp({ id, data }: { id: string; data: Stored }, error: unknown) {
    const bound = jobs.get(data.job);
    const payload = data.payload as never;
    const remains = bound ? (bound.job.remains?.(payload) ?? payload) : numbersIn(payload);
    if (!bound?.job.handsOver) {
      log.error({ err: error, job: data.job, id, remains }, 'a job was given up');
      db.afterCommit(() => deadLetters.inc({ job: data.job }));
      await bury({ job: data.job, payload: remains, error: nameOf(error) });
    }
    const last = bound?.givenUp;
    if (last)
      await db
        .attempt(() => last(bound.job.payload.parse(payload) as never))
        .catch((err: unknown) => log.error({ err, id }, 'job'));
  }

  async function runOne(stored: Fetched): Promise<JobResult> {
    const { id, data, retryCount, retryLimit } = stored;
    const timed = timings.startTimer({ job: data.job });
    const failed = (error: unknown): JobResult => {
      return { id, status: 'failed', output: { error: nameOf(error) } };
    };
    try {
      await run(stored);
      timed({ outcome: 'done' });
    } catch (error) {
      const isLast = retryCount >= retryLimit && !(error instanceof TakenOver);
      timed({ outcome: isLast ? 'given_up' : 'failed' });
      if (!isLast) {
        log.warn({ err: error, job: data.job, id, retryCount }, 'a job failed and is tried again');
        return failed(error);
      }
      try {
        await finish(stored, () => giveUp(stored, error));
      } catch (err) {
        // The sweep gives it up.
        log.error({ err, job: data.job, id }, 'a job could not be given up yet');
        return failed(err);
      }
    }
    return { id, status: 'completed' };
  }

  return { runOne, giveUp };
}

/** What a dead letter keeps of a job that this build does not know: numbers only, since texts may be people's words. */
function numbersIn(payload: unknown): object {
  const fields = typeof payload === 'object' && payload !== null ? Object.entries(payload) : [];
  return Object.fromEntries(fields.filter(([, value]) => typeof value === 'number'));
}

/** The kind of error, without its message: a dead letter is kept, and the message may quote what people wrote. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'not an error';
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? `${error.name} ${code}` : error.name;
}
