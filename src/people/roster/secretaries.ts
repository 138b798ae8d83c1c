import type { Db } from '../../database/db.ts';
import type { BranchId, PersonId } from '../../base/ids.ts';
import type { Person } from './types.ts';

/** Who serves a branch now. */
export function createSecretaries(db: Db, admins: () => ReadonlySet<PersonId>) {
  /** The secretaries of a branch now, longest serving first. */
  const secretaries = (branch: BranchId): Promise<Person[]> =>
    db.sql<Person>(
      `select p.id, p.name from role r join person p on p.id = r.person_id
         where r.branch_id = $1 and r.kind = 'secretary' and r.until is null order by r.since, r.id`,
      branch,
    );

  return {
    secretaries,

    /** Who looks after a branch: its secretaries, or the administrators where it has none. */
    async keepers(branch: BranchId): Promise<PersonId[]> {
      const serving = await secretaries(branch);
      return serving.length > 0 ? serving.map(({ id }) => id) : [...admins()];
    },

    async isSecretary(person: PersonId, branch: BranchId): Promise<boolean> {
      const rows = await db.sql(
        `select 1 from role where branch_id = $1 and person_id = $2 and kind = 'secretary' and until is null`,
        branch,
        person,
      );
      return rows.length > 0;
    },
  };
}
