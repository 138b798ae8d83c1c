import type { Nothing } from '../base/errors.ts';

export interface RoundRefusals {
  ROUND_UNKNOWN: { number: number };
  /** `makeup`: the number by which it can be made up for. */
  ROUND_CLOSED: { number: number; makeup?: number };
  ROUND_OPEN: { number: number };
  ROUND_RECALLED: { number: number };
  NO_OPEN_ROUND: Nothing;
  NOT_IN_ROUND: Nothing;
  NOBODY_ASKED: Nothing;
  WRONG_KIND: { number: number };
  NOTHING_TO_EXPORT: Nothing;
}
declare module '../base/errors.ts' {
  interface RefusalFacts extends RoundRefusals {}
}
