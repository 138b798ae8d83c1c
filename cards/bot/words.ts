import type { Locale } from '../../src/bot/talk.ts';

/**
 * A topic's words in both languages. The English twin must have the same keys and take the same
 * values, or it does not compile.
 *
 * @example const words = inBoth({ count: (n: number) => `已完成 ${n} 人` }, { count: (n) => `${n} done` });
 */
export function inBoth<T>(zh: T, en: NoInfer<T>): Record<Locale, T> {
  return { 'zh-CN': zh, 'en-US': en };
}

/** `1 passage`, `2 passages`. */
export const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** What comes one to a line, in one line. */
export const listed = inBoth(
  (lines: string) => lines.split('\n').join('、'),
  (lines) => lines.split('\n').join(', '),
);

/** The first of what comes one to a line. */
export const firstOf = (lines: string) => lines.split('\n')[0] ?? '';

/** So many signs of a text at most, and then an ellipsis. */
export function shorten(text: string, limit: number): string {
  const signs = [...text];
  return signs.length > limit ? `${signs.slice(0, limit).join('')}…` : text;
}
