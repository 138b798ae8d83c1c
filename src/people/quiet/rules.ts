import { fromZone, inZone } from '../../base/clock.ts';
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
  const day = minute < to ? here : here.add(1, 'day');
  return fromZone(`${day.format('YYYY-MM-DD')} ${clockOf(to)}`, zone);
}

const clockOf = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
