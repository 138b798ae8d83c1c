import type { Db } from '../db.ts';
import type { BranchId, DocumentId } from '../ids.ts';
import type { Passage } from '../retrieval/types.ts';
import type { Retrieval } from '../retrieval/retrieval.ts';
import type { Already, Shelved } from './types.ts';

/** A document to be put on the shelf: of one branch, or without one, from the folder, of all. */
export interface Shelving {
  branch?: BranchId | null;
  title: string;
  source: string;
  hash: string;
}

/** Where documents stand: one per title in a branch, one per path of the folder. */
export function createShelf({ db, retrieval }: { db: Db; retrieval: Retrieval }) {
  return {
    /** What adding a document to this branch would meet. */
    async already(branch: BranchId, title: string, hash: string): Promise<Already> {
      const rows = await db.client.document.findMany({
        where: {
          OR: [
            { branchId: branch, OR: [{ title }, { hash }] },
            { branchId: null, hash },
          ],
        },
        select: { branchId: true, hash: true },
      });
      if (rows.some((row) => row.branchId === branch && row.hash === hash)) return 'same';
      if (rows.some((row) => row.branchId === null)) return 'shared';
      return rows.length > 0 ? 'older' : 'none';
    },

    /** Puts a document on the shelf with its passages; one that stood in its place is replaced. */
    put: (
      { branch = null, title, source, hash }: Shelving,
      passages: Passage[],
    ): Promise<Shelved['how']> =>
      db.atomic(async () => {
        const place = branch === null ? { branchId: null, source } : { branchId: branch, title };
        // Two that come for the same place at once: the later one waits, then finds the first.
        await db.sql(
          `select pg_advisory_xact_lock(hashtextextended($1, 1))::text`,
          JSON.stringify(place),
        );
        const before = await db.client.document.findFirst({ where: place });
        if (before?.hash === hash) return 'same';
        if (before) await db.client.document.delete({ where: { id: before.id } });
        const data = { branchId: branch, title, source, hash };
        const { id } = await db.client.document.create({ data });
        await retrieval.index({ id: id as DocumentId, title }, passages);
        return before ? 'replaced' : 'added';
      }),

    async remove(id: DocumentId): Promise<void> {
      await db.client.document.deleteMany({ where: { id } });
    },
  };
}
export type Shelf = ReturnType<typeof createShelf>;
