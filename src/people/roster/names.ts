import type { Db } from '../../database/db.ts';
import { BranchId, PersonId } from '../../base/ids.ts';
import type { Branch, Person } from './types.ts';

/** Branches and people by their ids, with their names. */
export function createNames(db: Db) {
  return {
    async branch(id: BranchId): Promise<Branch> {
      const row = await db.client.branch.findUniqueOrThrow({ where: { id } });
      return { id: BranchId.parse(row.id), name: row.name };
    },

    async person(id: PersonId): Promise<Person> {
      const row = await db.client.person.findUniqueOrThrow({ where: { id } });
      return { id: PersonId.parse(row.id), name: row.name };
    },
  };
}
