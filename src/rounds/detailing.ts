import type { Db } from '../db.ts';
import type { PersonId, RoundId } from '../ids.ts';
import type { BranchScope } from '../roster/types.ts';
import type { Content, Detail, Given, Items, KnownKinds, Round, RoundHead } from './types.ts';

interface Row {
  person: PersonId;
  name: string;
  state: Detail['state'];
  at: Date | null;
  content: Content;
}

/** So many people at a time: one page stops nothing else. */
const pageSize = 500;

/** How every person of a round stands, for its secretaries alone. */
export function createDetailing(db: Db, kinds: KnownKinds) {
  // An answer outranks what was made up, and that a leave: as wherever people are counted.
  const rowsAfter = (round: RoundId, last: number) =>
    db.sql<Row>(
      `select p.id as person, p.name, a.content, coalesce(a.at, m.at, l.at) as at,
         case when a.person_id is not null then 'done' when m.person_id is not null then 'late'
           when l.person_id is not null then 'leave' else 'missing' end as state
       from round_person rp join person p on p.id = rp.person_id
         left join answer a using (round_id, person_id)
         left join round_makeup m using (round_id, person_id)
         left join round_leave l using (round_id, person_id)
       where rp.round_id = $1 and rp.person_id > $2 and (rp.left_at is null or a.person_id is not null)
       order by rp.person_id limit $3`,
      ...[round, last, pageSize],
    );

  async function itemsOf(round: Round, people: readonly Given[]): Promise<Items> {
    const { kind } = kinds.of(round.kind);
    return (await kind.items?.(round.id, people)) ?? { columns: [], cells: () => [] };
  }

  async function detailsOf(round: Round, rows: readonly Row[]): Promise<Detail[]> {
    const given = rows.map(({ person, state, content }): Given =>
      state === 'done' ? { person, answer: { content } } : { person },
    );
    const { cells } = await itemsOf(round, given);
    return rows.map(({ person, name, state, at }) => {
      return { person, name, state, at: at ?? undefined, cells: cells(person) };
    });
  }

  return {
    /** Of each round what stands above its people; of an anonymous one its totals. */
    async heads(scope: BranchScope, rounds: readonly Round[]): Promise<RoundHead[]> {
      const heads: RoundHead[] = [];
      for (const round of rounds) {
        scope.require(round.branch.id);
        const { columns, totals } = await itemsOf(round, []);
        heads.push({ round, columns, totals });
      }
      return heads;
    },

    /** The people of a round in order, page by page, each as they stand when it is read; nobody of an anonymous one. */
    async *people(scope: BranchScope, { round, totals }: RoundHead): AsyncGenerator<Detail[]> {
      scope.require(round.branch.id);
      if (totals) return;
      for (let last = 0; ;) {
        const rows = await rowsAfter(round.id, last);
        if (rows.length > 0) yield await detailsOf(round, rows);
        if (rows.length < pageSize) return;
        last = rows.at(-1)?.person ?? last;
      }
    },
  };
}
