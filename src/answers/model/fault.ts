import { Fault } from '../../base/errors.ts';
/**
 * What an endpoint may do instead of answering. `unreached`: no connection, or it broke; `late`: the caller's
 * patience is over; `refused`: another status than 200; `html`: a page in place of the API; `unreadable`: not
 * what the API says; `reported`: an error in the middle of the answer; `endless`: more than anybody reads;
 * `cut`: it ended without showing that it was the end.
 */
export type ModelFault =
  'unreached' | 'late' | 'refused' | 'html' | 'unreadable' | 'reported' | 'endless' | 'cut';

/**
 * An endpoint that did not answer as it should. Holds nothing of what the endpoint wrote, since that may
 * repeat the key or the question.
 */
export class ModelError extends Fault {
  override readonly name = 'ModelError';
  /** The HTTP status, where that is the reason. */
  readonly status: number | undefined;
  /** The system's code, such as `ECONNREFUSED`, where there was no connection. */
  readonly code: string | undefined;
  constructor(
    readonly fault: ModelFault,
    { status, code }: { status?: number; code?: string } = {},
  ) {
    super(`the model's endpoint: ${[fault, status, code].filter(Boolean).join(' ')}`);
    this.status = status;
    this.code = code;
  }
}

/** From what fetch threw: its message names the address, its cause the reason. */
export function unreached(error: unknown): ModelError {
  const { cause } = error as { cause?: { code?: unknown } };
  const code = typeof cause?.code === 'string' ? cause.code : undefined;
  return new ModelError('unreached', { code });
}
