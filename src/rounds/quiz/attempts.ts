import type { Db } from '../../database/db.ts';
import { must, Refusal } from '../../base/errors.ts';
import type { AttemptId, PersonId, RoundId } from '../../base/ids.ts';
import type { QuestionKind } from '../../library/types.ts';
import { isRight, seenAs, shuffledLayout, type QuizQuestion, type Layout } from './rules.ts';
import type { HandedIn, Marked, Overview, QuizOf, Result, Sheet } from './types.ts';

export interface Attempt {
  quiz: QuizOf;
  person: PersonId;
  handedInAt: Date | null;
  layout: Layout;
}
interface Row {
  id: AttemptId;
  round_id: RoundId;
  person_id: PersonId;
  handed_in_at: Date | null;
  layout: Layout;
  number: number;
  title: string;
  closes_at: Date;
}
/** A paper that could be handed in. */
interface CompletePaper extends HandedIn {
  right: number;
  of: number;
}
type QuestionShown = QuizQuestion & { order: number[]; chosen: number[] | null };

/** Where people's goes at quizzes are kept, and what each shows. */
export function createAttempts(db: Db) {
  const columns = `a.id, a.round_id, a.person_id, a.handed_in_at, a.layout, r.number, r.title, r.closes_at
    from quiz_attempt a join round r on r.id = a.round_id`;
  const toAttempt = (row: Row): Attempt => {
    const { round_id: round, id: attempt, number, title, closes_at: closesAt } = row;
    const quiz = { round, attempt, number, title, closesAt };
    return { quiz, person: row.person_id, handedInAt: row.handed_in_at, layout: row.layout };
  };

  const questionsOf = (round: RoundId) =>
    db.client.quizQuestion.findMany({ where: { roundId: round }, orderBy: { position: 'asc' } });

  /** The questions as this person is asked them, with what they chose. */
  async function placed({ quiz, layout }: Attempt): Promise<QuestionShown[]> {
    const [questions, answers] = [
      await questionsOf(quiz.round),
      await db.client.quizAnswer.findMany({ where: { attemptId: quiz.attempt } }),
    ];
    return layout.map(({ position, options: order }) => {
      const question = must(questions.find((each) => each.position === position));
      const chosen = answers.find((each) => each.position === position)?.chosen ?? null;
      return { ...question, kind: question.kind as QuestionKind, order, chosen };
    });
  }

  /** Makes the attempt with an order of its own; of two at once one makes it. */
  async function begin(round: RoundId, person: PersonId, at: Date): Promise<void> {
    const layout = JSON.stringify(shuffledLayout(await questionsOf(round)));
    await db.sql(
      `insert into quiz_attempt (round_id, person_id, started_at, layout) values ($1, $2, $3, $4::jsonb)
       on conflict (round_id, person_id) do nothing`,
      ...[round, person, at, layout],
    );
  }

  return {
    begin,
    placed,

    /** This person's attempt, if they began. */
    async of(round: RoundId, person: PersonId): Promise<Attempt | undefined> {
      const [row] = await db.sql<Row>(
        `select ${columns} where a.round_id = $1 and a.person_id = $2`,
        round,
        person,
      );
      return row && toAttempt(row);
    },

    /** The attempt a card speaks of, if it is this person's. */
    async mine(attempt: AttemptId, person: PersonId): Promise<Attempt> {
      const [row] = await db.sql<Row>(`select ${columns} where a.id = $1`, attempt);
      if (!row) throw new Refusal('BUTTON_UNKNOWN');
      if (row.person_id !== person) throw new Refusal('NOT_YOUR_CARD');
      return toAttempt(row);
    },

    /**
     * The attempt as it is now; what its person does next waits until the surrounding transaction ends.
     * Whoever holds it has to hold the round before: closing takes them in that order.
     */
    async hold({ quiz }: Attempt): Promise<Attempt> {
      const text = `select ${columns} where a.id = $1 for update of a`;
      const [row] = await db.sql<Row>(text, quiz.attempt);
      return toAttempt(must(row));
    },

    /** Lays this choice over an earlier one, unless that one was made later. */
    async choose({ quiz }: Attempt, position: number, chosen: number[], at: Date): Promise<void> {
      await db.sql(
        `insert into quiz_answer as q (attempt_id, round_id, position, chosen, at)
         values ($1, $2, $3, $4::int[], $5)
         on conflict (attempt_id, position) do update set chosen = excluded.chosen, at = excluded.at
           where q.at <= excluded.at`,
        ...[quiz.attempt, quiz.round, position, chosen, at],
      );
    },

    /** Whose are complete and not handed in, with how they would be marked. */
    complete: (round: RoundId): Promise<CompletePaper[]> =>
      db.sql<CompletePaper>(
        `select a.id as attempt, a.person_id as person, count(*)::int as of,
           (count(*) filter (where w.chosen = q.answer))::int as right
         from quiz_attempt a join quiz_question q on q.round_id = a.round_id
         left join quiz_answer w on w.attempt_id = a.id and w.position = q.position
         where a.round_id = $1 and a.handed_in_at is null
         group by a.id, a.person_id having count(w.position) = count(*) order by a.person_id`,
        round,
      ),

    async handInAll(papers: readonly HandedIn[], at: Date): Promise<void> {
      const where = { id: { in: papers.map(({ attempt }) => attempt) }, handedInAt: null };
      await db.client.quizAttempt.updateMany({ where, data: { handedInAt: at } });
    },

    async handIn({ quiz }: Attempt, at: Date): Promise<void> {
      const where = { id: quiz.attempt, handedInAt: null };
      await db.client.quizAttempt.updateMany({ where, data: { handedInAt: at } });
    },
  };
}
export type Attempts = ReturnType<typeof createAttempts>;

/** The question at this place, or what is still open behind the last. */
export function stepAt(
  { quiz }: Attempt,
  questions: QuestionShown[],
  place: number,
): Sheet | Overview {
  const question = questions[place - 1];
  if (!question) return { is: 'overview', quiz, of: questions.length, open: openOf(questions) };
  const { kind, text, order, chosen } = question;
  const seen = { options: optionsSeen(question), chosen: seenAs(order, chosen ?? []) };
  return { is: 'question', quiz, place, of: questions.length, kind, text, ...seen };
}

/** Places of questions without an answer. */
export const openOf = (questions: QuestionShown[]) =>
  questions.flatMap(({ chosen }, i) => (chosen ? [] : [i + 1]));

const optionsSeen = ({ options, order }: QuestionShown) => order.map((each) => options[each] ?? '');

/** What was right and what was not. */
export function resultOf({ quiz }: Attempt, questions: QuestionShown[]): Result {
  const marked = questions.map(markedAt);
  return { is: 'result', quiz, right: marked.filter((each) => each.isRight).length, marked };
}

function markedAt(question: QuestionShown, i: number): Marked {
  const { kind, text, order, answer, explanation, source } = question;
  const chosen = question.chosen ?? [];
  const seen = { chosen: seenAs(order, chosen), answer: seenAs(order, answer) };
  const options = optionsSeen(question);
  const right = isRight(answer, chosen);
  return { place: i + 1, kind, text, options, ...seen, isRight: right, explanation, source };
}
