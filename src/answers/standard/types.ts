import type { FeedbackId, PassageId, StandardId } from '../../base/ids.ts';
import type { Excerpt } from '../retrieval/excerpts.ts';
import type { Branch } from '../../people/roster/types.ts';

/** Words of a document on which an answer rests, and where they stand. */
export type Source = Omit<Excerpt, 'branch'>;

/** An answer that a branch approved for a question. */
export interface Standard {
  id: StandardId;
  branch: Branch;
  question: string;
  answer: string;
  approvedAt: Date;
  source: Source;
}

/** A standard answer as its secretary keeps it. */
export interface KeptStandard extends Omit<Standard, 'source'> {
  /** What it quotes, as it stood when it was approved. */
  title: string;
  quote: string;
  heading: string;
  /** Where it stands, while that is there. */
  cites: { passage: PassageId; start: number; end: number }[];
  isRetired: boolean;
  /** Its source does not answer any more, and neither does it, before a secretary has looked at it. */
  isStale: boolean;
  /** A text in its source's place still says what is quoted. */
  isSaidStill: boolean;
}

/** The standard answers of the branches somebody serves. */
export interface StandardList {
  search?: string;
  branches: readonly Branch[];
  standards: KeptStandard[];
}

export type Change = 'retire' | 'restore' | 'confirm';
export interface ChangedStandard {
  standard: KeptStandard;
  change: Change;
  how: 'done' | 'before';
}

/** What somebody begins to write a standard answer with. */
export interface Draft {
  question: string;
  answer?: string;
  /** Where it can be stored; each may be chosen. */
  branches: readonly Branch[];
  sources: Source[];
  /** The mark under an answer that led to it. */
  feedback?: FeedbackId;
  /** The one that it is to replace, whatever its question will be. */
  replaces?: StandardId;
}

/** A standard answer that was stored now. */
export interface Saved {
  standard: Standard;
  /** It took the place of an older one. */
  isReplaced: boolean;
}
