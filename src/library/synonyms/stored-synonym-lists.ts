import type { Clock } from '../../base/clock.ts';
import type { Db } from '../../database/db.ts';
import type { BranchId } from '../../base/ids.ts';
import type { BranchScope } from '../../people/roster/types.ts';
import { defaultSynonyms } from '../../answers/words/default-synonyms.ts';
import type { BranchSynonyms } from '../types.ts';

interface StoredSynonymListsNeeds {
  db: Db;
  clock: Clock;
}
interface ListToStore {
  /** Undefined for the shared list of the folder. */
  branch?: BranchId;
  text: string;
  hash: string;
}

/** Lists of synonyms: one for each branch that has sent one, and one for all. They count once committed. */
export function createStoredSynonymLists({ db, clock }: StoredSynonymListsNeeds) {
  const find = (branch?: BranchId) =>
    db.client.synonymList.findFirst({ where: { branchId: branch ?? null } });

  return {
    /** The list of a branch, or without one the shared list; undefined where there is none. */
    find,

    /** The lists of these branches for editing: each one's own, if it has one, and the synonyms that ship. */
    async toEdit({ branches }: BranchScope): Promise<BranchSynonyms[]> {
      const all: BranchSynonyms[] = [];
      for (const branch of branches)
        all.push({ branch, own: (await find(branch.id))?.text, shipped: defaultSynonyms });
      return all;
    },

    /** Stores a list in place of the earlier one. */
    async put({ branch, text, hash }: ListToStore): Promise<'added' | 'replaced' | 'same'> {
      const before = await find(branch);
      if (before?.hash === hash) return 'same';
      await db.sql(
        `insert into synonym_list (branch_id, text, hash, updated_at) values ($1::int, $2, $3, $4)
         on conflict (coalesce(branch_id, 0))
         do update set text = excluded.text, hash = excluded.hash, updated_at = excluded.updated_at`,
        ...[branch ?? null, text, hash, clock.now()],
      );
      return before ? 'replaced' : 'added';
    },

    /** Removes the shared list. True where there was one. */
    async removeShared(): Promise<boolean> {
      const { count } = await db.client.synonymList.deleteMany({ where: { branchId: null } });
      return count > 0;
    },
  };
}
export type StoredSynonymLists = ReturnType<typeof createStoredSynonymLists>;
