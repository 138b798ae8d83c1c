import { Refusal } from '../../base/errors.ts';
import type { BranchId, PersonId } from '../../base/ids.ts';
import type { Branch } from './named.ts';

/**
 * Proof that what only the secretaries of these branches may see may be asked for. A query of that kind takes
 * one, so none can be asked without. Made in this folder alone: the private field keeps everything else from
 * having this type.
 */
export class BranchScope {
  readonly #branches: readonly Branch[];

  constructor(branches: readonly Branch[]) {
    this.#branches = branches;
  }

  get branches(): readonly Branch[] {
    return this.#branches;
  }

  get ids(): BranchId[] {
    return this.#branches.map(({ id }) => id);
  }

  covers(branch: BranchId): boolean {
    return this.#branches.some(({ id }) => id === branch);
  }

  /** The branch, unless it is another one: that is refused. */
  require(branch: BranchId): Branch {
    const found = this.#branches.find(({ id }) => id === branch);
    if (!found) throw new Refusal('NOT_SECRETARY');
    return found;
  }
}

/** The same for one of their secretaries, who may decide there as well. */
export class SecretaryScope extends BranchScope {
  readonly by: PersonId;

  constructor(branches: readonly Branch[], by: PersonId) {
    super(branches);
    this.by = by;
  }
}
