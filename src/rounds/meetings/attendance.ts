import type { Db } from '../../database/db.ts';
import { PersonId } from '../../base/ids.ts';
import type { BranchScope } from '../../people/roster/types.ts';
import type { Rounds } from '../service.ts';
import type { AskedPerson, Round } from '../types.ts';
import { startOf } from './rules.ts';
import type { Attendee } from './types.ts';

/** Of those a meeting asks, how each stands to it. Being there outranks a leave. */
export async function attendeesOf(db: Db, meeting: Round, people: readonly AskedPerson[]) {
  const personId = { in: people.map(({ person }) => person) };
  const rows = await db.client.roundComing.findMany({ where: { roundId: meeting.id, personId } });
  const coming = new Set(rows.map(({ personId }) => PersonId.parse(personId)));
  return people.map(({ person, name, answeredAt, leave }): Attendee => {
    const said = leave ? 'leave' : null;
    return {
      ...{ person, name, reason: leave?.reason ?? null },
      state: stateOf(startOf(meeting), { answeredAt, leave }),
      reply: coming.has(person) ? 'coming' : said,
    };
  });
}

function stateOf(start: Date, { answeredAt, leave }: Pick<AskedPerson, 'answeredAt' | 'leave'>) {
  if (answeredAt) return answeredAt >= start ? 'late' : 'here';
  return leave ? 'leave' : 'absent';
}

/** Who is at a meeting, for its secretaries alone. */
export const createAttendance = ({ db, rounds }: { db: Db; rounds: Rounds }) => ({
  /** Everybody it asks, those who are there first, in the order in which they came. */
  async attendance(scope: BranchScope, meeting: Round): Promise<Attendee[]> {
    const people = await rounds.details.everybody(scope, meeting);
    const came = ({ answeredAt }: AskedPerson) => answeredAt?.getTime() ?? Infinity;
    const inOrder = people.toSorted((a, b) => Math.sign(came(a) - came(b)) || a.person - b.person);
    return attendeesOf(db, meeting, inOrder);
  },
});
