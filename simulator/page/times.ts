import type { World } from '../contract.ts';
import { locale, say } from './words.ts';

/** Where times are written, and when it is now. */
interface Present {
  world: Pick<World, 'zone'>;
  now(): number;
}

/** Writes instants in the zone of the simulated world, and as its clock goes. */
export function createTimes({ world: { zone }, now }: Present) {
  const clock = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const dayAndMonth = format({ month: 'long', day: 'numeric' });
  const full = format({
    month: 'short',
    day: 'numeric',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const sameDay = new Intl.DateTimeFormat('en-CA', { timeZone: zone });
  const dayMs = 24 * 3600 * 1000;

  function format(parts: Intl.DateTimeFormatOptions) {
    return new Intl.DateTimeFormat(locale, { timeZone: zone, ...parts });
  }
  const dayKey = (at: number) => sameDay.format(at);

  function day(at: number): string {
    if (dayKey(at) === dayKey(now())) return say.today;
    if (dayKey(at) === dayKey(now() - dayMs)) return say.yesterday;
    return dayAndMonth.format(at);
  }

  return {
    clock: (at: number) => clock.format(at),
    /** Day, weekday and time. */
    full: (at: number) => full.format(at),
    day,
    isSameDay: (one: number, other: number) => dayKey(one) === dayKey(other),
    /** For the list of chats: the time if it was today, else the day. */
    short: (at: number) => (dayKey(at) === dayKey(now()) ? clock.format(at) : day(at)),
  };
}
export type Times = ReturnType<typeof createTimes>;
