import type { BranchId } from '../../base/ids.ts';

/** A question that found no answer, and how often it was asked in these words. */
export interface UnansweredQuestion {
  question: string;
  times: number;
}

/** What the secretaries of a branch are told about a week; nobody is named in it. */
export interface WeekNote {
  branch: { id: BranchId; name: string };
  /** Those asked most often; of more there is the number only. */
  questions: UnansweredQuestion[];
  more: number;
  /** Marks under answers that nobody has dealt with. */
  feedback: number;
  /** Standard answers whose source gave way. */
  stale: number;
}
