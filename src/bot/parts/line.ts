import { Refusal, type RefusalCode } from '../../base/errors.ts';
import type { Mention } from '../talk.ts';
import { oneLine } from '../../base/text.ts';
import { halfWidth, lengthOf, withoutQuoted } from '../text.ts';
import type { Written } from '../times/times.ts';

/** What stands after a command's word, or is left of it once some parts were taken. */
export interface Line {
  /** People's own words, unchanged. */
  text: string;
  mentions: readonly Mention[];
  written: Written;
  /** When the message is handled: a time that is past by now is refused. */
  now: Date;
  /** Words that begin parts further on (地点, `at`): what stands before them ends there. */
  marks: readonly string[];
  /** The text was named as this part, so what cannot be read is refused instead of left to others. */
  isMeant?: boolean;
}

/** What a part took off the line, and what it left. */
export interface Taken<Value> {
  value: Value;
  rest: Line;
}

/** The needed part is not there at all: without a slash the text was a question. */
export const absent = 'absent';
export type Absent = typeof absent;

export const longestTitle = 100;
export const longestName = 50;
export const longestReason = 200;

export function refuse<Code extends RefusalCode>(
  ...told: ConstructorParameters<typeof Refusal<Code>>
): never {
  throw new Refusal(...told);
}

/** What was said, short enough to be repeated in a refusal. */
export const repeated = (said: string) =>
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
export function longText(text: string, limit: number): string {
  if (lengthOf(text) > limit) refuse('TEXT_TOO_LONG', { limit });
  return text.trim();
}

/** A mark in a text: which of the words it is, where it begins, and where what it marks does. */
interface FoundMark {
  mark: string;
  start: number;
  end: number;
}

/** The marks that stand in the line: as words of their own, or with their colon. */
export function marksIn({ text, marks }: Pick<Line, 'text' | 'marks'>): FoundMark[] {
  if (marks.length === 0) return [];
  const read = withoutQuoted(halfWidth(text));
  return [...read.matchAll(likeMarks(marks))].map((found) => {
    const groups: (string | undefined)[] = found.slice(1);
    const which = groups.findIndex((each) => each !== undefined);
    const end = found.index + found[0].length;
    return { mark: marks[which] ?? '', start: found.index, end };
  });
}

/** Where a mark with a colon may begin: behind a sentence as well. */
const apart = /[\s,;。.]/.source;

function likeMarks(marks: readonly string[]): RegExp {
  const forms = marks.map((mark) => {
    const [, word = '', colon] = /^(.*?)(:?)$/.exec(halfWidth(mark)) ?? [];
    return colon ? `(?<=^|${apart})(${word})\\s*:` : `(?<=^|[\\s,;])(${word})(?=[\\s:]|$)`;
  });
  return new RegExp(`(?:${forms.join('|')})[\\s:]*`, 'gi');
}

/** What stands before the first mark, and the line from there on. */
export function beforeMarks(line: Line): { head: string; rest: Line } {
  const end = marksIn(line)[0]?.start ?? line.text.length;
  return { head: line.text.slice(0, end).trim(), rest: withText(line, line.text.slice(end)) };
}
