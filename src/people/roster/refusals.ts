import type { Nothing } from '../../base/errors.ts';

export interface RosterRefusals {
  // who may
  NOT_SECRETARY: Nothing;
  NOT_ADMIN: Nothing;
  NOT_OWNER_OR_ADMIN: Nothing;
  NOT_MEMBER: { name?: string };
  BRANCH_NAME_TAKEN: { name: string };
  GROUP_BOUND_ELSEWHERE: { branch: string };
  LAST_SECRETARY: Nothing;
  // where
  GROUP_NOT_BOUND: Nothing;
  NO_BRANCH: Nothing;
  GROUP_ONLY: Nothing;
}
declare module '../../base/errors.ts' {
  interface RefusalFacts extends RosterRefusals {}
}
