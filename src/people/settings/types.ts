import { z } from 'zod';

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

/** On or off. */
export const switchSetting = (name: string, usual: boolean): Setting<boolean> => ({
  ...{ name, usual },
  kind: 'switch',
  schema: z.boolean(),
});

/** A whole number within a range. */
export const numberSetting = (
  name: string,
  usual: number,
  [least, most]: readonly [number, number],
): Setting<number> => ({
  ...{ name, usual },
  kind: 'number',
  schema: z.int().min(least).max(most),
  range: [least, most],
});

/** A time of day, as minutes after midnight. */
export const timeSetting = (name: string, usual: number): Setting<number> => ({
  ...{ name, usual },
  kind: 'time',
  schema: z
    .int()
    .min(0)
    .max(24 * 60 - 1),
});
