import type { z } from 'zod';

/** A button's action: what it carries is defined beside the button and arrives parsed at the handler. */
export interface Action<Value> {
  readonly name: string;
  readonly schema: z.ZodType<Value>;
  /** The value to put on a button. */
  with(value: Value): { action: string; value: Value };
}

/**
 * Defines an action. The value that comes back is parsed with `schema` but still untrusted: whoever
 * receives it checks it against the person who pressed.
 *
 * @example export const answerCheckin = defineAction('checkin.answer', z.object({ round: z.int() }));
 */
export function defineAction<Value>(name: string, schema: z.ZodType<Value>): Action<Value> {
  return { name, schema, with: (value) => ({ action: name, value }) };
}
