import type { Db } from '../../database/db.ts';
import type { Acting } from '../../people/roster/service.ts';
import type { Rounds } from '../service.ts';
import type { Round, RoundKind } from '../types.ts';
import { quizName } from './attempt-work.ts';
import { createAttempts } from './attempts.ts';
import { createItems } from './items.ts';
import { createPool } from './pool.ts';
import { createReporting } from './reporting.ts';
import { createTaking } from './taking.ts';
import type { HandedIn } from './types.ts';

/** 测验: answered step by step; the round's answer is the handing in, which stays. */
const quizKind: RoundKind = {
  name: quizName,
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
interface QuizzesNeeds {
  db: Db;
  rounds: Rounds;
}

/** Quizzes: opened for a branch, answered by each person alone, marked once handed in. */
export function createQuizzes({ db, rounds }: QuizzesNeeds) {
  const pool = createPool(db);
  const attempts = createAttempts(db);

  return {
    kind: { ...quizKind, items: createItems(db) } satisfies RoundKind,
    ...createReporting({ db, rounds }),
    ...createTaking({ db, rounds, attempts }),

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
  };
}
export type Quizzes = ReturnType<typeof createQuizzes>;
