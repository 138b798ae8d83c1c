import { Refusal } from './errors.ts';

/** The most characters of free text in an answer, wherever it is given. */
export const longestAnswer = 2000;
/** The most characters of a question. */
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

/** The same for each line on its own; empty lines are left out. */
export const severalLines = (text: string): string =>
  text
    .split(/\r\n|[\n\r\u2028\u2029]/u)
    .map(oneLine)
    .filter((line) => line !== '')
    .join('\n');

/** `oneLine`, refused when nothing is left or more than `limit` characters are. */
export const shortLine = (text: string, part: string, limit: number): string =>
  checked(oneLine(text), part, limit);

/** `severalLines`, refused in the same way. */
export const shortLines = (text: string, part: string, limit: number): string =>
  checked(severalLines(text), part, limit);

function checked(text: string, part: string, limit: number): string {
  if (text === '') throw new Refusal('PART_MISSING', { part });
  if ([...text].length > limit) throw new Refusal('TEXT_TOO_LONG', { part, limit });
  return text;
}
