import type { Db } from '../../database/db.ts';
import type { BranchId, PersonId } from '../../base/ids.ts';
import type { Person } from './types.ts';

/** Who belongs to a branch: the people now in any group of it that the bot is in. */
export function createMembership(db: Db) {
  return {
    members: (branch: BranchId): Promise<Person[]> =>
      db.sql<Person>(
        `select distinct p.id, p.name from person p join chat_member m on m.person_id = p.id
         join chat c on c.id = m.chat_id
         where c.branch_id = $1 and c.gone_at is null and m.until is null order by p.id`,
        branch,
      ),

    /** False for somebody to whom a message could not be delivered, and who has not written since. */
    async canBeReached(person: PersonId): Promise<boolean> {
      const gone = await db.client.person.count({ where: { id: person, goneAt: { not: null } } });
      return gone === 0;
    },

    async isMember(person: PersonId, branch: BranchId): Promise<boolean> {
      const rows = await db.sql(
        `select 1 from chat_member m join chat c on c.id = m.chat_id where m.person_id = $1
           and c.branch_id = $2 and c.gone_at is null and m.until is null limit 1`,
        person,
        branch,
      );
      return rows.length > 0;
    },
  };
}
export type Membership = ReturnType<typeof createMembership>;
