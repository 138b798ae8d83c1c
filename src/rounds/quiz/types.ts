import type { AttemptId, PersonId, RoundId } from '../../base/ids.ts';
import type { QuestionKind } from '../../library/types.ts';
import type { Round } from '../types.ts';

/** The quiz of which a card speaks. */
export interface QuizOf {
  round: RoundId;
  attempt: AttemptId;
  number: number;
  title: string;
  closesAt: Date;
}

/** One question as one person is asked it: numbered and ordered for them alone. */
export interface Sheet {
  is: 'question';
  quiz: QuizOf;
  /** From 1, of `of`. */
  place: number;
  of: number;
  kind: QuestionKind;
  text: string;
  /** As this person sees them; of true or false none. */
  options: string[];
  /** What they chose so far, by what they see. */
  chosen: number[];
}

/** After the last question: what is still open, before it is handed in. */
export interface Overview {
  is: 'overview';
  quiz: QuizOf;
  of: number;
  /** Numbers of questions without an answer. */
  open: number[];
}

/** One question after handing in. */
export interface Marked {
  place: number;
  kind: QuestionKind;
  text: string;
  /** By what this person saw. */
  options: string[];
  chosen: number[];
  answer: number[];
  isRight: boolean;
  explanation: string;
  source: string;
}

/** What a person who handed in sees: alone, and not before. */
export interface Result {
  is: 'result';
  quiz: QuizOf;
  right: number;
  marked: Marked[];
}
export type Step = Sheet | Overview | Result;

/** A paper that is in though its person did not say so. */
export interface HandedIn {
  attempt: AttemptId;
  person: PersonId;
}

/** How a quiz went: for its secretaries alone. */
export interface QuizReport {
  round: Round;
  questions: {
    position: number;
    kind: QuestionKind;
    text: string;
    /** How many chose each option; of true or false: true, false. */
    chosen: number[];
    answer: number[];
    /** Of those who handed in. */
    right: number;
  }[];
  /** Who handed in, in the order of the roster: never ranked. */
  scores: { name: string; right: number }[];
}
