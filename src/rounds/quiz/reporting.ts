import type { Db } from '../../database/db.ts';
import type { RoundId } from '../../base/ids.ts';
import type { QuestionKind } from '../../library/types.ts';
import type { BranchScope } from '../../people/roster/types.ts';
import type { Rounds } from '../service.ts';
import type { Round } from '../types.ts';
import { choicesOf, isRight } from './rules.ts';
import type { QuizReport } from './types.ts';

/** How a quiz went, over all who handed in. */
export function createReporting({ db, rounds }: { db: Db; rounds: Rounds }) {
  /** What was chosen, and how often, by those who handed in. */
  const choices = (round: RoundId) =>
    db.sql<{ position: number; chosen: number[]; times: number }>(
      `select q.position, q.chosen, count(*)::int as times from quiz_answer q
       join quiz_attempt a on a.id = q.attempt_id
       where a.round_id = $1 and a.handed_in_at is not null group by q.position, q.chosen`,
      round,
    );

  return {
    /** Distribution and scores: for its secretaries alone. */
    async report(scope: BranchScope, round: Round): Promise<QuizReport> {
      const people = await rounds.details.everybody(scope, round);
      const where = { roundId: round.id };
      const asked = await db.client.quizQuestion.findMany({ where, orderBy: { position: 'asc' } });
      const choicesMade = await choices(round.id);
      const questions = asked.map(({ position, text, options, answer, ...question }) => {
        const kind = question.kind as QuestionKind;
        const here = choicesMade.filter((each) => each.position === position);
        const times = (option: number) => sum(here.filter(({ chosen }) => chosen.includes(option)));
        const chosen = Array.from({ length: choicesOf({ kind, options }) }, (_, i) => times(i));
        const right = sum(here.filter((each) => isRight(answer, each.chosen)));
        return { position, kind, text, chosen, answer, right };
      });
      const scores = people
        .filter(({ answeredAt }) => answeredAt)
        .map(({ name, content }) => ({ name, right: Number(content?.['right']) }));
      return { round, questions, scores };
    },
  };
}

const sum = (rows: { times: number }[]) => rows.reduce((all, { times }) => all + times, 0);
