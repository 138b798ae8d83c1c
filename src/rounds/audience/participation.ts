import type { Db } from '../../database/db.ts';
import { Refusal } from '../../base/errors.ts';
import { createByKind } from '../kinds/service.ts';
import { checkInTime, checkOver, type Span } from '../rules.ts';
import type { KnownKinds, Participation, Statement } from '../types.ts';

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
    /**
     * The round as it asks this person; refuses unless it does and was open when they spoke. It stays open
     * until the surrounding transaction ends. Whoever has it goes on without looking again.
     */
    async participation(statement: Statement): Promise<Participation> {
      const { participation, span } = await find(statement);
      checkInTime(span, statement.at, participation.number);
      return participation;
    },

    /** The same after its end; refuses what is said while it is open. */
    async participationAfterEnd(statement: Statement): Promise<Participation> {
      const { participation, span } = await find(statement);
      checkOver(span, statement.at, participation.number);
      return participation;
    },

    /** Locks this person's row in the round until the transaction ends, so that their replies are handled in turn. */
    async holdParticipant({ id, person }: Pick<Participation, 'id' | 'person'>): Promise<void> {
      await db.sql(
        `select 1 from round_person where round_id = $1 and person_id = $2 for update`,
        id,
        person,
      );
    },
  };
}
