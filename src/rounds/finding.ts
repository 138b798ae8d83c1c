import type { Clock } from '../clock.ts';
import type { Db } from '../db.ts';
import { Refusal } from '../errors.ts';
import type { BranchId, ChatId, PersonId, RoundId } from '../ids.ts';
import type { Roster } from '../roster/service.ts';
import type { Person, Where } from '../roster/types.ts';
import { createCounting, isOpen, isWaitedFor } from './counting.ts';
import type { AskedRound, OnLeave, Round, Some, Wait } from './types.ts';

/** No column holds a larger number, so nobody means one. */
const largestInt = 2 ** 31 - 1;

/** In what part a person asks for a round: as its secretary, or as one of those asked. */
export type Part = 'secretary' | 'member';

/** Finding rounds, always with their counts. */
export function createFinding(db: Db, clock: Clock, roster: Roster) {
  const { select, selectWith } = createCounting(db, clock);

  /** The branches in which a number given here can mean something to this person. */
  async function branchesMeant(person: PersonId, place: Where, part: Part): Promise<BranchId[]> {
    if (place.kind === 'group') {
      const { branch } = await roster.branchHere(person, place);
      if (part === 'secretary') await roster.requireSecretary(person, branch.id);
      return [branch.id];
    }
    const branches = await roster.branchesOf(person);
    if (branches.length === 0) throw new Refusal('NO_BRANCH');
    const meant = part === 'member' ? branches : branches.filter((branch) => branch.secretary);
    if (meant.length === 0) throw new Refusal('NOT_SECRETARY');
    return meant.map((branch) => branch.id);
  }

  /** Rounds of a kind here that were open at that moment, each with whether it asks this person. */
  async function openThen(person: PersonId, place: Where, kind: string, at: Date) {
    const branches = await branchesMeant(person, place, 'member');
    return selectWith(
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
  }
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
     * The rounds a number typed here can mean: in a group that of the group's branch, in private
     * perhaps several. Refuses when there is none, so the answer is never empty.
     */
    async numbered(
      person: PersonId,
      place: Where,
      number: number,
      part: Part,
    ): Promise<Some<Round>> {
      const branches = await branchesMeant(person, place, part);
      if (!(number <= largestInt)) throw new Refusal('ROUND_UNKNOWN', { number });
      const where = `where r.number = $1 and r.branch_id = any($2::int[]) order by r.id`;
      const [first, ...others] = await select(where, number, branches);
      if (!first) throw new Refusal('ROUND_UNKNOWN', { number });
      return [first, ...others];
    },

    /** Open rounds a secretary sees here: of the group's branch, in private of all their branches. */
    async openHere(person: PersonId, place: Where): Promise<Round[]> {
      const branches = await branchesMeant(person, place, 'secretary');
      const where = `where ${isOpen('$1')} and r.branch_id = any($2::int[]) order by r.branch_id, r.number`;
      return select(where, clock.now(), branches);
    },

    /** What a secretary had opened here in this time and did not take back, by branch and number. */
    async openedIn(person: PersonId, place: Where, { from, to }: { from: Date; to: Date }) {
      const branches = await branchesMeant(person, place, 'secretary');
      return select(
        `where r.opened_at >= $1 and r.opened_at < $2 and r.recalled_at is null
           and r.branch_id = any($3::int[]) order by r.branch_id, r.number`,
        from,
        to,
        branches,
      );
    },

    /**
     * Rounds of a kind that asked this person here and were open when they spoke. Refuses when there
     * is none at all, or when there are some but none asks this person.
     */
    async asking(
      person: PersonId,
      place: Where,
      kind: string,
      at: Date,
    ): Promise<Some<AskedRound>> {
      const rows = await openThen(person, place, kind, at);
      if (rows.length === 0) throw new Refusal('NO_OPEN_ROUND');
      const [first, ...others] = asked(rows);
      if (!first) throw new Refusal('NOT_IN_ROUND');
      return [first, ...others];
    },

    /** The same, and nothing where there is none. */
    async askingIfAny(
      person: PersonId,
      place: Where,
      kind: string,
      at: Date,
    ): Promise<AskedRound[]> {
      return asked(await openThen(person, place, kind, at));
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

    /** Who is still waited for: asked, not on leave, no answer. For the secretary alone, never for a group. */
    waiting: (round: RoundId): Promise<Person[]> =>
      db.sql<Person>(
        `select p.id, p.name from round_person rp join person p on p.id = rp.person_id
         where rp.round_id = $1 and ${isWaitedFor('rp', '$2')} order by p.id`,
        round,
        clock.now(),
      ),

    /** Everybody these rounds wait for now, as far as they are open: in one query, by person and number. */
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

    /** Who is on leave and has not answered after all. For the secretary alone, never for a group. */
    onLeave: (round: RoundId): Promise<OnLeave[]> =>
      db.sql<OnLeave>(
        `select p.id, p.name, l.reason from round_leave l join person p on p.id = l.person_id
         where l.round_id = $1 and not exists (select from answer a
           where a.round_id = l.round_id and a.person_id = l.person_id) order by p.id`,
        round,
      ),
  };
}
export type Finding = ReturnType<typeof createFinding>;
