import type { Nothing } from '../../base/errors.ts';

export interface QuizRefusals {
  NO_BANK: Nothing;
  /** `banks`: one to a line. */
  BANK_UNKNOWN: { said: string; banks: string };
  TOO_FEW_QUESTIONS: { there: number };
  HANDED_IN: { number: number };
  NOT_YOUR_CARD: Nothing;
  QUESTION_UNKNOWN: { of: number };
  /** `last`: the letter of the last option. */
  OPTION_UNKNOWN: { last: string };
  NOTHING_CHOSEN: Nothing;
  QUIZ_WORDS: Nothing;
}
declare module '../../base/errors.ts' {
  interface RefusalFacts extends QuizRefusals {}
}
