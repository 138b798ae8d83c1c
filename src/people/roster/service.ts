import type { Clock } from '../../base/clock.ts';
import type { Db } from '../../database/db.ts';
import type { BranchId, PersonId } from '../../base/ids.ts';
import { createBinding } from './binding.ts';
import { createGroups } from './groups.ts';
import { createMembership } from './membership.ts';
import { createMoving } from './moving.ts';
import { createRights } from './rights.ts';
import { createRoles, lockBranch } from './roles.ts';
import { createStandings } from './standing.ts';

export type { Acting } from './rights.ts';

interface RosterNeeds {
  db: Db;
  clock: Clock;
  /** The administrators of the configuration, as far as they are known by now. */
  admins: () => ReadonlySet<PersonId>;
}

/** People, groups, branches, and roles over time. Members of a branch are the people now in its groups. */
export function createRoster({ db, clock, admins }: RosterNeeds) {
  const standings = createStandings(db, admins);
  const groups = createGroups(db);
  const membership = createMembership(db);
  const moving = createMoving(db, groups);
  return {
    ...standings,
    ...createRights(db, standings),
    ...groups,
    ...membership,
    ...moving,
    ...createRoles({ db, clock, standings, membership }),
    ...createBinding({ db, clock, standings, groups, membership, moving }),

    /** The next number in this branch. Until this transaction ends, others wait as for `holdBranch`. */
    async takeNumber(branch: BranchId): Promise<number> {
      const { nextNumber } = await db.client.branch.update({
        where: { id: branch },
        data: { nextNumber: { increment: 1 } },
        select: { nextNumber: true },
      });
      return nextNumber - 1;
    },

    /** Until this transaction ends, others wait who would act on this branch's people and rounds. */
    holdBranch: (branch: BranchId) => lockBranch(db, branch),
  };
}
export type Roster = ReturnType<typeof createRoster>;
