import type { z } from 'zod';

/**
 * Where a job waits. `inbox` and `outbox` keep the order of one chat. `cards` changes and recalls sent
 * messages, `late` sends what could not be sent soon, and `groups` asks who is in a group: a platform that
 * hangs delays only these. `answering` waits for a model while somebody watches; `slow` may take seconds
 * or hours. `work` is everything else: soon done, and without calls to the outside.
 */
export type Lane = 'inbox' | 'outbox' | 'work' | 'cards' | 'late' | 'groups' | 'answering' | 'slow';

/** One kind of work that is done later. */
export interface Job<Payload extends z.ZodType = z.ZodType> {
  /** `topic.verb`. Jobs wait in people's databases under it: it never changes. */
  readonly name: string;
  /** `work` unless said otherwise. */
  readonly lane?: Lane;
  readonly payload: Payload;
  /** What a dead letter keeps of the payload: nothing that people wrote. All of it unless said otherwise. */
  remains?(payload: z.input<Payload>): object;
  /**
   * No transaction is open around the work: it calls the platform or a model, or takes long. It may be
   * killed anywhere and begin anew, so whatever it says and does outside is under a key that stays the
   * same, and what it stores is stored in `finish`. Any other work is one transaction with its completion.
   */
  readonly outside?: boolean;
  /** `givenUp` takes over when the job is given up, so no dead letter is kept. */
  readonly handsOver?: boolean;
}

/**
 * Declares a job beside what adds it: a service's in the `jobs.ts` of its topic, any other in the file
 * of its work.
 *
 * @example
 * export const closeRoundJob = defineJob({ name: 'round.close', payload: z.object({ round: z.int() }) });
 * await queue.add(closeRoundJob, { round }, { at });
 * queue.on(closeRoundJob, async ({ round }) => { … });
 */
export function defineJob<Payload extends z.ZodType>(job: Job<Payload>): Job<Payload> {
  return job;
}

export interface AddOptions {
  /** Not before this moment. */
  at?: Date;
  /** Jobs of one group run one at a time; in the lanes that keep order also in the order they were added. */
  group?: string;
  /** Only one waiting job per key: a second `add` while one waits changes nothing. Not for lanes that keep order. */
  key?: string;
}

/** The queue as services and handlers see it. `add` joins the surrounding transaction. */
export interface Queue {
  add<Payload extends z.ZodType>(
    job: Job<Payload>,
    payload: z.input<Payload>,
    options?: AddOptions,
  ): Promise<void>;
  /** The same for many of one kind, in one statement and in this order. */
  addAll<Payload extends z.ZodType>(
    job: Job<Payload>,
    all: { payload: z.input<Payload>; group?: string }[],
  ): Promise<void>;
  /** Has the job that waits under this key begin now, if one does. */
  hasten(job: Job, key: string): Promise<void>;
}

/** One run of a job. */
export interface Running {
  /** Of the job, the same at every try. */
  readonly id: string;
  /**
   * Ends a job that is worked on outside a transaction: what `effects` stores stands if and only if the job
   * is noted as done. Where the work does not call it, the job is noted as done after it.
   */
  finish<T>(effects: () => Promise<T>): Promise<T>;
}

export interface Ending<Payload extends z.ZodType> {
  /** Runs once when the job is given up. */
  givenUp?(payload: z.output<Payload>): Promise<void>;
}

/** The queue as a feature sees it: what it adds, and who does it. */
export interface WorkQueue extends Queue {
  /**
   * Binds a job to its work, which is one transaction with its completion unless the job is worked on
   * outside. Throw to be retried with backoff; after the last try it becomes a dead letter.
   */
  on<Payload extends z.ZodType>(
    job: Job<Payload>,
    run: (payload: z.output<Payload>, running: Running) => Promise<void>,
    ending?: Ending<Payload>,
  ): void;
}
