import type { z } from 'zod';

/**
 * Where a job waits. `inbox` and `outbox` keep the order of one chat; `work` is everything else that is
 * soon done; `answering` waits for a model while somebody looks on; `slow` is what may take seconds or
 * minutes and must hold up nobody.
 */
export type Lane = 'inbox' | 'outbox' | 'work' | 'answering' | 'slow';

/** One kind of work that is done later and may be done twice without being noticed to. */
export interface Job<Payload> {
  /** `topic.verb` */
  readonly name: string;
  /** `work` unless said otherwise. */
  readonly lane?: Lane;
  readonly payload: z.ZodType<Payload>;
  /** Throw to be retried with backoff; after the last try it becomes a dead letter. */
  run(payload: Payload): Promise<void>;
  /** What a dead letter keeps of the payload: nothing that people wrote. All of it unless said otherwise. */
  remains?(payload: Payload): object;
  /** Somebody else takes over what is given up: no dead letter. */
  readonly handsOver?: boolean;
  /** Runs once when it is given up. */
  givenUp?(payload: Payload): Promise<void>;
}

export function defineJob<Payload>(job: Job<Payload>): Job<Payload> {
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
  add(name: string, payload: object, options?: AddOptions): Promise<void>;
  /** The same for many of one kind, in one statement and in this order. */
  addAll(name: string, jobs: { payload: object; group?: string }[]): Promise<void>;
}
