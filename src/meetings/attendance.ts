import type { Db } from '../db.ts';
import type { RoundId } from '../ids.ts';
import type { BranchScope } from '../roster/types.ts';
import type { Given, Round } from '../rounds/types.ts';
import type { Attendee } from './types.ts';

/** Everybody a meeting asks, or these of them, each as they stand now. Being there outranks a leave. */
export const readAttendance = (db: Db, round: RoundId, people?: readonly Given[]) =>
  db.sql<Attendee>(
    `select p.id as person, p.name, l.reason,
       case when a.at >= r.starts_at then 'late' when a.at is not null then 'here'
         when l.person_id is not null then 'leave' else 'absent' end as state,
       case when c.person_id is not null then 'coming' when l.person_id is not null then 'leave' end as reply
     from round r join round_person rp on rp.round_id = r.id join person p on p.id = rp.person_id
       left join answer a on a.round_id = r.id and a.person_id = p.id
       left join round_leave l on l.round_id = r.id and l.person_id = p.id
       left join round_coming c on c.round_id = r.id and c.person_id = p.id
     where r.id = $1 and (rp.left_at is null or a.person_id is not null)
       and ($2::int[] is null or p.id = any($2::int[]))
     order by a.at nulls last, p.id`,
    round,
    people?.map(({ person }) => person) ?? null,
  );

/** Who is at a meeting, for its secretaries alone. */
export const createAttendance = (db: Db) => ({
  async attendance(scope: BranchScope, meeting: Round): Promise<Attendee[]> {
    scope.require(meeting.branch.id);
    return readAttendance(db, meeting.id);
  },
});
