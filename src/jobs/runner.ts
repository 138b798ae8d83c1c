import type { JobResult, JobWithMetadata } from 'pg-boss';
import type { Db } from '../db.ts';
import type { Log } from '../log.ts';
import { deadLetters, jobs as timings } from '../metrics.ts';
import type { Job } from './job.ts';

/** A job as it lies in the queue. */
export interface Stored {
  job: string;
  payload: unknown;
}
/** A job with its work. */
export interface Bound {
  job: Job;
  run(payload: never): Promise<void>;
  givenUp?(payload: never): Promise<void>;
}
interface RunnerNeeds {
  jobs: ReadonlyMap<string, Bound>;
  log: Log;
  db: Db;
  /** Keeps a dead letter. */
  bury(letter: object): Promise<void>;
}

/** Runs stored jobs: done, to be tried again, or given up, logged and kept as a dead letter. */
export function createRunner({ jobs, log, db, bury }: RunnerNeeds) {
  async function giveUp({ id, data }: { id: string; data: Stored }, error: unknown) {
    const bound = jobs.get(data.job);
    const payload = data.payload as never;
    const remains: unknown = bound?.job.remains ? bound.job.remains(payload) : payload;
    if (!bound?.job.handsOver) {
      log.error({ err: error, job: data.job, id, remains }, 'a job was given up');
      deadLetters.inc({ job: data.job });
      await bury({ job: data.job, payload: remains, error: nameOf(error) });
    }
    const last = bound?.givenUp;
    if (last)
      await db
        .attempt(() => last(bound.job.payload.parse(payload) as never))
        .catch((err: unknown) => log.error({ err, id }, 'job'));
  }

  async function runOne(stored: JobWithMetadata<Stored>): Promise<JobResult> {
    const { id, data, retryCount, retryLimit } = stored;
    const timed = timings.startTimer({ job: data.job });
    try {
      const bound = jobs.get(data.job);
      if (!bound) throw new Error(`no job is called ${data.job}`);
      await bound.run(bound.job.payload.parse(data.payload) as never);
      timed({ outcome: 'done' });
    } catch (error) {
      timed({ outcome: retryCount < retryLimit ? 'failed' : 'given_up' });
      if (retryCount < retryLimit) {
        log.warn({ err: error, job: data.job, id, retryCount }, 'a job failed and is tried again');
        return { id, status: 'failed', output: { error: nameOf(error) } };
      }
      await giveUp(stored, error);
    }
    return { id, status: 'completed' };
  }

  return { runOne, giveUp };
}

/** What kind of error it was. Its message may quote what people wrote, and a dead letter stays. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'not an error';
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? `${error.name} ${code}` : error.name;
}
