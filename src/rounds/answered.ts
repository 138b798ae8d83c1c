import type { Db } from '../database/db.ts';
import type { Participation } from './types.ts';

/** The key under which all is kept that concerns one person in one round. */
export const keyOf = ({ id, person }: Pick<Participation, 'id' | 'person'>) => ({
  roundId: id,
  personId: person,
});

export const hasAnswered = async (db: Db, participation: Participation): Promise<boolean> =>
  (await db.client.answer.count({ where: keyOf(participation) })) > 0;
