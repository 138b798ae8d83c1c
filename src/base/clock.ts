import dayjs, { type Dayjs } from 'dayjs';
import timezone from 'dayjs/plugin/timezone.js';
import utc from 'dayjs/plugin/utc.js';

dayjs.extend(utc);
dayjs.extend(timezone);

/** Where the present moment comes from: the system in the product, a hand-set one in tests. */
export interface Clock {
  now(): Date;
  /** Only of local mode's clock: milliseconds by which it is ahead of the true time. The database has the true time. */
  readonly offsetMs?: number;
}

/** Local mode's clock: it can be moved on, never back. */
export interface MovableClock extends Clock {
  readonly offsetMs: number;
  moveOn(milliseconds: number): void;
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

/** The day of the moment `at` in `zone`, or so many days later, as `YYYY-MM-DD`. */
export function localDay(at: Date, zone: string, later = 0): string {
  const here = inZone(at, zone);
  return (later === 0 ? here : here.add(later, 'day')).format('YYYY-MM-DD');
}

/** The moment `at` in `zone` as `YYYY-MM-DD HH:mm`, which `fromZone` reads. */
export const localTime = (at: Date, zone: string): string =>
  inZone(at, zone).format('YYYY-MM-DD HH:mm');

/** Minutes after midnight as `HH:mm`. */
export function timeOfDay(minutes: number): string {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** The moment of the same day in `zone` at this time. */
export const atTimeOfDay = (
  day: Date,
  { hour, minute }: { hour: number; minute: number },
  zone: string,
): Date => fromZone(`${localDay(day, zone)} ${timeOfDay(hour * 60 + minute)}`, zone);

/** The moment this month began in `zone`. */
export const monthBegan = (now: Date, zone: string): Date =>
  fromZone(`${inZone(now, zone).format('YYYY-MM')}-01 00:00`, zone);
