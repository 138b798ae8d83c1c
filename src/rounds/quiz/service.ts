import type { Db } from '../../database/db.ts';
import { must, Refusal } from '../../base/errors.ts';
import type { AttemptId, PersonId, RoundId } from '../../base/ids.ts';
import type { Acting } from '../../people/roster/service.ts';
import type { Rounds } from '../service.ts';
import type { Participation, Round, RoundKind } from '../types.ts';
import {
  createAttempts,
  openOf,
  resultOf,
  stepAt,
  type Attempt,
  type Attempts,
} from './attempts.ts';
import { createItems } from './items.ts';
import { createPool } from './pool.ts';
import { createReporting } from './reporting.ts';
import { choicesOf, meant } from './rules.ts';
import type { HandedIn, Result, Step } from './types.ts';
import { readChoices, readQuizWords, type QuizWords } from './words.ts';

/** 测验: answered step by step; the round's answer is the handing in, which stays. */
const quizKind: RoundKind = {
  name: 'quiz',
  read: (input = '') => {
    const [right = 0, of = 0] = input.split('/').map(Number);
    return { right, of };
  },
  merge: () => undefined,
};

interface QuizOpening extends Acting {
  title: string;
  bank?: string;
  count?: number;
  by?: Date;
}
/** What a person does with their attempt, and when they did. */
interface AttemptAction {
  attempt: AttemptId;
  person: PersonId;
  at: Date;
}
interface QuizStart {
  round: RoundId;
  person: PersonId;
  at: Date;
}
/** A choice by letters or words, as written; or by the places of what was pressed. */
interface Choice {
  place: number;
  choice: number[] | string;
}

/** Somebody's attempt while they work on it. */
interface OpenAttempt {
  asked: Participation;
  mine: Attempt;
  questions: Awaited<ReturnType<Attempts['placed']>>;
}

/** `said`: what was done, where it was done. */
interface StepByWord {
  step: Step;
  said?: QuizWords;
}

interface QuizzesNeeds {
  db: Db;
  rounds: Rounds;
}

/** Quizzes: opened for a branch, answered by each person alone, marked once handed in. */
export function createQuizzes({ db, rounds }: QuizzesNeeds) {
  const pool = createPool(db);
  const attempts = createAttempts(db);

  const askedOf = ({ round, person, at }: QuizStart) =>
    rounds.audience.participation({ round, person, at, kind: quizKind.name });

  /** What somebody who is asked works on, held until the surrounding transaction ends. */
  async function held(found: Attempt, asked: Participation): Promise<OpenAttempt> {
    const mine = await attempts.hold(found);
    refuseHandedIn(mine);
    return { asked, mine, questions: await attempts.placed(mine) };
  }

  /** Refuses where answers are no longer taken, then tells what stands in the attempt. */
  async function open({ attempt, person, at }: AttemptAction): Promise<OpenAttempt> {
    const found = await attempts.mine(attempt, person);
    refuseHandedIn(found);
    return held(found, await askedOf({ round: found.quiz.round, person, at }));
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

  async function chooseIn({ asked, mine, questions }: OpenAttempt, { place, choice }: Choice) {
    const question = questions[place - 1];
    if (!question) throw new Refusal('QUESTION_UNKNOWN', { of: questions.length });
    await attempts.choose(mine, question.position, choiceIn(question, choice), asked.at);
    return stepAt(mine, await attempts.placed(mine), place + 1);
  }

  /** With questions open it shows them instead, unless it is meant `anyway`. */
  async function handInFrom(
    { asked, mine, questions }: OpenAttempt,
    anyway: boolean,
  ): Promise<Step> {
    if (openOf(questions).length > 0 && !anyway)
      return stepAt(mine, questions, questions.length + 1);
    const marked = resultOf(mine, questions);
    await attempts.handIn(mine, asked.at);
    await rounds.answers.record(asked, `${marked.right}/${marked.marked.length}`);
    return marked;
  }

  const firstOpen = ({ mine, questions }: Omit<OpenAttempt, 'asked'>) =>
    stepAt(mine, questions, openOf(questions)[0] ?? questions.length + 1);

  return {
    kind: { ...quizKind, items: createItems(db) } satisfies RoundKind,
    ...createReporting({ db, rounds }),

    /** Opens a quiz, whose card goes to this group. */
    open: ({ scope, branch, group, title, bank, count, by }: QuizOpening): Promise<Round> =>
      db.atomic(async () => {
        scope.require(branch.id);
        const ids = await pool.pick({ branch: branch.id, bank, count });
        const spec = { questions: ids.length };
        const opening = { scope, branch: branch.id, chat: group, title, spec };
        const round = await rounds.open({ ...opening, kind: quizKind.name, closesAt: by });
        await pool.write(round.id, ids);
        return round;
      }),

    /**
     * Begins this person's attempt, or goes on with it at the first question without an answer. Whoever
     * handed in sees their result, also after the end.
     */
    begin: (beginning: QuizStart): Promise<Step> =>
      db.atomic(async () => {
        const before = await attempts.of(beginning.round, beginning.person);
        if (before?.handedInAt) return result(before);
        const mine = await begun(await askedOf(beginning));
        return firstOpen({ mine, questions: await attempts.placed(mine) });
      }),

    /** The question at this place; behind the last what is still open. */
    show: ({ place, ...doing }: AttemptAction & { place: number }): Promise<Step> =>
      db.atomic(async () => showIn(await open(doing), place)),

    /** Records a choice and returns what comes next; it may be changed until the person hands in. */
    choose: ({ place, choice, ...doing }: AttemptAction & Choice): Promise<Step> =>
      db.atomic(async () => chooseIn(await open(doing), { place, choice })),

    /** Hands in. With questions open it shows them instead, unless it is meant `anyway`. */
    handIn: ({ anyway, ...doing }: AttemptAction & { anyway: boolean }): Promise<Step> =>
      db.atomic(async () => handInFrom(await open(doing), anyway)),

    /**
     * Does what stands behind the quiz's number in `答`. A choice made before anything was shown is not
     * taken, since nobody can know what its letter stands for: the question is shown instead.
     */
    byWord: ({ text, ...doing }: QuizStart & { text?: string }): Promise<StepByWord> =>
      db.atomic(async () => {
        const said = readQuizWords(text);
        if (!said) throw new Refusal('QUIZ_WORDS');
        const before = await attempts.of(doing.round, doing.person);
        if (before?.handedInAt) return stepOf(said, await result(before));
        const asked = await askedOf(doing);
        const work = await held(await begun(asked), asked);
        if (said.is === 'begin') return { step: firstOpen(work) };
        if (said.is === 'hand-in') return { said, step: await handInFrom(work, said.anyway) };
        if (said.is === 'show' || !before) return { step: showIn(work, said.place) };
        const choice = { place: said.place, choice: said.said };
        return { said, step: await chooseIn(work, choice) };
      }),

    /**
     * At the end of a quiz whoever has answered every question has handed in, though they forgot to
     * say so; whoever has not is not counted. Returns those who are in only now.
     */
    handInComplete: ({ id, closedAt, closesAt }: Round): Promise<HandedIn[]> =>
      db.atomic(async () => {
        const [at, complete] = [closedAt ?? closesAt, await attempts.complete(id)];
        const answers = complete.map(({ person, right, of }) => ({
          person,
          content: { right, of },
        }));
        const counted = new Set(await rounds.answers.recordAll(id, answers, at));
        const papers = complete.filter(({ person }) => counted.has(person));
        await attempts.handInAll(papers, at);
        return papers.map(({ attempt, person }) => ({ attempt, person }));
      }),

    /** What was right and wrong, for whoever handed in. */
    result: ({ attempt, person }: Omit<AttemptAction, 'at'>): Promise<Result> =>
      db.atomic(async () => {
        const mine = await attempts.mine(attempt, person);
        if (!mine.handedInAt) throw new Refusal('BUTTON_UNKNOWN');
        return result(mine);
      }),
  };
}
export type Quizzes = ReturnType<typeof createQuizzes>;

function refuseHandedIn({ handedInAt, quiz }: Attempt) {
  if (handedInAt) throw new Refusal('HANDED_IN', { number: quiz.number });
}

/** Whoever handed in can look at it again, and change nothing. */
function stepOf(said: QuizWords, step: Step): StepByWord {
  if (said.is === 'choose') throw new Refusal('HANDED_IN', { number: step.quiz.number });
  return { step };
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
