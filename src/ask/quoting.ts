import type { Hit } from '../retrieval/types.ts';
import type { Quote, Spot } from './types.ts';

const longestQuote = 600;

export const spotOf = ({ document, heading }: Hit): Spot => ({ title: document.title, heading });

/** The whole passage where it is short, else the sentences that cover the question best. */
export function quoteOf({ passage, document, heading, text, quote }: Hit): Quote {
  const whole = text.length <= longestQuote / 2;
  const piece = whole ? text : text.slice(quote.start, quote.end).slice(0, longestQuote);
  const { title, edition } = document;
  return { passage, title, edition, heading, text: piece, isPart: piece !== text };
}
