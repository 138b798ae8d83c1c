import type { Band } from './types.ts';
import type { Window } from './window.ts';

export interface Signs {
  /** Of the question's weight, the share in the best window. */
  coverage: number;
  /** Of the question's three-character runs, the share that stands word for word. */
  runs: number;
  /** How far it stands before the best of the others; below 0 where another is better. */
  lead: number;
  /** How far it stands before the next five together. */
  height: number;
  /** Nothing in the window looks like what is asked for. */
  misses: boolean;
  /** Words in the question. */
  words: number;
  /** Characters of the window: a long one holds many words by chance. */
  size: number;
}

/**
 * How sure it is that a passage answers, 0 to 1: a logistic fit with "the first passage is the right one"
 * against "it is not, or there is none", on the development questions, lay legal ones also among all 49,570
 * articles, each once with and once without the passages that answer it. The halves agree within two points.
 */
export function confidenceOf(signs: Signs): number {
  const { coverage, runs, lead, height, misses, words, size } = signs;
  const sum =
    -2.22 +
    3.39 * coverage +
    0.83 * runs +
    2.03 * lead +
    2.63 * height -
    (misses ? 0.29 : 0) +
    1.07 * (Math.min(words, 10) / 10) -
    4.84 * (Math.log1p(size) / 6);
  return 1 / (1 + Math.exp(-sum));
}

/** From where on a passage may be called an answer, and one to look at. */
export const sureEnough = { answer: 0.4, related: 0.06 };

/**
 * Three bands instead of one line: no lexical score alone tells an answer from a near miss. An answer speaks of
 * at least half of the question and holds the kind of thing that is asked for. On the development questions
 * 99 of 100 such are right (lay legal questions: 84 to 91), and one of 20 without an answer gets there. Where
 * a passage is only called related, a reader still judges: of lay legal questions with an answer three of five
 * get there, and of those one of the first three passages is right for seven of ten.
 */
export function bandOf(confidence: number, { coverage, misses }: Window): Band {
  if (confidence >= sureEnough.answer && coverage >= 0.5 && !misses) return 'answer';
  return confidence >= sureEnough.related || coverage >= 0.8 ? 'related' : 'none';
}
