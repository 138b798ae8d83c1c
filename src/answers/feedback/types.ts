import type { BranchId, FeedbackId } from '../../base/ids.ts';
import type { PassageRange, Excerpt } from '../retrieval/excerpts.ts';

/** What somebody thinks of an answer: it helped, it did not, or it rests on the wrong source. */
export type Mark = 'helpful' | 'unhelpful' | 'source';

/** What an answer cited. */
export type CitedPlace = PassageRange;

/** What was cited, in the words in which it stood then. */
export type Cited = Pick<Excerpt, 'passage' | 'title' | 'edition' | 'heading' | 'start' | 'text'>;

/** How a mark was taken: for the first time, in place of another one, or it was there already. */
export interface Marked {
  mark: Mark;
  how: 'new' | 'changed' | 'same';
  /** The branches whose secretaries see it. */
  branches: BranchId[];
}

/** An answer that somebody marked, as a secretary sees it: nobody is named. */
export interface MarkedAnswer {
  id: FeedbackId;
  mark: Exclude<Mark, 'helpful'>;
  question: string;
  cites: Cited[];
  /** An answer that was not made of the cited words alone. */
  text?: string;
  branches: BranchId[];
  isDone: boolean;
}

/** What was marked in the branches somebody serves: what is open first. */
export interface MarkedList {
  answers: MarkedAnswer[];
  open: number;
  helpful: number;
}
