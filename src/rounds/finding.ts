import type { Clock } from '../base/clock.ts';
import type { Db } from '../database/db.ts';
import { Refusal } from '../base/errors.ts';
import type { BranchId, ChatId, PersonId, RoundId } from '../base/ids.ts';
import type { BranchScope } from '../people/roster/types.ts';
import { createByKind } from './by-kind.ts';
import { createCounting, isOpen, isAwaited } from './counting.ts';
import type {
  Participation,
  AskedRound,
  RoundsAsking,
  KnownKinds,
  Round,
  Some,
  AwaitedPerson,
} from './types.ts';

/** No column holds a larger number, so nobody means one. */
const largestInt = 2 ** 31 - 1;

/** What of one kind asks somebody, and when they spoke. */
interface RoundsAskingQuery {
  person: PersonId;
  branches: readonly BranchId[];
  kind: string;
  at: Date;
}

/** Finding rounds, always with their counts. */
export function createFinding(db: Db, clock: Clock, kinds: KnownKinds) {
  const { select, selectWith } = createCounting(db, clock, kinds);
  const { findSpared: sparing } = createByKind(kinds);

  /** Rounds of a kind in these branches that were open at that moment, each with whether it asks this person. */
  const openThen = ({ person, branches, kind, at }: RoundsAskingQuery) =>
    selectWith(
      `exists (select from answer a where a.round_id = r.id and a.person_id = $4) as answered,
       exists (select from round_person p where p.round_id = r.id and p.person_id = $4
         and p.left_at is null) as mine`,
      `where r.recalled_at is null and coalesce(r.closed_at, r.closes_at) >= $1
         and r.branch_id = any($2::int[]) and r.kind = $3 order by r.branch_id, r.number`,
      at,
      branches,
      kind,
      person,
    );
  const asked = (rows: Awaited<ReturnType<typeof openThen>>): AskedRound[] =>
    rows
      .filter(({ row }) => row['mine'] === true)
      .map(({ round, row }) => ({ ...round, answered: row['answered'] === true }));

  async function find(id: RoundId): Promise<Round> {
    const [round] = await select('where r.id = $1', id);
    if (!round) throw new Refusal('BUTTON_UNKNOWN');
    return round;
  }

  return {
    find,

    /**
     * The round unless it was closed or taken back; nobody does that, or changes it, until the surrounding
     * transaction ends.
     */
    async held(id: RoundId): Promise<Round | undefined> {
      const rows = await db.sql(
        `select 1 from round where id = $1 and closed_at is null and recalled_at is null for share`,
        id,
      );
      return rows.length > 0 ? find(id) : undefined;
    },

    /** What this person says about the round is dealt with one after the other, until the transaction ends. */
    async holdPerson({ id, person }: Pick<Participation, 'id' | 'person'>): Promise<void> {
      await db.sql(
        `select 1 from round_person where round_id = $1 and person_id = $2 for update`,
        id,
        person,
      );
    },

    /**
     * The rounds a number can mean in these branches, each of which counts its own. Refuses when there is
     * none, so the answer is never empty.
     */
    async numbered(branches: readonly BranchId[], number: number): Promise<Some<Round>> {
      if (!(number <= largestInt)) throw new Refusal('ROUND_UNKNOWN', { number });
      const where = `where r.number = $1 and r.branch_id = any($2::int[]) order by r.id`;
      const [first, ...others] = await select(where, number, branches);
      if (!first) throw new Refusal('ROUND_UNKNOWN', { number });
      return [first, ...others];
    },

    /** Their open rounds. */
    openOf({ ids }: BranchScope): Promise<Round[]> {
      const where = `where ${isOpen('$1')} and r.branch_id = any($2::int[]) order by r.branch_id, r.number`;
      return select(where, clock.now(), ids);
    },

    /** What was opened in them in this time and not taken back, by branch and number. */
    openedIn: ({ ids }: BranchScope, { from, to }: { from: Date; to: Date }): Promise<Round[]> =>
      select(
        `where r.opened_at >= $1 and r.opened_at < $2 and r.recalled_at is null
           and r.branch_id = any($3::int[]) order by r.branch_id, r.number`,
        from,
        to,
        ids,
      ),

    /** Rounds of a kind that were open in these branches when this person spoke: those that ask them. */
    async roundsAsking(asking: RoundsAskingQuery): Promise<RoundsAsking> {
      const rows = await openThen(asking);
      return { rounds: asked(rows), isNone: rows.length === 0 };
    },

    /** Open rounds of a kind in this branch. */
    openOfKind: (kind: string, branch: BranchId): Promise<Round[]> =>
      select(
        `where ${isOpen('$1')} and r.kind = $2 and r.branch_id = $3 order by r.id`,
        clock.now(),
        kind,
        branch,
      ),

    /** Open rounds of a kind that ask this person, who is not on leave. */
    roundsExpecting: (kind: string, person: PersonId): Promise<Round[]> =>
      select(
        `where ${isOpen('$1')} and r.kind = $2 and exists (select from round_person rp
           where rp.round_id = r.id and rp.person_id = $3 and rp.left_at is null
           and not exists (select from round_leave l where l.round_id = r.id and l.person_id = $3))
         order by r.id`,
        clock.now(),
        kind,
        person,
      ),

    /** Open rounds whose card stands in this group. */
    openIn: (chat: ChatId): Promise<Round[]> =>
      select(`where ${isOpen('$1')} and r.chat_id = $2 order by r.number`, clock.now(), chat),

    /**
     * Everybody these rounds wait for now, as far as they are open, by person and number: to be written to,
     * each alone, and never shown.
     */
    async peopleAwaited(ids: RoundId[]): Promise<AwaitedPerson[]> {
      const rows = await db.sql<AwaitedPerson & { kind: string }>(
        `select p.id as person, r.id as round, r.kind, r.closes_at as "closesAt", p.gone_at is not null as gone
         from round r join round_person rp on rp.round_id = r.id join person p on p.id = rp.person_id
         where r.id = any($2::int[]) and ${isOpen('$1')} and ${isAwaited('rp')} order by p.id, r.number`,
        clock.now(),
        ids,
      );
      const kindOf = new Map(rows.map(({ round, kind }) => [round, kind]));
      const isSpared = await sparing([...kindOf].map(([id, kind]) => ({ id, kind })));
      return rows
        .filter(({ round, person }) => !isSpared(round, person))
        .map(({ person, round, closesAt, gone }) => ({ person, round, closesAt, gone }));
    },

    /** These rounds, by number. */
    all: (ids: RoundId[]): Promise<Round[]> =>
      select('where r.id = any($1::int[]) order by r.branch_id, r.number', ids),
  };
}
export type Finding = ReturnType<typeof createFinding>;
