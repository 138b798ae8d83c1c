import { both } from '../both.ts';
import { oneLine } from '../../base/line.ts';
import { halfWidth } from '../text.ts';
import { readTimeOfDay } from '../times/time-of-day.ts';
import { beforeMarks, refuse, withText } from './line.ts';
import { definePart, type Part } from './part.ts';

/** `9:30`, a time of day without a day. */
export interface ClockTime {
  hour: number;
  minute: number;
}
export interface ClockRange {
  from: ClockTime;
  to: ClockTime;
}

function clockTime(text: string): ClockTime | undefined {
  const minutes = readTimeOfDay(oneLine(halfWidth(text)));
  if (minutes === undefined) return undefined;
  return { hour: Math.floor(minutes / 60) % 24, minute: minutes % 60 };
}

const shown = ({ hour, minute }: ClockTime) => `${hour}:${String(minute).padStart(2, '0')}`;
const unreadable = (said: string) => refuse('TIME_UNREADABLE', { said: said.slice(0, 30) });

/** A time of day. */
export function clock(): Part<ClockTime> {
  return definePart({
    kind: { is: 'clock' },
    name: both('时间', 'time'),
    usage: both('HH:mm', 'HH:mm'),
    asked: both('时间', 'a time'),
    take(line) {
      const { head, rest } = beforeMarks(line);
      return head ? { value: clockTime(head) ?? unreadable(halfWidth(head)), rest } : undefined;
    },
    show: shown,
  });
}

/** From one time of day to another: `21:00-8:00`, `9pm to 8am`. */
export function clockRange(): Part<ClockRange> {
  return definePart({
    kind: { is: 'clock-range' },
    name: both('时间段', 'hours'),
    usage: both('21:00-8:00', '21:00-8:00'),
    take(line) {
      const read = halfWidth(line.text);
      const [, first = '', second = ''] =
        /^(.{1,12}?)\s*(?:[-–—~]|到|至|\bto\b)\s*(.{1,12})$/.exec(read) ?? [];
      const [from, to] = [clockTime(first), clockTime(second)];
      if (from && to) return { value: { from, to }, rest: withText(line, '') };
      return /^\d/.test(read) ? unreadable(read) : undefined;
    },
    show: ({ from, to }) => `${shown(from)}-${shown(to)}`,
  });
}
