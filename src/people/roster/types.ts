import type { ChatId, PersonId } from '../../base/ids.ts';
import type { Branch, Person } from './named.ts';

export type { Branch, Named, Person } from './named.ts';
export type { BranchScope, SecretaryScope } from './scope.ts';

/** Where somebody speaks: a group, or alone with the bot. */
export interface Where {
  id: ChatId;
  kind: 'group' | 'private';
}

/**
 * What a person is in a place. In a group it concerns the branch of that group; in private all
 * branches, and `branch` is the one a command given there would act in.
 */
export interface Standing {
  admin: boolean;
  secretary: boolean;
  member: boolean;
  /** The group is tied to a branch; in private: the person has one. */
  bound: boolean;
  branch?: Branch;
}

export interface PersonsBranch extends Branch {
  secretary: boolean;
  member: boolean;
  /** The first group bound that is still there: what is done in private happens in it. */
  group?: ChatId;
}

/** The branch a command acts in, and the group its card goes to. */
export interface ActingBranch {
  branch: Branch;
  group: ChatId;
}

/** A group as the platform described it at `asOf`: who is in it, whose it is. */
export interface GroupSeen {
  name: string;
  owner?: PersonId;
  external: boolean;
  people: { person: PersonId; name: string }[];
  asOf: Date;
}

export interface Bound {
  branch: Branch;
  /** made new, joined by one more group, or tied to it before: nothing but the members changed. */
  how: 'made' | 'joined' | 'same';
  members: number;
  secretaries: Person[];
  /** The branch this group belonged to until now. */
  previous?: Branch;
}

/** People who came to or went from one group, and the branch it belongs to, if any. */
export interface Moved {
  branch?: Branch;
  people: Person[];
}
