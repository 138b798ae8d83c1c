import type { Db } from '../../database/db.ts';
import type { ChatId, PersonId } from '../../base/ids.ts';
import type { PersonsBranch } from './types.ts';

const personsBranches = `
  select b.id, b.name,
    exists (select from role r where r.branch_id = b.id and r.person_id = $1
      and r.kind = 'secretary' and r.until is null) as secretary,
    exists (select from chat_member m join chat c on c.id = m.chat_id where m.person_id = $1
      and m.until is null and c.branch_id = b.id and c.gone_at is null) as member,
    (select c.id from chat c where c.branch_id = b.id and c.gone_at is null
      order by c.bound_at, c.id limit 1) as "group"
  from branch b`;
const ofThisPerson = `
  where b.id in (select branch_id from role where person_id = $1 and until is null
    union select c.branch_id from chat_member m join chat c on c.id = m.chat_id
      where m.person_id = $1 and m.until is null and c.gone_at is null)
  order by (select min(c.bound_at) from chat c where c.branch_id = b.id), b.id`;

/** Branches with what one person is in them. */
export function createPersonsBranches(db: Db) {
  return {
    /** Every branch this person serves or belongs to, the one bound first coming first. */
    branchesOf: async (person: PersonId): Promise<PersonsBranch[]> =>
      (await db.sql<PersonsBranch>(personsBranches + ofThisPerson, person)).map(withoutNull),

    /** The branch a group is tied to, with what the person is in it. */
    async ofGroup(group: ChatId, person: PersonId): Promise<PersonsBranch | undefined> {
      const where = ' where b.id = (select branch_id from chat where id = $2)';
      const [branch] = await db.sql<PersonsBranch>(personsBranches + where, person, group);
      return branch && withoutNull(branch);
    },
  };
}

const withoutNull = (branch: PersonsBranch): PersonsBranch => ({
  ...branch,
  group: branch.group ?? undefined,
});
