import type { z } from 'zod';

/** One kind of work that is done later and may be done twice without being noticed to. */
export interface Job<Payload> {
  /** `topic.verb` */
  readonly name: string;
  readonly payload: z.ZodType<Payload>;
  /** Throw to be retried with backoff; after the last try it becomes a dead letter. */
  run(payload: Payload): Promise<void>;
}

export function defineJob<Payload>(job: Job<Payload>): Job<Payload> {
  return job;
}

export interface AddOptions {
  /** Not before this moment. */
  at?: Date;
  /** Jobs of one group run one at a time, in order. */
  group?: string;
  /** Only one waiting job per key: a second `add` while one waits changes nothing. */
  key?: string;
}

/** The queue as services and handlers see it. `add` joins the surrounding transaction. */
export interface Queue {
  add(name: string, payload: object, options?: AddOptions): Promise<void>;
}
