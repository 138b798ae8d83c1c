import type { Db } from '../database/db.ts';
import type { PersonId, RoundId } from '../base/ids.ts';
import type { BranchScope } from '../people/roster/types.ts';
import type {
  AskedPerson,
  Content,
  PersonDetail,
  Items,
  KnownKinds,
  Round,
  RoundHead,
} from './types.ts';

interface Row {
  person: PersonId;
  name: string;
  answered: Date | null;
  content: Content;
  madeUp: Date | null;
  left: Date | null;
  reason: string | null;
}

/** So many people at a time: one page stops nothing else. */
const pageSize = 500;

/** How every person of a round stands, for its secretaries alone. */
export function createDetails(db: Db, kinds: KnownKinds) {
  async function peopleAfter(round: RoundId, last = 0, limit?: number): Promise<AskedPerson[]> {
    const rows = await db.sql<Row>(
      `select p.id as person, p.name, a.at as answered, a.content, m.at as "madeUp", l.at as left, l.reason
       from round_person rp join person p on p.id = rp.person_id
         left join answer a using (round_id, person_id)
         left join round_makeup m using (round_id, person_id)
         left join round_leave l using (round_id, person_id)
       where rp.round_id = $1 and rp.person_id > $2 and (rp.left_at is null or a.person_id is not null)
       order by rp.person_id limit $3`,
      ...[round, last, limit ?? null],
    );
    return rows.map(({ answered, madeUp, left, reason, ...about }) => ({
      ...about,
      answeredAt: answered ?? undefined,
      madeUpAt: madeUp ?? undefined,
      leave: left ? { at: left, reason } : undefined,
    }));
  }

  async function itemsOf(round: Round, people: readonly AskedPerson[]): Promise<Items> {
    const { kind } = kinds.of(round.kind);
    return (await kind.items?.(round, people)) ?? { columns: [], cells: () => [] };
  }

  async function detailsOf(round: Round, people: readonly AskedPerson[]): Promise<PersonDetail[]> {
    const { cells } = await itemsOf(round, people);
    return people.map((each) => {
      const { person, name } = each;
      return { person, name, ...stateOf(each), cells: cells(person) };
    });
  }

  return {
    /** Everybody whom this round asks, in order. */
    async everybody(scope: BranchScope, round: Round): Promise<AskedPerson[]> {
      scope.require(round.branch.id);
      return peopleAfter(round.id);
    },

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
    async *people(
      scope: BranchScope,
      { round, totals }: RoundHead,
    ): AsyncGenerator<PersonDetail[]> {
      scope.require(round.branch.id);
      if (totals) return;
      for (let last = 0; ;) {
        const page = await peopleAfter(round.id, last, pageSize);
        if (page.length > 0) yield await detailsOf(round, page);
        if (page.length < pageSize) return;
        last = page.at(-1)?.person ?? last;
      }
    },
  };
}

/** An answer outranks what was made up, and that a leave: as wherever people are counted. */
function stateOf({ answeredAt, madeUpAt, leave }: AskedPerson): Pick<PersonDetail, 'state' | 'at'> {
  if (answeredAt) return { state: 'done', at: answeredAt };
  if (madeUpAt) return { state: 'late', at: madeUpAt };
  return leave ? { state: 'leave', at: leave.at } : { state: 'missing' };
}
