import type { Hit } from '../retrieval/types.ts';
import type { Quote, Spot } from './types.ts';

const longestQuote = 600;

export const spotOf = ({ document, heading }: Hit): Spot => ({ title: document.title, heading });

/** The whole passage where it is short, else the sentences that cover the question best. */
export function quoteOf({ passage, document, heading, text, quote }: Hit): Quote {
  const whole = text.length <= longestQuote / 2;
  const start = whole ? 0 : quote.start;
  const piece = whole ? text : text.slice(start, quote.end).slice(0, longestQuote);
  const { title, edition } = document;
  return { passage, title, edition, heading, start, text: piece, isPart: piece !== text };
}
