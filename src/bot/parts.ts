import { Refusal, type RefusalCode } from '../errors.ts';
import type { PersonId } from '../ids.ts';
import { halfWidth, lengthOf, oneLine } from './text.ts';
import type { Mention } from './talk.ts';
import { readTime, type Written } from './times.ts';

/** What stands after a command's word. */
export interface Line {
  /** People's own words, unchanged. */
  text: string;
  mentions: Mention[];
  written: Written;
  /** When the message is handled: a time that is past by now is refused. */
  now: Date;
}

/** The needed part is not there at all: without a slash the text was a question. */
export const absent = 'absent';
export type Absent = typeof absent;

export const longestTitle = 100;
export const longestName = 50;
export const longestReason = 200;
/** No time takes more characters to write. */
export const longestTime = 60;

export function refuse<Code extends RefusalCode>(
  ...told: ConstructorParameters<typeof Refusal<Code>>
): never {
  throw new Refusal(...told);
}

const shortened = (said: string) =>
  lengthOf(said) > 30 ? `${[...said].slice(0, 30).join('')}…` : said;

export function withText(line: Line, text: string): Line {
  return { ...line, text: text.trim() };
}

/** One line of text no longer than `limit`. */
export function shortText(text: string, limit: number): string {
  const line = oneLine(text);
  if (lengthOf(line) > limit) refuse('TEXT_TOO_LONG', { limit });
  return line;
}

/** Text as it was written, its lines kept, no longer than `limit`. */
export function longText(text: string, limit: number): string | undefined {
  if (lengthOf(text) > limit) refuse('TEXT_TOO_LONG', { limit });
  return text.trim() || undefined;
}

/** The round's number at the start, `12` or `#12`, and what follows it. */
export function roundThen(line: Line): { round: number; rest: Line } | Absent {
  const read = halfWidth(line.text);
  const found = /^#?\s*(\d{1,9})号?(?=$|[\s,:;.!。、])[\s,:;.!。、]*/.exec(read);
  if (found && !/^[\d.]+\.\d/.test(read)) {
    return { round: Number(found[1]), rest: withText(line, line.text.slice(found[0].length)) };
  }
  if (/^(?:#|-?\d+(?:\.\d+)?$)/.test(read)) {
    refuse('PART_UNREADABLE', { part: 'round', said: shortened(line.text) });
  }
  return absent;
}

/** The round's number and nothing else. */
export function onlyRound(line: Line): { round: number } | Absent {
  const found = roundThen(line);
  if (found === absent || found.rest.text) return absent;
  return { round: found.round };
}

/** Nothing, or a round's number and nothing else. */
export function maybeRound(line: Line): { round?: number } | Absent {
  return line.text ? onlyRound(line) : {};
}

export function nothing(line: Line): Record<never, never> | Absent {
  return line.text ? absent : {};
}

/** The one person mentioned, and no other words. */
export function onePerson({ text, mentions }: Line): { person: PersonId } | Absent {
  const read = halfWidth(text);
  const [first, ...others] = mentions.filter(({ name }) => text.includes(`@${name}`));
  if (!first)
    return read.startsWith('@') ? refuse('PERSON_UNKNOWN', { said: shortened(text) }) : absent;
  if (others.some(({ person }) => person !== first.person))
    refuse('PART_UNREADABLE', { part: 'person' });
  const rest = text.replaceAll(`@${first.name}`, '');
  return /^[\s\p{P}]*$/u.test(rest) ? { person: first.person } : absent;
}

/** A time that must be ahead. `needsClock`: a date alone is not enough, as for a meeting. */
export function timeAhead(text: string, line: Line, { needsClock = false } = {}): Date {
  const said = shortened(oneLine(text));
  if (!said) refuse('PART_MISSING', { part: 'time' });
  const time = readTime(text, line.written);
  if (!time.ok)
    refuse(time.why === 'no-clock' ? 'CLOCK_TIME_MISSING' : 'TIME_UNREADABLE', { said });
  if (time.instant <= line.now) refuse('TIME_PAST', { said });
  if (needsClock && time.dateOnly) refuse('CLOCK_TIME_MISSING', { said });
  return time.instant;
}

/**
 * Takes the end time off the line. `截止` or `by` as a word of its own begins it, the last one counts
 * and the rest must be a time. Written together (`截止18:00`, `截止时间：18:00`) it counts where a time
 * follows; else it is text (`截止目前的学习`).
 */
export function endTime(line: Line): { rest: Line; by?: Date } {
  const read = halfWidth(line.text);
  for (const found of [...read.matchAll(/(?:^|(?<=[\s,;]))(截止|截至|by)/gi)].reverse()) {
    const after = found.index + found[0].length;
    const tail = read.slice(after, after + longestTime);
    const isOwnWord = found[0] !== '截至' && /^(?:\s|:|$)/.test(tail);
    const isWhole = after + tail.length === read.length;
    const end = tail.replace(isOwnWord ? /^[\s:]+/ : /^(?:时间|日期|到|至)?[\s:]*/, '');
    if (!isOwnWord && !isWhole) continue;
    if (!isOwnWord && !readTime(end, line.written).ok && !isClockLike(end)) continue;
    const rest = withText(line, line.text.slice(0, found.index).replace(/[\s,，;；]+$/, ''));
    return { rest, by: timeAhead(isWhole ? end : `${end}…`, line) };
  }
  return { rest: line };
}

const isClockLike = (text: string) => /^\d{1,2}\s*[:点]\s*\d{0,2}\s*分?$/.test(text);

/** A text and perhaps an end time; absent where there is neither. */
export function textAndEnd(line: Line, limit: number): { text: string; by?: Date } | Absent {
  if (!line.text) return absent;
  const { rest, by } = endTime(line);
  if (!rest.text) refuse('PART_MISSING', { part: 'title' });
  return { text: shortText(rest.text, limit), by };
}

/** Splits `text` at the marker words that stand as words of their own: what comes first, then each marked part. */
export function splitAt(text: string, markers: readonly string[]) {
  const like = new RegExp(`(?:^|(?<=[\\s,;]))(${markers.join('|')})(?=[\\s:]|$)[\\s:]*`, 'gi');
  const found = [...halfWidth(text).matchAll(like)];
  return found.map((each, i) => ({
    marker: (each[1] ?? '').toLowerCase(),
    start: each.index,
    value: text.slice(each.index + each[0].length, found[i + 1]?.index).trim(),
  }));
}
