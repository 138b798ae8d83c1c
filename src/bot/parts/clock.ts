import { both } from '../both.ts';
import { oneLine } from '../../base/text.ts';
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

/** The end of a range of which the rest is the start: `14:00-16:00`, 下午2点到4点. */
export function rangeEnd(): Part<ClockTime> {
  return definePart({
    kind: { is: 'clock' },
    name: both('结束时间', 'end'),
    usage: both('', ''),
    spot: 'anywhere',
    take(line) {
      const { head } = beforeMarks(line);
      const found = range.exec(halfWidth(head));
      if (!found) return undefined;
      const [whole, start = '', , end = ''] = found;
      const [from, to] = [readTimeOfDay(oneLine(start)), readTimeOfDay(oneLine(end))];
      if (from === undefined || to === undefined) return unreadable(whole);
      // 下午2点到4点: the half of the day is said once.
      const isSaidOnce = /[午晚早晨]/.test(start) && !/[午晚早晨]/.test(end);
      const minutes = isSaidOnce && to <= from && to < noon ? to + noon : to;
      const value = { hour: Math.floor(minutes / 60) % 24, minute: minutes % 60 };
      const at = found.index + start.length;
      const rest = `${line.text.slice(0, at)} ${line.text.slice(found.index + whole.length)}`;
      return { value, rest: withText(line, rest) };
    },
    show: (value) => `-${shown(value)}`,
  });
}
const noon = 12 * 60;
const hours =
  '(?:[上下中]午|早上?|晚上?|傍晚|凌晨)?\\s*(?:[一二两三四五六七八九十]{1,3}\\s*点(?:钟|半)?|\\d{1,2}(?::\\d{2}|\\s*点(?:钟|半|\\d{1,2}分?)?))';
const range = new RegExp(
  `(${hours}(?:\\s*[ap]m)?)(\\s*(?:[-–—~]+|到|至|\\bto\\b)\\s*)(${hours}(?:\\s*[ap]m)?)`,
  'i',
);

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
