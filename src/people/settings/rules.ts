import { z } from 'zod';
import type { Setting } from './types.ts';

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
