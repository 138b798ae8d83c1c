import type { Clock } from '../../base/clock.ts';
import type { Db } from '../../database/db.ts';
import { Refusal } from '../../base/errors.ts';
import type { BranchId, RoundId } from '../../base/ids.ts';
import { isOpen } from '../rules.ts';
import { membersNow } from './rules.ts';

/** Decides whom rounds ask: the members of their branch, for as long as the rounds are open. */
export function createAskedMembers(db: Db, clock: Clock) {
  return {
    /** A new round asks everybody who is in the branch now; refuses where that is nobody. */
    async askAll(round: RoundId, branch: BranchId): Promise<void> {
      const asked = await db.sql(
        `insert into round_person (round_id, person_id) select distinct $2::int, person_id from ${membersNow} m
         returning person_id`,
        branch,
        round,
      );
      if (asked.length === 0) throw new Refusal('NOBODY_ASKED');
    },

    /** Adds and leaves out people of the branch's open rounds; returns the rounds this changed. */
    async update(branch: BranchId): Promise<RoundId[]> {
      const open = `r.branch_id = $1 and ${isOpen('$2')}`;
      const changed = await db.sql<{ id: RoundId }>(
        `with came as (
           insert into round_person as p (round_id, person_id)
           select distinct r.id, m.person_id from round r, ${membersNow} m where ${open}
           on conflict (round_id, person_id) do update set left_at = null where p.left_at is not null
           returning round_id as id),
         went as (
           update round_person p set left_at = $2 from round r
           where r.id = p.round_id and ${open} and p.left_at is null and p.person_id not in ${membersNow}
           returning p.round_id as id)
         select id from came union select id from went`,
        branch,
        clock.now(),
      );
      return changed.map(({ id }) => id);
    },
  };
}
