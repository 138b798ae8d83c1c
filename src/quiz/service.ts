import type { Db } from '../db.ts';
import { must, Refusal } from '../errors.ts';
import type { AttemptId, PersonId, RoundId } from '../ids.ts';
import type { Acting } from '../roster/service.ts';
import type { Rounds } from '../rounds/service.ts';
import type { Round, RoundKind } from '../rounds/types.ts';
import { createAttempts, openOf, resultOf, stepAt, type Attempt } from './attempts.ts';
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

interface Opening extends Acting {
  title: string;
  bank?: string;
  count?: number;
  by?: Date;
}
/** What a person does with their attempt, and when they did. */
interface Doing {
  attempt: AttemptId;
  person: PersonId;
  at: Date;
}
interface Beginning {
  round: RoundId;
  person: PersonId;
  at: Date;
}
/** A choice by letters or words, as written; or by the places of what was pressed. */
type Choosing = Doing & { place: number; choice: number[] | string };

/** `said`: what was done, where it was done. */
interface ByWord {
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

  /** Refuses where answers are no longer taken, then tells what stands in the attempt. */
  async function open({ attempt, person, at }: Doing) {
    const found = await attempts.mine(attempt, person);
    refuseHandedIn(found);
    await rounds.requireAsked({ round: found.quiz.round, person, at, kind: quizKind.name });
    const mine = await attempts.hold(found);
    refuseHandedIn(mine);
    return { mine, questions: await attempts.placed(mine) };
  }

  async function result(mine: Attempt): Promise<Result> {
    return resultOf(mine, await attempts.placed(mine));
  }

  async function handIn(mine: Attempt, at: Date): Promise<Step> {
    const marked = resultOf(mine, await attempts.placed(mine));
    await attempts.handIn(mine, at);
    const input = `${marked.right}/${marked.marked.length}`;
    await rounds.answer({ round: mine.quiz.round, person: mine.person, at, input });
    return marked;
  }

  const self = {
    kind: { ...quizKind, items: createItems(db) } satisfies RoundKind,
    ...createReporting(db),

    /** Opens a quiz, whose card goes to this group. */
    open: ({ scope, branch, group, title, bank, count, by }: Opening): Promise<Round> =>
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
    begin: ({ round, person, at }: Beginning): Promise<Step> =>
      db.atomic(async () => {
        const before = await attempts.of(round, person);
        if (before?.handedInAt) return result(before);
        await rounds.requireAsked({ round, person, at, kind: quizKind.name });
        if (!before) await attempts.begin(round, person, at);
        const mine = must(before ?? (await attempts.of(round, person)));
        const questions = await attempts.placed(mine);
        return stepAt(mine, questions, openOf(questions)[0] ?? questions.length + 1);
      }),

    /** The question at this place; behind the last what is still open. */
    show: ({ place, ...doing }: Doing & { place: number }): Promise<Step> =>
      db.atomic(async () => {
        const { mine, questions } = await open(doing);
        if (place > questions.length + 1)
          throw new Refusal('QUESTION_UNKNOWN', { of: questions.length });
        return stepAt(mine, questions, place);
      }),

    /** Records a choice and returns what comes next; it may be changed until the person hands in. */
    choose: ({ place, choice, ...doing }: Choosing): Promise<Step> =>
      db.atomic(async () => {
        const { mine, questions } = await open(doing);
        const question = questions[place - 1];
        if (!question) throw new Refusal('QUESTION_UNKNOWN', { of: questions.length });
        const chosen = choiceIn(question, choice);
        await attempts.choose(mine, question.position, chosen, doing.at);
        return stepAt(mine, await attempts.placed(mine), place + 1);
      }),

    /** Hands in. With questions open it shows them instead, unless it is meant `anyway`. */
    handIn: ({ anyway, ...doing }: Doing & { anyway: boolean }): Promise<Step> =>
      db.atomic(async () => {
        const { mine, questions } = await open(doing);
        const isComplete = openOf(questions).length === 0;
        if (!isComplete && !anyway) return stepAt(mine, questions, questions.length + 1);
        return handIn(mine, doing.at);
      }),

    /**
     * Does what stands behind the quiz's number in `答`. A choice made before anything was shown is not
     * taken, since nobody can know what its letter stands for: the question is shown instead.
     */
    byWord: ({ text, ...doing }: Beginning & { text?: string }): Promise<ByWord> =>
      db.atomic(async () => {
        const said = readQuizWords(text);
        if (!said) throw new Refusal('QUIZ_WORDS');
        const isFirst = !(await attempts.of(doing.round, doing.person));
        const step = await self.begin(doing);
        if (said.is === 'begin' || step.is === 'result') return stepOf(said, step);
        const { attempt } = step.quiz;
        const mine = { attempt, person: doing.person, at: doing.at };
        if (said.is === 'hand-in') return { said, step: await self.handIn({ ...mine, ...said }) };
        if (said.is === 'show' || isFirst)
          return { step: await self.show({ ...mine, place: said.place }) };
        return { said, step: await self.choose({ ...mine, place: said.place, choice: said.said }) };
      }),

    /**
     * At the end of a quiz whoever has answered every question has handed in, though they forgot to
     * say so; whoever has not is not counted. Returns those who are in only now.
     */
    settle: (round: Round): Promise<HandedIn[]> =>
      db.atomic(() => attempts.handInComplete(round.id, round.closedAt ?? round.closesAt)),

    /** What was right and wrong, for whoever handed in. */
    result: ({ attempt, person }: Omit<Doing, 'at'>): Promise<Result> =>
      db.atomic(async () => {
        const mine = await attempts.mine(attempt, person);
        if (!mine.handedInAt) throw new Refusal('BUTTON_UNKNOWN');
        return result(mine);
      }),
  };
  return self;
}
export type Quizzes = ReturnType<typeof createQuizzes>;

function refuseHandedIn({ handedInAt, quiz }: Attempt) {
  if (handedInAt) throw new Refusal('HANDED_IN', { number: quiz.number });
}

/** Whoever handed in can look at it again, and change nothing. */
function stepOf(said: QuizWords, step: Step): ByWord {
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
