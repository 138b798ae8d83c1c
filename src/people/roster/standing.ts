import type { Db } from '../../database/db.ts';
import { Refusal } from '../../base/errors.ts';
import type { BranchId, PersonId } from '../../base/ids.ts';
import type { Scope } from '../../answers/retrieval/types.ts';
import { createNames } from './names.ts';
import { createPersonsBranches } from './persons-branches.ts';
import { actingBranch } from './rules.ts';
import { createSecretaries } from './secretaries.ts';
import type { ActingBranch, Branch, PersonsBranch, Standing, Where } from './types.ts';

/** The questions everybody asks the roster: who is this, here? */
export function createStandings(db: Db, admins: () => ReadonlySet<PersonId>) {
  const { branchesOf, ofGroup } = createPersonsBranches(db);

  return {
    branchesOf,
    ...createSecretaries(db, admins),
    ...createNames(db),

    isAdmin: (person: PersonId): boolean => admins().has(person),

    async standing(person: PersonId, place: Where): Promise<Standing> {
      const admin = admins().has(person);
      const all =
        place.kind === 'group' ? [await ofGroup(place.id, person)] : await branchesOf(person);
      const known = all.filter((branch) => branch !== undefined);
      const here = place.kind === 'group' ? known[0] : actingBranch(known);
      return {
        admin,
        secretary: known.some((branch) => branch.secretary),
        member: known.some((branch) => branch.member),
        bound: known.length > 0,
        branch: here && { id: here.id, name: here.name },
      };
    },

    /**
     * The branch a command acts in and the group it acts in: this group's, or in private the first
     * group bound of the person's own branch. Refuses where there is none.
     */
    async branchHere(person: PersonId, place: Where): Promise<ActingBranch> {
      if (place.kind === 'group') {
        const here = await ofGroup(place.id, person);
        if (!here) throw new Refusal('GROUP_NOT_BOUND');
        return { branch: { id: here.id, name: here.name }, group: place.id };
      }
      const here = actingBranch(await branchesOf(person));
      if (!here) throw new Refusal('NO_BRANCH');
      return { branch: { id: here.id, name: here.name }, group: here.group };
    },

    /** The branches in which a number given here can mean something to this person; refuses where there is none. */
    async branchesMeant(person: PersonId, place: Where): Promise<BranchId[]> {
      if (place.kind === 'group') {
        const here = await ofGroup(place.id, person);
        if (!here) throw new Refusal('GROUP_NOT_BOUND');
        return [here.id];
      }
      const branches = await branchesOf(person);
      if (branches.length === 0) throw new Refusal('NO_BRANCH');
      return branches.map(({ id }) => id);
    },

    /** The branches a member speaks in: a group's own, in private all of theirs; refuses who is in none. */
    async asMember(person: PersonId, place: Where): Promise<BranchId[]> {
      const own = (await branchesOf(person)).map(({ id }) => id);
      if (place.kind === 'private') {
        if (own.length === 0) throw new Refusal('NO_BRANCH');
        return own;
      }
      const here = await ofGroup(place.id, person);
      if (!here) throw new Refusal('GROUP_NOT_BOUND');
      if (!own.includes(here.id)) throw new Refusal('NOT_MEMBER', {});
      return [here.id];
    },

    /** Of the branches meant here those that this person serves or belongs to: a group's own, in private all. */
    async ownHere(person: PersonId, place: Where): Promise<PersonsBranch[]> {
      const own = await branchesOf(person);
      if (place.kind === 'private') return own;
      const here = await ofGroup(place.id, person);
      return own.filter(({ id }) => id === here?.id);
    },

    /** The branches this person serves here: a group's own, in private every one; refuses where there is none. */
    async branchesServed(person: PersonId, place: Where): Promise<Branch[]> {
      const group = place.kind === 'group' ? await ofGroup(place.id, person) : undefined;
      if (place.kind === 'group' && !group) throw new Refusal('GROUP_NOT_BOUND');
      const all = group ? [group] : await branchesOf(person);
      if (all.length === 0) throw new Refusal('NO_BRANCH');
      const own = all.filter(({ secretary }) => secretary);
      if (own.length === 0) throw new Refusal('NOT_SECRETARY');
      return own.map(({ id, name }) => ({ id, name }));
    },

    /**
     * Whose documents this person may read here: in a group its branch's; in private, or without a place,
     * those of all their branches, and what is for a committee only where they hold a role in it.
     */
    async mayRead(
      person: PersonId,
      place?: Where,
    ): Promise<Pick<Scope, 'branches' | 'committees'>> {
      if (place?.kind === 'group') {
        const here = await ofGroup(place.id, person);
        return { branches: here ? [here.id] : [] };
      }
      const all = await branchesOf(person);
      const committees = all.filter(({ secretary }) => secretary).map(({ id }) => id);
      return { branches: all.map(({ id }) => id), committees };
    },
  };
}

export type Standings = ReturnType<typeof createStandings>;
