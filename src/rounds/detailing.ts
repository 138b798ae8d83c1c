import type { Db } from '../db.ts';
import type { PersonId, RoundId } from '../ids.ts';
import type { BranchScope } from '../roster/types.ts';
import type { Content, Detail, Given, RoundDetails, KnownKinds, Round } from './types.ts';

interface Row {
  round: RoundId;
  person: PersonId;
  name: string;
  state: Detail['state'];
  at: Date | null;
  content: Content;
}

/** How every person of a round stands, for its secretaries alone. */
export function createDetailing(db: Db, kinds: KnownKinds) {
  // An answer outranks what was made up, and that a leave: as wherever people are counted.
  const rowsOf = (rounds: RoundId[]) =>
    db.sql<Row>(
      `select rp.round_id as round, p.id as person, p.name, a.content,
         coalesce(a.at, m.at, l.at) as at,
         case when a.person_id is not null then 'done' when m.person_id is not null then 'late'
           when l.person_id is not null then 'leave' else 'missing' end as state
       from round_person rp join person p on p.id = rp.person_id
         left join answer a using (round_id, person_id)
         left join round_makeup m using (round_id, person_id)
         left join round_leave l using (round_id, person_id)
       where rp.round_id = any($1::int[]) and (rp.left_at is null or a.person_id is not null)
       order by p.id`,
      rounds,
    );

  async function detailsOf(round: Round, rows: Row[]): Promise<RoundDetails> {
    const given: Given[] = rows
      .filter(({ state }) => state === 'done')
      .map(({ person, content }) => ({ person, content }));
    const { kind } = kinds.of(round.kind);
    const items = (await kind.items?.(round.id, given)) ?? { columns: [], cells: () => [] };
    return {
      round,
      columns: items.columns,
      totals: items.totals,
      people: items.totals
        ? []
        : rows.map(({ person, name, state, at }) => {
            return { person, name, state, at: at ?? undefined, cells: items.cells(person) };
          }),
    };
  }

  return {
    /** Of each round its people in order; of an anonymous one its totals and nobody. */
    async details(scope: BranchScope, rounds: Round[]): Promise<RoundDetails[]> {
      for (const { branch } of rounds) scope.require(branch.id);
      const rows = await rowsOf(rounds.map(({ id }) => id));
      const details: RoundDetails[] = [];
      for (const round of rounds)
        details.push(
          await detailsOf(
            round,
            rows.filter((row) => row.round === round.id),
          ),
        );
      return details;
    },
  };
}
