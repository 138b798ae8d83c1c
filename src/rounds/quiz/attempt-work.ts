import { must, Refusal } from '../../base/errors.ts';
import type { AttemptId, PersonId, RoundId } from '../../base/ids.ts';
import type { Rounds } from '../service.ts';
import type { Participation } from '../types.ts';
import { openOf, resultOf, stepAt, type Attempt, type Attempts } from './attempts.ts';
import { choicesOf, meant } from './rules.ts';
import type { Result, Step } from './types.ts';
import { readChoices } from './words.ts';

/** The kind's name, under which rounds of it are stored. */
export const quizName = 'quiz';

/** What a person does with their attempt, and when they did. */
export interface AttemptAction {
  attempt: AttemptId;
  person: PersonId;
  at: Date;
}
export interface QuizStart {
  round: RoundId;
  person: PersonId;
  at: Date;
}
/** A choice by letters or words, as written; or by the places of what was pressed. */
export interface Choice {
  place: number;
  choice: number[] | string;
}

/** Somebody's attempt while they work on it. */
interface OpenAttempt {
  participation: Participation;
  mine: Attempt;
  questions: Awaited<ReturnType<Attempts['placed']>>;
}

/** What is done within an attempt, in the surrounding transaction. */
export function createAttemptWork({ rounds, attempts }: { rounds: Rounds; attempts: Attempts }) {
  const participationIn = ({ round, person, at }: QuizStart) =>
    rounds.audience.participation({ round, person, at, kind: quizName });

  /** What somebody who is asked works on, held until the surrounding transaction ends. */
  async function held(found: Attempt, participation: Participation): Promise<OpenAttempt> {
    const mine = await attempts.hold(found);
    refuseHandedIn(mine);
    return { participation, mine, questions: await attempts.placed(mine) };
  }

  /** Refuses where answers are no longer taken, then tells what stands in the attempt. */
  async function open({ attempt, person, at }: AttemptAction): Promise<OpenAttempt> {
    const found = await attempts.mine(attempt, person);
    refuseHandedIn(found);
    return held(found, await participationIn({ round: found.quiz.round, person, at }));
  }

  /** This person's attempt, begun now unless it was. */
  async function begun({ id, person, at }: Participation): Promise<Attempt> {
    const before = await attempts.of(id, person);
    if (before) return before;
    await attempts.begin(id, person, at);
    return must(await attempts.of(id, person));
  }

  async function result(mine: Attempt): Promise<Result> {
    return resultOf(mine, await attempts.placed(mine));
  }

  function showIn({ mine, questions }: OpenAttempt, place: number): Step {
    if (place > questions.length + 1)
      throw new Refusal('QUESTION_UNKNOWN', { of: questions.length });
    return stepAt(mine, questions, place);
  }

  async function chooseIn(
    { participation, mine, questions }: OpenAttempt,
    { place, choice }: Choice,
  ) {
    const question = questions[place - 1];
    if (!question) throw new Refusal('QUESTION_UNKNOWN', { of: questions.length });
    await attempts.choose(mine, question.position, choiceIn(question, choice), participation.at);
    return stepAt(mine, await attempts.placed(mine), place + 1);
  }

  /** With questions open it shows them instead, unless it is meant `anyway`. */
  async function handInFrom(
    { participation, mine, questions }: OpenAttempt,
    anyway: boolean,
  ): Promise<Step> {
    if (openOf(questions).length > 0 && !anyway)
      return stepAt(mine, questions, questions.length + 1);
    const marked = resultOf(mine, questions);
    await attempts.handIn(mine, participation.at);
    await rounds.answers.record(participation, `${marked.right}/${marked.marked.length}`);
    return marked;
  }

  const firstOpen = ({ mine, questions }: Omit<OpenAttempt, 'participation'>) =>
    stepAt(mine, questions, openOf(questions)[0] ?? questions.length + 1);

  return { participationIn, held, open, begun, result, showIn, chooseIn, handInFrom, firstOpen };
}

function refuseHandedIn({ handedInAt, quiz }: Attempt) {
  if (handedInAt) throw new Refusal('HANDED_IN', { number: quiz.number });
}

type Question = Parameters<typeof choicesOf>[0] & { order: number[] };

/** The choices as the question has them; refuses what is none of it. */
function choiceIn(question: Question, choice: number[] | string): number[] {
  const { kind, order } = question;
  const seen = typeof choice === 'string' ? readChoices(choice, kind === 'truth') : choice;
  if (seen?.length === 0) throw new Refusal('NOTHING_CHOSEN');
  const most = choicesOf(question);
  const isOne = kind !== 'multiple';
  if (!seen || (isOne && seen.length > 1) || seen.some((each) => each >= most))
    throw new Refusal('OPTION_UNKNOWN', { last: String.fromCharCode(64 + most) });
  return seen.map((each) => must(meant(order, each))).sort((a, b) => a - b);
}
