import type { Clock } from '../../base/clock.ts';
import type { Db } from '../../database/db.ts';
import { Refusal } from '../../base/errors.ts';
import type { BranchId, PersonId } from '../../base/ids.ts';
import type { Membership } from './membership.ts';
import type { Standings } from './standing.ts';

interface RolesNeeds {
  db: Db;
  clock: Clock;
  standings: Standings;
  membership: Membership;
}
interface Change {
  branch: BranchId;
  person: PersonId;
  by: PersonId;
}

/** Makes a person secretary of a branch from now on; false when that is so already. */
export async function startSecretary(db: Db, branch: BranchId, person: PersonId, at: Date) {
  const rows = await db.sql(
    `insert into role (branch_id, person_id, kind, since) values ($1, $2, 'secretary', $3)
     on conflict (branch_id, person_id, kind) where until is null do nothing returning id`,
    branch,
    person,
    at,
  );
  return rows.length > 0;
}

/** Locks the branch, so that decisions about it are made one after the other. */
export const lockBranch = (db: Db, branch: BranchId) =>
  db.sql(`select id from branch where id = $1 for no key update`, branch);

/** Giving and taking the role of secretary. Both are harmless when repeated. */
export function createRoles({ db, clock, standings, membership }: RolesNeeds) {
  /** Runs `decide` alone for this branch, if `by` may give and take its roles. */
  const asGiver = <T>({ branch, by }: Change, decide: () => Promise<T>) =>
    db.atomic(async () => {
      await lockBranch(db, branch);
      if (!standings.isAdmin(by) && !(await standings.isSecretary(by, branch)))
        throw new Refusal('NOT_SECRETARY');
      return decide();
    });

  return {
    /** True when the person became secretary now. Only a member of the branch can. */
    giveRole: (change: Change): Promise<boolean> =>
      asGiver(change, async () => {
        const { branch, person } = change;
        if (!(await membership.isMember(person, branch))) {
          const { name } = await standings.person(person);
          throw new Refusal('NOT_MEMBER', { name });
        }
        return startSecretary(db, branch, person, clock.now());
      }),

    /** True when the role ended now. A branch keeps its last secretary, however many try at once. */
    endRole: (change: Change): Promise<boolean> =>
      asGiver(change, async () => {
        const { branch, person } = change;
        if (!(await standings.isSecretary(person, branch))) return false;
        const serving = await standings.secretaries(branch);
        if (serving.length === 1) throw new Refusal('LAST_SECRETARY');
        await db.client.role.updateMany({
          where: { branchId: branch, personId: person, kind: 'secretary', until: null },
          data: { until: clock.now() },
        });
        return true;
      }),
  };
}
