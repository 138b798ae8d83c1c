import type { Clock } from '../clock.ts';
import type { Db } from '../db.ts';
import { Refusal } from '../errors.ts';
import type { BranchId, PersonId } from '../ids.ts';
import { createBinding } from './binding.ts';
import { createMembership } from './membership.ts';
import { createRoles } from './roles.ts';
import { createStandings } from './standing.ts';

interface RosterNeeds {
  db: Db;
  clock: Clock;
  /** The administrators of the configuration, as far as they are known by now. */
  admins: () => ReadonlySet<PersonId>;
}

/** People, groups, branches, and roles over time. Members of a branch are the people now in its groups. */
export function createRoster({ db, clock, admins }: RosterNeeds) {
  const standings = createStandings(db, admins);
  const membership = createMembership(db);
  return {
    ...standings,
    ...membership,
    ...createRoles({ db, clock, standings, membership }),
    ...createBinding({ db, clock, standings, membership }),

    async requireSecretary(person: PersonId, branch: BranchId): Promise<void> {
      if (!(await standings.isSecretary(person, branch))) throw new Refusal('NOT_SECRETARY');
    },
  };
}
export type Roster = ReturnType<typeof createRoster>;
