import type { PassageId } from '../../base/ids.ts';
import type { EditionOf, Hit, HitReference } from '../retrieval/types.ts';
import type { Standard } from '../standard/types.ts';

/** Words of a document as they stand there, and where that is. */
export interface Quote {
  passage: PassageId;
  /** The document's title. */
  title: string;
  /** Which edition of it, where it says so. */
  edition?: EditionOf;
  /** Its chapter and article, or the heading it stands under; may be empty. */
  heading: string;
  /** A verbatim piece of the stored document, and where in its passage it begins. */
  text: string;
  start: number;
  /** There is more of the passage before or after it. */
  isPart: boolean;
}

/** Where something stands, without its words. */
export type Spot = Pick<Quote, 'title' | 'heading'>;

/**
 * What the library says to a question. `standard`: what the branch approved for it; `answer`: with what may be related `also`; `related`: passages
 * near it, none of which seems to answer it; `nothing`: not found, with the nearest places and what
 * the documents are; `empty`: there is no document at all.
 */
export type Answer =
  | { is: 'standard'; standard: Standard; mayPin: boolean }
  | {
      is: 'answer' | 'related';
      quotes: [Quote, ...Quote[]];
      also: Quote[];
      /** The asker is a secretary and alone: it can become a standard answer. */
      mayPin: boolean;
    }
  | { is: 'nothing'; nearest: Spot[]; documents: number; titles: string[] }
  | { is: 'empty' };

/** What was found to a question. */
export interface Findings {
  /** In the words of the documents. */
  answer: Answer;
  /** What an answer may be written from, best first; nothing where only `answer` may stand. */
  passages: Hit[];
  /** How each of them is quoted. */
  sources: Quote[];
  /** All that was found, so that nobody has to search once more. */
  found: HitReference[];
}

/** A passage with what stands before and after it. */
export interface Context {
  title: string;
  passages: { heading: string; text: string }[];
}

/** A sentence of an answer in a model's words, checked against the passages that it cites. */
export interface Sentence {
  /** Without the marks of its citations. */
  text: string;
  /** Places in the passages that the model was given, from 0; at least one. */
  cites: [number, ...number[]];
  /** A line of a list. */
  isItem?: boolean;
  /** The first one after a list, on a line of its own. */
  endsList?: boolean;
}

/** An answer in a model's words: only what passed the check, in its order. */
export interface Written {
  sentences: [Sentence, ...Sentence[]];
}

/** Writes answers with a model, from given passages and from nothing else. */
export interface Writer {
  /**
   * The answer, or undefined where the extractive one should stand: the model was slow, failed, or too
   * little of what it said is borne out. Never throws for what the endpoint does, and ends within
   * `patience` milliseconds. `onSentence` hears each checked sentence as soon as it is there.
   */
  write(asked: {
    question: string;
    /** The turn before, where this one follows it up. */
    earlier?: string;
    passages: readonly Hit[];
    patience: number;
    onSentence?(sentence: Sentence): void;
  }): Promise<Written | undefined>;
}

/**
 * Passages in the order in which a model finds that they answer; as they were where words are sure already,
 * and where the model fails or says nothing within `patience` milliseconds.
 */
export type Reranking = (
  question: string,
  hits: readonly Hit[],
  patience: number,
) => Promise<readonly Hit[]>;
