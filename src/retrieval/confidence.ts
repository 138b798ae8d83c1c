import type { Band } from './types.ts';

export interface Signs {
  /** Of the question's weight, the share in the best window. */
  coverage: number;
  /** Of the question's three-character runs, the share that stands word for word. */
  runs: number;
  /** The passage's score against the highest thinkable one. */
  strength: number;
}

/** How sure it is that a passage answers, 0 to 1: a logistic fit on the development questions. */
export function confidenceOf({ coverage, runs, strength }: Signs): number {
  return 1 / (1 + Math.exp(-(-6 + 5 * coverage + 3 * runs + 2 * strength)));
}

/** Three bands instead of one line: no lexical score alone tells an answer from a near miss. */
export function bandOf(confidence: number): Band {
  if (confidence >= 0.5) return 'answer';
  return confidence >= 0.15 ? 'related' : 'none';
}
