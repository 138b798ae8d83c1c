import type { Band } from './types.ts';

export interface Signs {
  /** Of the question's weight, the share in the best window. */
  coverage: number;
  /** Of the question's three-character runs, the share that stands word for word. */
  runs: number;
  /** How far it stands before the best of the others; below 0 where another is better. */
  lead: number;
  /** Words in the question. */
  words: number;
}

/**
 * How sure it is that a passage answers, 0 to 1: a logistic fit on every second development question, with
 * "the first passage is the right one" against "it is not, or there is none" (see `bench/retrieval.ts`).
 */
export function confidenceOf({ coverage, runs, lead, words }: Signs): number {
  const length = Math.min(words, 10) / 10;
  const sum = -3.76 + 3.15 * coverage + 2.5 * runs + 4.55 * lead - 0.78 * length;
  return 1 / (1 + Math.exp(-sum));
}

/**
 * Three bands instead of one line: no lexical score alone tells an answer from a near miss. On the
 * development questions 0.5 lets through about nine of ten right passages and one of eight where there is
 * no answer; 0.2 nearly all and one of four.
 */
export function bandOf(confidence: number): Band {
  if (confidence >= 0.5) return 'answer';
  return confidence >= 0.2 ? 'related' : 'none';
}
