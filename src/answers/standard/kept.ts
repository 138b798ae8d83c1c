import type { Clock } from '../../base/clock.ts';
import type { Db } from '../../database/db.ts';
import { Refusal } from '../../base/errors.ts';
import type { BranchId, PassageId, StandardId } from '../../base/ids.ts';
import { mayAnswer } from '../retrieval/permission.ts';
import { plainForm } from '../words/words.ts';
import type { Branch } from '../../people/roster/types.ts';
import type { Change, ChangedStandard, KeptStandard } from './types.ts';

interface ShelfNeeds {
  db: Db;
  clock: Clock;
  today: () => string;
}
interface Row extends Omit<KeptStandard, 'branch' | 'cites' | 'isStale' | 'isSaidStill'> {
  branch: BranchId;
  passage: PassageId | null;
  /** In characters, from 1. */
  start: number | null;
  plain: string;
  /** The passage on which it was approved, while that is there. */
  restsOn: PassageId | null;
  answers: boolean;
  renewed: number | null;
}

const may = mayAnswer('$1', '$1', '$2');
/** Each with whether its source answers today, and where not, a passage of its title that says the same. */
const rowsOf = `
  select s.id, s.branch_id as branch, s.question, s.plain, s.answer, s.approved_at as "approvedAt", s.title,
    s.quote, s.passage_id as "restsOn", coalesce(p.heading, '') as heading, s.state = 'retired' as "isRetired",
    d.id is not null as answers, r.id as renewed, coalesce(r.id, p.id) as passage,
    nullif(position(s.quote in coalesce(r.text, p.text, '')), 0) as start
  from standard_answer s left join passage p on p.id = s.passage_id
  left join (select id from document where ${may}) d on d.id = p.document_id
  left join lateral (select t.id, t.text from passage t
    where d.id is null and position(s.quote in t.text) > 0 and t.document_id in
      (select id from document where title = s.title and coalesce(branch_id, s.branch_id) = s.branch_id and ${may})
    order by t.id limit 1) r on true
  where s.branch_id = any($1::int[])`;

/** The standard answers of a branch as its secretaries keep them. */
export function createKeptStandards({ db, clock, today }: ShelfNeeds) {
  const rows = (branches: readonly Branch[], more: string, ...values: unknown[]) =>
    db.sql<Row>(
      rowsOf + more,
      branches.map(({ id }) => id),
      today(),
      ...values,
    );

  function keptOf({ branch: id, ...row }: Row, branches: readonly Branch[]): KeptStandard {
    const branch = branches.find((each) => each.id === id) ?? { id, name: '' };
    const { plain: _, restsOn: __, answers, renewed, passage, start, ...words } = row;
    const from = (start ?? 1) - 1;
    const cites = passage ? [{ passage, start: from, end: from + words.quote.length }] : [];
    return { ...words, branch, cites, isStale: !answers, isSaidStill: renewed !== null };
  }

  async function find(branches: readonly Branch[], which: StandardId): Promise<Row> {
    const [row] = await rows(branches, ' and s.id = $3::int', which);
    if (!row) throw new Refusal('STANDARD_UNKNOWN', { number: which });
    return row;
  }

  /** Takes the place of what the branch has for this question; true where there was something. */
  async function makeRoom(branch: BranchId, plain: string): Promise<boolean> {
    await db.sql(
      `select pg_advisory_xact_lock(hashtextextended($1, 2))::text`,
      JSON.stringify([branch, plain]),
    );
    const gone = await db.client.standardAnswer.updateMany({
      where: { branchId: branch, plain, state: 'current' },
      data: { state: 'retired' },
    });
    return gone.count > 0;
  }

  async function set(row: Row, change: Change): Promise<boolean> {
    const { id, plain, branch, isRetired, answers, renewed, restsOn } = row;
    if (change === 'confirm') {
      if (answers || renewed === null) return false;
      const where = { id, state: 'current', passageId: restsOn };
      const data = { passageId: renewed, approvedAt: clock.now() };
      return (await db.client.standardAnswer.updateMany({ where, data })).count > 0;
    }
    if (isRetired === (change === 'retire')) return false;
    if (change === 'restore') await makeRoom(branch, plain);
    const [state, before] = change === 'retire' ? ['retired', 'current'] : ['current', 'retired'];
    const changed = { where: { id, state: before }, data: { state } };
    return (await db.client.standardAnswer.updateMany(changed)).count > 0;
  }

  return {
    makeRoom,

    /** Retires one of a branch for another in its place; true where it was there. */
    async giveWay(branch: BranchId, id: StandardId): Promise<boolean> {
      const where = { id, branchId: branch, state: 'current' };
      const data = { state: 'retired' };
      return (await db.client.standardAnswer.updateMany({ where, data })).count > 0;
    },

    /** Those with `search` in question or answer; what waits for a look first, what is retired last. */
    async list(branches: readonly Branch[], search = ''): Promise<KeptStandard[]> {
      const order = ` order by s.state = 'retired', d.id is not null, s.id desc`;
      const found = await rows(branches, order);
      const wanted = plainForm(search);
      return found
        .filter((row) => plainForm(`${row.question}\n${row.answer}`).includes(wanted))
        .map((row) => keptOf(row, branches));
    },

    one: async (branches: readonly Branch[], which: StandardId): Promise<KeptStandard> =>
      keptOf(await find(branches, which), branches),

    /** The row decides who was first: a second time changes nothing. */
    async change(
      branches: readonly Branch[],
      which: StandardId,
      change: Change,
    ): Promise<ChangedStandard> {
      const how = (await set(await find(branches, which), change)) ? 'done' : 'before';
      return { standard: keptOf(await find(branches, which), branches), change, how };
    },
  };
}
