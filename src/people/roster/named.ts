import type { BranchId, PersonId } from '../../base/ids.ts';

export interface Named<Id> {
  id: Id;
  name: string;
}
export type Branch = Named<BranchId>;
export type Person = Named<PersonId>;
