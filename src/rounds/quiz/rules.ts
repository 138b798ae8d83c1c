import { randomInt } from 'node:crypto';
import type { QuestionKind } from '../../library/types.ts';

/** In which order one person is asked: the question's position, and its options as they see them. */
export type Layout = { position: number; options: number[] }[];

/** A question as the quiz keeps it. */
export interface QuizQuestion {
  position: number;
  kind: QuestionKind;
  text: string;
  options: string[];
  answer: number[];
  explanation: string;
  source: string;
}

/** A fresh order of questions and options. True and false are always shown in this order. */
export function shuffledLayout(questions: Pick<QuizQuestion, 'position' | 'options'>[]): Layout {
  return shuffled(questions).map(({ position, options }) => ({
    position,
    options: shuffled(options.map((_, i) => i)),
  }));
}

function shuffled<T>(list: readonly T[]): T[] {
  const rest = [...list];
  return list.flatMap(() => rest.splice(randomInt(rest.length), 1));
}

/** Right is who chose all that is right and nothing else. */
export const isRight = (answer: readonly number[], chosen: readonly number[]) =>
  answer.length === chosen.length && answer.every((each) => chosen.includes(each));

/** How many choices a question offers. */
export const choicesOf = ({ kind, options }: Pick<QuizQuestion, 'kind' | 'options'>) =>
  kind === 'truth' ? 2 : options.length;

/** Where each choice stands for a person whose options are in this order; of truth as they are. */
export const seenAs = (order: readonly number[], chosen: readonly number[]) =>
  chosen.map((each) => (order.length > 0 ? order.indexOf(each) : each)).sort((a, b) => a - b);

/** The choice behind what a person saw; undefined where there is none. */
export const meant = (order: readonly number[], seen: number) =>
  order.length > 0 ? order[seen] : seen;

/** How many questions a quiz asks where nobody says. */
export const usualCount = 10;
