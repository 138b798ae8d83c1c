import type { Clock } from '../../base/clock.ts';
import type { Db } from '../../database/db.ts';
import type { BranchId } from '../../base/ids.ts';
import { defaultSynonyms } from '../../answers/words/default-synonyms.ts';

interface StoredSynonymListsNeeds {
  db: Db;
  clock: Clock;
}
interface ListToStore {
  /** Undefined: the one of all, from the folder. */
  branch?: BranchId;
  text: string;
  hash: string;
}

/** Lists of synonyms: one of each branch that has sent one, and one of all. They count from their commit on. */
export function createStoredSynonymLists({ db, clock }: StoredSynonymListsNeeds) {
  const find = (branch?: BranchId) =>
    db.client.synonymList.findFirst({ where: { branchId: branch ?? null } });

  return {
    /** The list a branch has now, or that of all; undefined where there is none. */
    find,

    /** What a branch would edit: its own list, or undefined, and the words that count everywhere. */
    async toEdit(branch: BranchId): Promise<{ own?: string; shipped: string }> {
      return { own: (await find(branch))?.text, shipped: defaultSynonyms };
    },

    /** Puts a list in the place of the one before. */
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

    /** The one of all is gone from the folder. True where there was one. */
    async removeShared(): Promise<boolean> {
      const { count } = await db.client.synonymList.deleteMany({ where: { branchId: null } });
      return count > 0;
    },
  };
}
export type StoredSynonymLists = ReturnType<typeof createStoredSynonymLists>;
