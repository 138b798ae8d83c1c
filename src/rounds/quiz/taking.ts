import type { Db } from '../../database/db.ts';
import { Refusal } from '../../base/errors.ts';
import type { Rounds } from '../service.ts';
import type { Attempts } from './attempts.ts';
import {
  createAttemptWork,
  type AttemptAction,
  type Choice,
  type QuizStart,
} from './attempt-work.ts';
import type { Result, Step } from './types.ts';
import { readQuizWords, type QuizWords } from './words.ts';

/** `said`: what was done, where it was done. */
interface StepByWord {
  step: Step;
  said?: QuizWords;
}

interface TakingNeeds {
  db: Db;
  rounds: Rounds;
  attempts: Attempts;
}

/** Taking a quiz, each person alone: begin, look, choose, hand in, and see what was right. */
export function createTaking({ db, rounds, attempts }: TakingNeeds) {
  const work = createAttemptWork({ rounds, attempts });

  return {
    /**
     * Begins this person's attempt, or goes on with it at the first question without an answer. Whoever
     * handed in sees their result, also after the end.
     */
    begin: (beginning: QuizStart): Promise<Step> =>
      db.atomic(async () => {
        const before = await attempts.of(beginning.round, beginning.person);
        if (before?.handedInAt) return work.result(before);
        const mine = await work.begun(await work.participationIn(beginning));
        return work.firstOpen({ mine, questions: await attempts.placed(mine) });
      }),

    /** The question at this place; behind the last what is still open. */
    show: ({ place, ...doing }: AttemptAction & { place: number }): Promise<Step> =>
      db.atomic(async () => work.showIn(await work.open(doing), place)),

    /** Records a choice and returns what comes next; it may be changed until the person hands in. */
    choose: ({ place, choice, ...doing }: AttemptAction & Choice): Promise<Step> =>
      db.atomic(async () => work.chooseIn(await work.open(doing), { place, choice })),

    /** Hands in. With questions open it shows them instead, unless it is meant `anyway`. */
    handIn: ({ anyway, ...doing }: AttemptAction & { anyway: boolean }): Promise<Step> =>
      db.atomic(async () => work.handInFrom(await work.open(doing), anyway)),

    /**
     * Does what stands behind the quiz's number in `答`. A choice made before anything was shown is not
     * taken, since nobody can know what its letter stands for: the question is shown instead.
     */
    byWord: ({ text, ...doing }: QuizStart & { text?: string }): Promise<StepByWord> =>
      db.atomic(async () => {
        const said = readQuizWords(text);
        if (!said) throw new Refusal('QUIZ_WORDS');
        const before = await attempts.of(doing.round, doing.person);
        if (before?.handedInAt) return stepOf(said, await work.result(before));
        const participation = await work.participationIn(doing);
        const opened = await work.held(await work.begun(participation), participation);
        if (said.is === 'begin') return { step: work.firstOpen(opened) };
        if (said.is === 'hand-in')
          return { said, step: await work.handInFrom(opened, said.anyway) };
        if (said.is === 'show' || !before) return { step: work.showIn(opened, said.place) };
        const choice = { place: said.place, choice: said.said };
        return { said, step: await work.chooseIn(opened, choice) };
      }),

    /** What was right and wrong, for whoever handed in. */
    result: ({ attempt, person }: Omit<AttemptAction, 'at'>): Promise<Result> =>
      db.atomic(async () => {
        const mine = await attempts.mine(attempt, person);
        if (!mine.handedInAt) throw new Refusal('BUTTON_UNKNOWN');
        return work.result(mine);
      }),
  };
}

/** Whoever handed in can look at it again, and change nothing. */
function stepOf(said: QuizWords, step: Step): StepByWord {
  if (said.is === 'choose') throw new Refusal('HANDED_IN', { number: step.quiz.number });
  return { step };
}
