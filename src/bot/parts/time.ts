import { localTime } from '../../base/clock.ts';
import { both } from '../both.ts';
import { oneLine } from '../../base/line.ts';
import { halfWidth } from '../text.ts';
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

const endMark = both('截止', 'by');

/**
 * The end time of something, at the end of the line. `截止` or `by` as a word of its own begins it, the
 * last one counts and the rest must be a time. Written together (`截止18:00`, `截止时间：18:00`) it counts
 * where a time follows; else it is text (`截止目前的学习`).
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
  const read = halfWidth(line.text);
  for (const found of [...read.matchAll(/(?:^|(?<=[\s,;]))(截止|(截至)|by)/gi)].reverse()) {
    const after = found.index + found[0].length;
    const tail = read.slice(after, after + longestTime);
    const isOwnWord = !found[2] && /^(?:\s|:|$)/.test(tail);
    const isWhole = after + tail.length === read.length;
    const end = tail.replace(isOwnWord ? /^[\s:]+/ : /^(?:时间|日期|到|至)?[\s:]*/, '');
    if (!isOwnWord && !isWhole) continue;
    if (!isOwnWord && !readTime(end, line.written).ok && !isClockLike(end)) continue;
    const rest = withText(line, line.text.slice(0, found.index).replace(/[\s,，;；]+$/, ''));
    return { rest, value: timeAhead(isWhole ? end : `${end}…`, line, { key }) };
  }
  return undefined;
}

const isClockLike = (text: string) => /^\d{1,2}\s*[:点]\s*\d{0,2}\s*分?$/.test(text);
