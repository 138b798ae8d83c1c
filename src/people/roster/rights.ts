import type { Db } from '../../database/db.ts';
import { Refusal } from '../../base/errors.ts';
import type { BranchId, PersonId } from '../../base/ids.ts';
import { BranchScope, SecretaryScope } from './scope.ts';
import type { Standings } from './standing.ts';
import type { ActingBranch, Branch, Where } from './types.ts';

/** Where a secretary acts, with the proof that they may. */
export interface Acting extends ActingBranch {
  scope: SecretaryScope;
}

/** Rights are proved here once, and handed on as a scope; whoever has none is refused. */
export function createRights(db: Db, standings: Standings) {
  const served = async (person: PersonId): Promise<Branch[]> =>
    (await standings.branchesOf(person))
      .filter(({ secretary }) => secretary)
      .map(({ id, name }) => ({ id, name }));

  /** As secretary of this branch. */
  async function asSecretary(person: PersonId, branch: BranchId): Promise<SecretaryScope> {
    const [own] = await db.sql<Branch>(
      `select b.id, b.name from branch b join role r on r.branch_id = b.id
       where b.id = $1 and r.person_id = $2 and r.kind = 'secretary' and r.until is null`,
      branch,
      person,
    );
    if (!own) throw new Refusal('NOT_SECRETARY');
    return new SecretaryScope([own], person);
  }

  return {
    asSecretary,

    /** As secretary of the branches meant here: a group's own, in private every one that they serve. */
    async asSecretaryHere(person: PersonId, place: Where): Promise<SecretaryScope> {
      return new SecretaryScope(await standings.branchesServed(person, place), person);
    },

    /** As secretary of the branch in which a command given here acts, and in the group it acts in. */
    async acting(person: PersonId, place: Where): Promise<Acting> {
      const here = await standings.branchHere(person, place);
      return { ...here, scope: await asSecretary(person, here.branch.id) };
    },

    /** As secretary of every branch they serve, which may be none: what is asked for is refused elsewhere. */
    async asSecretaryNow(person: PersonId): Promise<SecretaryScope> {
      return new SecretaryScope(await served(person), person);
    },

    /** The same; refuses who serves none. */
    async asSecretaryAnywhere(person: PersonId): Promise<SecretaryScope> {
      const branches = await served(person);
      if (branches.length === 0) throw new Refusal('NOT_SECRETARY');
      return new SecretaryScope(branches, person);
    },

    /** As the house itself, which tells the secretaries of a branch what is theirs to know. For jobs alone. */
    asHouse: (branch: Branch, _reason: string): BranchScope => new BranchScope([branch]),
  };
}
