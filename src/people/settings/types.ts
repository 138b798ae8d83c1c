import type { z } from 'zod';

/** One thing that a branch decides for itself. It is declared by the topic that reads it. */
export interface Setting<Value extends SettingValue = SettingValue> {
  /** `topic.thing`, as it is stored. */
  readonly name: string;
  readonly kind: 'switch' | 'number' | 'time';
  /** What holds for a branch that has decided nothing. */
  readonly usual: Value;
  /** What may be stored; anything else that is found counts as undecided. */
  readonly schema: z.ZodType<Value>;
  /** Of a number: the least and the most it may be. */
  readonly range?: readonly [least: number, most: number];
}
/** On or off, a number, or minutes after midnight. */
export type SettingValue = boolean | number;
