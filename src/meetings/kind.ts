import type { Db } from '../db.ts';
import type { RoundKind } from '../rounds/types.ts';
import { createAttendance } from './attendance.ts';
import type { MeetingItems } from './types.ts';

/** 会议: whoever is there has answered, whoever will not come is on leave. */
export const createMeetingKind = (db: Db, say: MeetingItems): RoundKind => ({
  name: 'meeting',
  read: () => null,
  merge: () => undefined,
  async items(round) {
    const people = new Map(
      (await createAttendance(db).attendance(round)).map((each) => [each.person, each]),
    );
    return {
      columns: [say.reply, say.arrival],
      cells(person) {
        const { reply, state } = people.get(person) ?? { reply: null, state: 'absent' };
        return [reply ? say.replies[reply] : '', say.arrivals[state]];
      },
    };
  },
});
