import { localTime } from '../../base/clock.ts';
import { both } from '../both.ts';
import { oneLine } from '../../base/text.ts';
import { endIn } from '../times/ends.ts';
import { looksLikeTime, readTime } from '../times/times.ts';
import { marksIn, refuse, repeated, withText, type Line } from './line.ts';
import { definePart, type Part, type Showing } from './part.ts';

/** No time takes more characters to write. */
const longestTime = 60;

/** A time that is still ahead. `needsClock`: a date alone is not enough, as for a meeting. */
export function time({ needsClock = false } = {}): Part<Date> {
  return definePart({
    kind: { is: 'time', needsClock },
    name: both('时间', 'time'),
    asked: both('时间', 'a time'),
    take(line, key) {
      if (!line.text) return undefined;
      const heads = headsOf(line);
      // `tomorrow at 10:00 at Room 301`: the longest beginning that is a time is the time.
      const isTime = (head: string) => readTime(head, line.written).ok;
      const head = heads.find(isTime) ?? heads.at(-1) ?? '';
      if (!isTime(head) && !looksLikeTime(head) && !line.isMeant) return undefined;
      const rest = line.text.slice(head.length).replace(/^[\s,，;；]+/, '');
      return { value: timeAhead(head, line, { key, needsClock }), rest: withText(line, rest) };
    },
    show: instant,
  });
}

/** What may be the time: all of the line, or as much as stands before a mark; the longest first. */
function headsOf(line: Line): string[] {
  const ends = [
    line.text.length,
    ...marksIn(line)
      .map(({ start }) => start)
      .reverse(),
  ];
  return ends
    .filter((end, i) => end <= longestTime || i === ends.length - 1)
    .map((end) => line.text.slice(0, end).replace(/[\s,，;；]+$/, ''));
}

function timeAhead(text: string, line: Line, { key = '', needsClock = false }): Date {
  const said = repeated(oneLine(text));
  if (!said) refuse('PART_MISSING', { part: key });
  const read = readTime(text, line.written);
  if (!read.ok)
    refuse(read.why === 'no-clock' ? 'CLOCK_TIME_MISSING' : 'TIME_UNREADABLE', { said });
  if (read.instant <= line.now) refuse('TIME_PAST', { said });
  if (needsClock && read.dateOnly) refuse('CLOCK_TIME_MISSING', { said });
  return read.instant;
}

const instant = (value: Date, { zone }: Showing) => localTime(value, zone);

export const endMark = both('截止', 'by');

/**
 * The end time of something, wherever the line speaks of one: `截止 周五`, 周五18:00截止, 明天下午6点前, `by Friday`. The last
 * one counts. One that cannot be read is refused: nothing is opened with another end than was said.
 */
export function endTime(): Part<Date> {
  return definePart({
    kind: { is: 'time', needsClock: false },
    name: both('截止时间', 'end'),
    usage: both('截止 时间', 'by TIME'),
    asked: both('时间', 'a time'),
    spot: 'end',
    marks: Object.values(endMark),
    take: takeEnd,
    show: (value, showing) => `${endMark[showing.locale]} ${instant(value, showing)}`,
  });
}

function takeEnd(line: Line, key: string) {
  const end = endIn(line.text, line.written);
  if (end.is === 'none') return undefined;
  const value = timeAhead(end.said, line, { key });
  if (end.is === 'unreadable') refuse('TIME_UNREADABLE', { said: repeated(end.said) });
  return { rest: withText(line, end.rest), value };
}
