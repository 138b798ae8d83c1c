import { termsOf } from './words.ts';

/** How often each term stands in a passage, and in what names it. */
export interface Counted {
  /** Words of the text; its pairs of characters do not count. */
  length: number;
  body: Map<string, number>;
  title: Map<string, number>;
}

// An article's number at a passage's head names it as a title does.
const head = /^\s*第[^\s第条]{1,12}条(之[一二三四五六七八九十])?/u;

/** Counts a passage's terms: the slow part of storing it, and so done beside the main thread where that matters. */
export function countTerms(
  { heading, text }: { heading: string; text: string },
  title: string,
): Counted {
  const words = termsOf(text);
  const body = tally(words);
  const own = `${title}\n${heading}\n${head.exec(text)?.[0] ?? ''}`;
  return { length: words.length, body, title: tally(termsOf(own)) };
}

function tally(terms: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}
