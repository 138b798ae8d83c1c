import { monthBegan, type Clock } from '../base/clock.ts';
import type { Db } from '../database/db.ts';
import type { PersonId } from '../base/ids.ts';
import { createByKind } from './by-kind.ts';
import { createCounting, isOpen, isAwaited } from './counting.ts';
import type { KnownKinds, OwnAnswers, Round } from './types.ts';

const latest = 5;

/** Rounds as one person's own: what waits for them, and what they have answered. */
export function createOwnRounds(db: Db, clock: Clock, kinds: KnownKinds, zone: string) {
  const { select } = createCounting(db, clock, kinds);
  const { findSpared: sparing } = createByKind(kinds);
  return {
    /** Open rounds that wait for this person, those that end first coming first. */
    async roundsAwaiting(person: PersonId): Promise<Round[]> {
      const asking = await select(
        `where ${isOpen('$1')} and exists (select from round_person rp where rp.round_id = r.id
           and rp.person_id = $2 and ${isAwaited('rp')}) order by r.closes_at, r.id`,
        clock.now(),
        person,
      );
      const isSpared = await sparing(asking);
      return asking.filter(({ id }) => !isSpared(id, person));
    },

    /** How many rounds this person answered this month, in all branches, and the newest of them. */
    async answeredBy(person: PersonId): Promise<OwnAnswers> {
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
