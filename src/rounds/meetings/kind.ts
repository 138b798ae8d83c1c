import type { Clock } from '../../base/clock.ts';
import type { Db } from '../../database/db.ts';
import { Refusal } from '../../base/errors.ts';
import type { RoundId } from '../../base/ids.ts';
import type { Item, RoundKind, Spared } from '../types.ts';
import { attendeesOf } from './attendance.ts';
import { signInFrom } from './rules.ts';
import type { Attendee, OwnOfMeeting } from './types.ts';

export const meeting = 'meeting';

const arrivals: Record<Attendee['state'], Item> = {
  here: { word: 'here' },
  late: { word: 'late' },
  leave: '',
  absent: '',
};

/** 会议: whoever is there has answered, whoever will not come is on leave. */
export const createMeetingKind = ({ db, clock }: { db: Db; clock: Clock }): RoundKind => ({
  name: meeting,
  remindsItself: true,
  read: () => null,
  merge: () => undefined,

  check(asked) {
    if (asked.at < signInFrom(asked)) throw new Refusal('SIGN_IN_EARLY', { number: asked.number });
  },

  async own(rounds) {
    // People who signed in or left the branch are no longer counted as coming.
    const rows = await db.sql<{ round: RoundId; startsAt: Date; coming: number }>(
      `select m.round_id as round, m.starts_at as "startsAt",
         (select count(*)::int from round_coming c join round_person p using (round_id, person_id)
           where c.round_id = m.round_id and p.left_at is null and not exists (select from answer a
             where a.round_id = c.round_id and a.person_id = c.person_id)) as coming
       from meeting m where m.round_id = any($1::int[])`,
      rounds,
    );
    return new Map(rows.map(({ round, ...own }) => [round, own satisfies OwnOfMeeting]));
  },

  /** Until it begins it is enough to have said that one will come. */
  spared: (rounds) =>
    db.sql<Spared>(
      `select c.round_id as round, c.person_id as person from round_coming c join meeting m using (round_id)
       where c.round_id = any($1::int[]) and m.starts_at > $2`,
      rounds,
      clock.now(),
    ),

  /** Deletes that they said they will come, for meetings that have not begun. */
  async withdraw(person, rounds) {
    const withdrawn = await db.sql<{ id: RoundId }>(
      `delete from round_coming c using meeting m where m.round_id = c.round_id and c.person_id = $1
         and c.round_id = any($2::int[]) and m.starts_at > $3 returning c.round_id as id`,
      person,
      rounds,
      clock.now(),
    );
    return withdrawn.map(({ id }) => id);
  },

  async items(round, people) {
    const attendees = await attendeesOf(db, round, people);
    const of = new Map(attendees.map((each) => [each.person, each]));
    return {
      columns: [{ word: 'reply' }, { word: 'arrival' }],
      cells(person) {
        const { reply = null, state = 'absent' } = of.get(person) ?? {};
        return [reply ? { word: reply } : '', arrivals[state]];
      },
    };
  },
});
