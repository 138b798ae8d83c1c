import dayjs, { type Dayjs } from 'dayjs';
import timezone from 'dayjs/plugin/timezone.js';
import utc from 'dayjs/plugin/utc.js';

dayjs.extend(utc);
dayjs.extend(timezone);

/** Where the present moment comes from: the system in the product, a hand-set one in tests. */
export interface Clock {
  now(): Date;
  /** Only local mode's: milliseconds by which it is ahead of the true time, which the database goes by. */
  readonly lead?: number;
}

/** Local mode's: it can be moved on, never back. */
export interface MovableClock extends Clock {
  readonly lead: number;
  leap(milliseconds: number): void;
}

export const systemClock: Clock = { now: () => new Date() };

/** The moment `at` as people in `zone` (IANA name) read it. */
export function inZone(at: Date, zone: string): Dayjs {
  return dayjs(at).tz(zone);
}

/** The wall-clock time `text` (`YYYY-MM-DD HH:mm`) in `zone` as an instant. */
export function fromZone(text: string, zone: string): Date {
  return dayjs.tz(text, zone).toDate();
}

/** The moment this month began in `zone`. */
export const monthBegan = (now: Date, zone: string): Date =>
  fromZone(`${inZone(now, zone).format('YYYY-MM')}-01 00:00`, zone);
