import type { Db } from '../db.ts';
import type { Item, RoundKind } from '../rounds/types.ts';
import { readAttendance } from './attendance.ts';
import type { Attendee } from './types.ts';

const arrivals: Record<Attendee['state'], Item> = {
  here: { word: 'here' },
  late: { word: 'late' },
  leave: '',
  absent: '',
};

/** 会议: whoever is there has answered, whoever will not come is on leave. */
export const createMeetingKind = (db: Db): RoundKind => ({
  name: 'meeting',
  read: () => null,
  merge: () => undefined,
  async items(round, people) {
    const found = await readAttendance(db, round, people);
    const of = new Map(found.map((each) => [each.person, each]));
    return {
      columns: [{ word: 'reply' }, { word: 'arrival' }],
      cells(person) {
        const { reply = null, state = 'absent' } = of.get(person) ?? {};
        return [reply ? { word: reply } : '', arrivals[state]];
      },
    };
  },
});
