import type { Hit } from '../retrieval/types.ts';
import type { Quote, Spot } from './types.ts';

const longestQuote = 600;

export const spotOf = ({ document, heading }: Hit): Spot => ({ title: document.title, heading });

/** The whole passage where it is short, else the sentences that cover the question best, in their paragraph. */
export function quoteOf({ passage, document, heading, text, quote }: Hit): Quote {
  const { start, end } = text.length <= longestQuote / 2 ? all(text) : inParagraph(text, quote);
  const piece = text.slice(start, end).slice(0, longestQuote);
  const { title, edition } = document;
  return { passage, title, edition, heading, start, text: piece, isPart: piece !== text };
}

const all = (text: string) => ({ start: 0, end: text.length });

/** With the rest of its lines, where those are short: half a paragraph leaves out what it speaks of. */
function inParagraph(text: string, { start, end }: Hit['quote']) {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const next = text.indexOf('\n', end);
  const to = next < 0 ? text.length : next;
  return to - from <= (longestQuote * 2) / 3 ? { start: from, end: to } : { start, end };
}
