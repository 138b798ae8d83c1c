import { Refusal } from './errors.ts';

/** So many characters of one's own words an answer takes, wherever it is given. */
export const longestAnswer = 2000;
/** And so many a question. */
export const longestQuestion = 500;

// Control characters, lone surrogates, and the marks that reverse the direction of what follows.
const unprintable = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu;

/**
 * What a person wrote as one line that can be stored and shown: characters that no database or
 * screen takes become spaces, runs of spaces one. Markup stays as written, it is text.
 */
export function oneLine(text: string): string {
  return text.replace(unprintable, ' ').replace(/\s+/gu, ' ').trim();
}

/** `oneLine`, refused when nothing is left or more than `limit` characters are. */
export function shortLine(text: string, part: string, limit: number): string {
  const line = oneLine(text);
  if (line === '') throw new Refusal('PART_MISSING', { part });
  if ([...line].length > limit) throw new Refusal('TEXT_TOO_LONG', { part, limit });
  return line;
}
