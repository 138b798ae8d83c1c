import { Fault } from '../../base/errors.ts';
import { isAxiosError } from 'axios';
import type { Sent } from '../../bot/messenger.ts';

/** What the platform said of a call: its code, and how long it asks to wait. */
export interface Answered {
  code?: number;
  msg?: string;
  status?: number;
  resetSeconds?: number;
}

/** A call that did not succeed, in a few stable kinds; the original is its `cause`. */
export class PlatformError extends Fault {
  override readonly name = 'PlatformError';
  constructor(
    readonly kind: Exclude<Sent['outcome'], 'sent'> | 'token',
    readonly answered: Answered,
    options?: ErrorOptions,
  ) {
    super(`the platform answered ${answered.code ?? answered.status ?? 'nothing'}`, options);
  }
}

// Too many calls, or the message is still on its way: certainly not done.
const later = new Set([
  ...[230020, 230049, 99991400, 11232, 11233],
  // Card entities: a higher number was used already, or somebody is pressing a button of the card at this moment.
  ...[300317, 200810],
]);
// This recipient is out of reach: not in the group, resigned, blocked us, the chat is dissolved.
const gone = new Set([230002, 230013, 230029, 230034, 230035, 230053, 232009, 232011]);
const token = new Set([99991661, 99991663, 99991664, 99991665]);
// The answered message was taken back or deleted.
export const targetGone = new Set([230011, 230110]);
// The connection was never made, so nothing can have happened.
const unconnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** Turns what a call threw, or an answer whose code is not 0, into a PlatformError. */
export function failureOf(error: unknown): PlatformError {
  if (error instanceof PlatformError) return error;
  if (!isAxiosError(error)) return new PlatformError('unknown', {}, { cause: error });
  const { response, code } = error;
  // The request carries the token and people's words: it must not travel with the error.
  const cause = new Error(error.message);
  if (!response) {
    const kind = code && unconnected.has(code) ? 'later' : 'unknown';
    return new PlatformError(kind, { msg: code }, { cause });
  }
  const body = response.data as { code?: unknown; msg?: unknown } | undefined;
  const reset = Number(response.headers['x-ogw-ratelimit-reset']);
  return failureWith(
    {
      code: typeof body?.code === 'number' ? body.code : undefined,
      msg: typeof body?.msg === 'string' ? body.msg.slice(0, 200) : undefined,
      status: response.status,
      resetSeconds: Number.isFinite(reset) && reset > 0 ? reset : undefined,
    },
    cause,
  );
}

/** The kind of a "no" that the platform spelled out. */
export function failureWith(answered: Answered, cause?: unknown): PlatformError {
  const { code = 0, status = 0 } = answered;
  const kind =
    later.has(code) || status === 429
      ? 'later'
      : gone.has(code)
        ? 'gone'
        : token.has(code)
          ? 'token'
          : status >= 500
            ? 'unknown'
            : 'refused';
  return new PlatformError(kind, answered, { cause });
}

/** What became of a message, from the error of its sending. */
export function outcomeOf(error: unknown): Exclude<Sent, { outcome: 'sent' }> {
  const { kind, answered, message } = failureOf(error);
  const reason = answered.msg ? `${message}: ${answered.msg}` : message;
  const waitMs = answered.resetSeconds === undefined ? undefined : answered.resetSeconds * 1000;
  if (kind === 'later' || kind === 'token') return { outcome: 'later', waitMs, reason };
  return { outcome: kind, reason };
}
