import type { Clock } from '../clock.ts';
import type { Db } from '../db.ts';
import { Refusal } from '../errors.ts';
import type { BranchId, ChatId, PersonId, RoundId } from '../ids.ts';
import type { BranchScope } from '../roster/types.ts';
import { createCounting, isOpen, isWaitedFor } from './counting.ts';
import type { AskedRound, AskingHere, Round, Some, Wait } from './types.ts';

/** No column holds a larger number, so nobody means one. */
const largestInt = 2 ** 31 - 1;

/** What of one kind asks somebody, and when they spoke. */
interface AskingOf {
  person: PersonId;
  branches: readonly BranchId[];
  kind: string;
  at: Date;
}

/** Finding rounds, always with their counts. */
export function createFinding(db: Db, clock: Clock) {
  const { select, selectWith } = createCounting(db, clock);

  /** Rounds of a kind in these branches that were open at that moment, each with whether it asks this person. */
  const openThen = ({ person, branches, kind, at }: AskingOf) =>
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

  return {
    async find(id: RoundId): Promise<Round> {
      const [round] = await select('where r.id = $1', id);
      if (!round) throw new Refusal('BUTTON_UNKNOWN');
      return round;
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
    async asking(asking: AskingOf): Promise<AskingHere> {
      const rows = await openThen(asking);
      return { rounds: asked(rows), isNone: rows.length === 0 };
    },

    /** Open rounds of the same branch that begin before this one ends and end after it begins. */
    overlapping: ({ id, branch, startsAt, closesAt }: Round): Promise<Round[]> =>
      select(
        `where ${isOpen('$1')} and r.branch_id = $2 and r.id <> $3 and r.starts_at < $4 and r.closes_at > $5
         order by r.starts_at, r.id`,
        clock.now(),
        branch.id,
        id,
        closesAt,
        startsAt,
      ),

    /** Open rounds that begin at a set time and ask this person, who is not on leave, the next one first. */
    upcoming: (person: PersonId): Promise<Round[]> =>
      select(
        `where ${isOpen('$1')} and r.starts_at is not null and exists (select from round_person rp
           where rp.round_id = r.id and rp.person_id = $2 and rp.left_at is null
           and not exists (select from round_leave l where l.round_id = r.id and l.person_id = $2))
         order by r.starts_at, r.id`,
        clock.now(),
        person,
      ),

    /** Open rounds whose card stands in this group. */
    openIn: (chat: ChatId): Promise<Round[]> =>
      select(`where ${isOpen('$1')} and r.chat_id = $2 order by r.number`, clock.now(), chat),

    /**
     * Everybody these rounds wait for now, as far as they are open, by person and number: to be written to,
     * each alone, and never shown.
     */
    waits: (ids: RoundId[]): Promise<Wait[]> =>
      db.sql<Wait>(
        `select p.id as person, r.id as round, r.closes_at as "closesAt", p.gone_at is not null as gone
         from round r join round_person rp on rp.round_id = r.id join person p on p.id = rp.person_id
         where r.id = any($2::int[]) and ${isOpen('$1')} and ${isWaitedFor('rp', '$1')} order by p.id, r.number`,
        clock.now(),
        ids,
      ),

    /** These rounds, by number. */
    all: (ids: RoundId[]): Promise<Round[]> =>
      select('where r.id = any($1::int[]) order by r.branch_id, r.number', ids),
  };
}
export type Finding = ReturnType<typeof createFinding>;
