import { monthBegan, type Clock } from '../base/clock.ts';
import type { Db } from '../database/db.ts';
import type { BranchId, PersonId } from '../base/ids.ts';
import { createByKind } from './kinds/service.ts';
import { isAwaited } from './audience/rules.ts';
import { createCounting } from './counting.ts';
import { isOpen } from './rules.ts';
import type { AskedRound, KnownKinds, OwnAnswers, Round, RoundsAsking } from './types.ts';

/** What of one kind asks somebody, and when they spoke. */
interface RoundsAskingQuery {
  person: PersonId;
  branches: readonly BranchId[];
  kind: string;
  at: Date;
}

const latest = 5;

/** Rounds as one person meets them: which ask them, which wait for them, and what they have answered. */
export function createRoundsOfPerson(db: Db, clock: Clock, kinds: KnownKinds, zone: string) {
  const { select, selectWith } = createCounting(db, clock, kinds);
  const { findSpared } = createByKind(kinds);
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

  return {
    /** Rounds of a kind that were open in these branches when this person spoke: those that ask them. */
    async roundsAsking(asking: RoundsAskingQuery): Promise<RoundsAsking> {
      const rows = await openThen(asking);
      return { rounds: asked(rows), isNone: rows.length === 0 };
    },

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

    /** Open rounds that wait for this person, those that end first coming first. */
    async roundsAwaiting(person: PersonId): Promise<Round[]> {
      const asking = await select(
        `where ${isOpen('$1')} and exists (select from round_person rp where rp.round_id = r.id
           and rp.person_id = $2 and ${isAwaited('rp')}) order by r.closes_at, r.id`,
        clock.now(),
        person,
      );
      const isSpared = await findSpared(asking);
      return asking.filter(({ id }) => !isSpared(id, person));
    },

    /** How many rounds this person answered this month, in all branches, and the newest of them. */
    async answersThisMonth(person: PersonId): Promise<OwnAnswers> {
      const answers = {
        personId: person,
        at: { gte: monthBegan(clock.now(), zone) },
        round: { recalledAt: null },
      };
      const count = await db.client.answer.count({ where: answers });
      const newest = await db.client.answer.findMany({
        where: answers,
        orderBy: { at: 'desc' },
        take: latest,
        select: { at: true, round: { select: { number: true, title: true } } },
      });
      return { count, latest: newest.map(({ at, round }) => ({ at, ...round })) };
    },
  };
}
