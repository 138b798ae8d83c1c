import { fromZone, inZone, localDay, timeOfDay } from '../../base/clock.ts';
import { Refusal } from '../../base/errors.ts';
import type { QuietHours } from './types.ts';

/** Everybody's until they say otherwise. */
export const usualHours: QuietHours = { from: 21 * 60, to: 8 * 60 };

/** A stretch that has a length; refuses one that could mean the whole day or nothing. */
export function hoursOf(from: number, to: number): QuietHours {
  if (from === to) throw new Refusal('QUIET_EMPTY');
  return { from, to };
}

/** The end of the quiet hours this moment lies in; undefined outside them. */
export function quietUntil(hours: QuietHours, now: Date, zone: string): Date | undefined {
  const here = inZone(now, zone);
  const minute = here.hour() * 60 + here.minute();
  const { from, to } = hours;
  const isQuiet = from < to ? from <= minute && minute < to : minute >= from || minute < to;
  if (!isQuiet) return undefined;
  const day = localDay(now, zone, minute < to ? 0 : 1);
  return fromZone(`${day} ${timeOfDay(to)}`, zone);
}
