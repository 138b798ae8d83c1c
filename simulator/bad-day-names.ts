/**
 * What the platform does to some of the calls that write: an error before or after the effect, a
 * connection cut before it, an effect whose answer is cut off or never comes, too many calls, a token
 * that is no longer good; and a call that arrives twice, whose repeated `uuid` is answered with the
 * first message's id or with nothing in it. `no-streaming`: the app may not create card entities, whose text is streamed.
 */
export const badDays = [
  'error-before',
  'error-after',
  'reset',
  'lost-reply',
  'timeout',
  'too-many',
  'expired-token',
  'repeated',
  'repeated-silent',
  'no-streaming',
] as const;
export type BadDay = (typeof badDays)[number];
