import type { Db } from '../database/db.ts';
import { Refusal } from '../base/errors.ts';
import type { PersonId, RoundId } from '../base/ids.ts';
import { createByKind } from './by-kind.ts';
import { checkInTime, checkOver, type Span } from './rules.ts';
import type { Participation, KnownKinds } from './types.ts';

/** What somebody says about a round, and when they said it. */
export interface Statement {
  round: RoundId;
  person: PersonId;
  at: Date;
  /** Where only one kind of round can be meant. */
  kind?: string;
}

/** Whom a round asks: looked up once for whatever somebody says about it. */
export function createParticipations(db: Db, kinds: KnownKinds) {
  const { withOwn } = createByKind(kinds);

  /**
   * The round as it asks this person; refuses where it does not. It cannot be closed until the
   * surrounding transaction ends: closing waits for this lock.
   */
  async function find({
    round,
    person,
    at,
    kind,
  }: Statement): Promise<{ participation: Participation; span: Span }> {
    const [row] = await db.sql<Omit<Participation, 'person' | 'at' | 'own'> & Span>(
      `select id, number, kind, title, closes_at as "closesAt", closed_at as "closedAt",
         recalled_at as "recalledAt"
       from round r where id = $1 and exists (select from round_person p
         where p.round_id = r.id and p.person_id = $2 and p.left_at is null) for share`,
      round,
      person,
    );
    if (!row) throw new Refusal('NOT_IN_ROUND');
    if (kind !== undefined && kind !== row.kind)
      throw new Refusal('WRONG_KIND', { number: row.number });
    const { closesAt, closedAt, recalledAt, ...about } = row;
    const [own] = await withOwn([about]);
    return {
      participation: { ...about, ...own, person, at },
      span: { closesAt, closedAt, recalledAt },
    };
  }

  return {
    /** Refuses as well what is said too late. */
    async inTime(statement: Statement): Promise<Participation> {
      const { participation, span } = await find(statement);
      checkInTime(span, statement.at, participation.number);
      return participation;
    },

    /** Refuses as well what is said too early: while it is open. */
    async afterwards(statement: Statement): Promise<Participation> {
      const { participation, span } = await find(statement);
      checkOver(span, statement.at, participation.number);
      return participation;
    },
  };
}
