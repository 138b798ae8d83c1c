import { Refusal } from '../../base/errors.ts';
import type { ChatId } from '../../base/ids.ts';
import type { PersonsBranch } from './types.ts';

export const nameLimit = 50;

/** Who wants to bind a group, and how the group and the name stand now. */
export interface Binding {
  admin: boolean;
  owner: boolean;
  external: boolean;
  /** The name of the branch this group is tied to. */
  tiedTo?: string;
  name: string;
}

/** Refuses people who may not bind this group at all. Who may join an existing branch is checked later. */
export function checkBinding({ admin, owner, external, tiedTo, name }: Binding): void {
  if (admin) return;
  if (!owner) throw new Refusal('NOT_OWNER_OR_ADMIN');
  if (external) throw new Refusal('NOT_ADMIN');
  if (tiedTo !== undefined && tiedTo !== name)
    throw new Refusal('GROUP_BOUND_ELSEWHERE', { branch: tiedTo });
}

type LivingBranch = PersonsBranch & { group: ChatId };
const isLiving = (branch: PersonsBranch): branch is LivingBranch => branch.group !== undefined;

/** The branch a command given in private acts in: one's own as secretary first, else as member. */
export function actingBranch(branches: PersonsBranch[]): LivingBranch | undefined {
  const living = branches.filter(isLiving);
  return living.find((branch) => branch.secretary) ?? living.find((branch) => branch.member);
}
