import type { Db } from '../../database/db.ts';
import { PersonId } from '../../base/ids.ts';
import type { AskedPerson, Items, Round } from '../types.ts';

const letters = 'ABCDEF';

/** What each who handed in chose, question by question, in the letters of the bank. */
export const createItems = (db: Db) =>
  async function items(
    { id: roundId }: Pick<Round, 'id'>,
    people: readonly AskedPerson[],
  ): Promise<Items> {
    const where = { roundId };
    const questions = await db.client.quizQuestion.findMany({
      where,
      orderBy: { position: 'asc' },
    });
    const attempts = await db.client.quizAttempt.findMany({
      where: {
        ...where,
        personId: { in: people.map(({ person }) => person) },
        handedInAt: { not: null },
      },
      include: { answers: true },
    });
    const chosen = new Map(
      attempts.map(({ personId, answers }) => [
        PersonId.parse(personId),
        new Map(answers.map((answer) => [answer.position, answer.chosen])),
      ]),
    );
    return {
      columns: questions.map(({ position, text }) => `${position + 1}. ${text}`),
      cells: (person) =>
        questions.map(({ position, kind }) => {
          const places = chosen.get(person)?.get(position) ?? [];
          if (kind !== 'truth') return places.map((place) => letters[place]).join('');
          return places.length > 0 ? { word: places[0] === 0 ? 'right' : 'wrong' } : '';
        }),
    };
  };
