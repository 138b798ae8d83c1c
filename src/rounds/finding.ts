import type { Clock } from '../clock.ts';
import type { Db } from '../db.ts';
import { Refusal } from '../errors.ts';
import type { BranchId, ChatId, PersonId, RoundId } from '../ids.ts';
import type { Roster } from '../roster/service.ts';
import type { Person, Where } from '../roster/types.ts';
import type { AskedRound, Round } from './types.ts';

interface Row {
  id: RoundId;
  number: number;
  kind: string;
  title: string;
  branch_id: BranchId;
  branch_name: string;
  chat_id: ChatId;
  opened_by: PersonId;
  closes_at: Date;
  closed_at: Date | null;
  recalled_at: Date | null;
  asked: number;
  done: number;
  answered?: boolean;
}

// Whoever left without an answer is no longer asked; whoever answered and left still counts as both.
const counted = `
  select r.id, r.number, r.kind, r.title, r.branch_id, b.name as branch_name, r.chat_id, r.opened_by,
    r.closes_at, r.closed_at, r.recalled_at,
    (select count(*) from round_person p where p.round_id = r.id and (p.left_at is null
      or exists (select from answer a where a.round_id = r.id and a.person_id = p.person_id)))::int as asked,
    (select count(*) from answer a where a.round_id = r.id)::int as done`;
const from = ` from round r join branch b on b.id = r.branch_id `;
const isOpen = ` r.closed_at is null and r.recalled_at is null and r.closes_at > $1 `;

/** No column holds a larger number, so nobody means one. */
const largestInt = 2 ** 31 - 1;

/** In what part a person asks for a round: as its secretary, or as one of those asked. */
export type Part = 'secretary' | 'member';

/** Finding rounds, always with their counts. */
export function createFinding(db: Db, clock: Clock, roster: Roster) {
  const toRound = (row: Row): Round => ({
    id: row.id,
    number: row.number,
    kind: row.kind,
    title: row.title,
    branch: { id: row.branch_id, name: row.branch_name },
    chat: row.chat_id,
    openedBy: row.opened_by,
    closesAt: row.closes_at,
    state: stateOf(row, clock.now()),
    closedAt: row.closed_at ?? undefined,
    tally: { asked: row.asked, done: row.done },
  });
  const select = async (where: string, ...values: unknown[]) =>
    (await db.sql<Row>(counted + from + where, ...values)).map(toRound);

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
    async numbered(person: PersonId, place: Where, number: number, part: Part): Promise<Round[]> {
      const branches = await branchesMeant(person, place, part);
      if (!(number <= largestInt)) throw new Refusal('ROUND_UNKNOWN', { number });
      const where = `where r.number = $1 and r.branch_id = any($2::int[]) order by r.id`;
      const rounds = await select(where, number, branches);
      if (rounds.length === 0) throw new Refusal('ROUND_UNKNOWN', { number });
      return rounds;
    },

    /** Open rounds a secretary sees here: of the group's branch, in private of all their branches. */
    async openHere(person: PersonId, place: Where): Promise<Round[]> {
      const branches = await branchesMeant(person, place, 'secretary');
      const where = `where ${isOpen} and r.branch_id = any($2::int[]) order by r.branch_id, r.number`;
      return select(where, clock.now(), branches);
    },

    /**
     * Rounds of a kind that asked this person here and were open when they spoke. Refuses when there
     * is none at all, or when there are some but none asks this person.
     */
    async asking(person: PersonId, place: Where, kind: string, at: Date): Promise<AskedRound[]> {
      const branches = await branchesMeant(person, place, 'member');
      const rows = await db.sql<Row & { mine: boolean }>(
        `${counted},
           exists (select from answer a where a.round_id = r.id and a.person_id = $4) as answered,
           exists (select from round_person p where p.round_id = r.id and p.person_id = $4 and p.left_at is null) as mine
         ${from} where r.recalled_at is null and coalesce(r.closed_at, r.closes_at) >= $1
           and r.branch_id = any($2::int[]) and r.kind = $3 order by r.branch_id, r.number`,
        at,
        branches,
        kind,
        person,
      );
      if (rows.length === 0) throw new Refusal('NO_OPEN_ROUND');
      const mine = rows.filter((row) => row.mine);
      if (mine.length === 0) throw new Refusal('NOT_IN_ROUND');
      return mine.map((row) => ({ ...toRound(row), answered: row.answered === true }));
    },

    /** Open rounds whose card stands in this group. */
    openIn: (chat: ChatId): Promise<Round[]> =>
      select(`where ${isOpen} and r.chat_id = $2 order by r.number`, clock.now(), chat),

    /** Who is asked and has not answered. For the secretary alone, never for a group. */
    waiting: (round: RoundId): Promise<Person[]> =>
      db.sql<Person>(
        `select p.id, p.name from round_person rp join person p on p.id = rp.person_id
         where rp.round_id = $1 and rp.left_at is null
           and not exists (select from answer a where a.round_id = $1 and a.person_id = p.id)
         order by p.id`,
        round,
      ),
  };
}

function stateOf(row: Row, now: Date): Round['state'] {
  if (row.recalled_at) return 'recalled';
  return row.closed_at || row.closes_at <= now ? 'closed' : 'open';
}
