import type { Db } from '../db.ts';
import type { BranchId, DocumentId } from '../ids.ts';
import type { Passage } from '../retrieval/types.ts';
import type { Book } from './types.ts';

/** Documents as books: in order of their titles, with passages by their number. */
export function createBooks(db: Db) {
  const byTitle = new Intl.Collator('zh', { numeric: true });
  return {
    /** What the people of a branch can read, `第2章` before `第10章`. */
    async of(branch: BranchId): Promise<Book[]> {
      const rows = await db.client.document.findMany({
        where: { OR: [{ branchId: null }, { branchId: branch }], passageCount: { gt: 0 } },
        select: { id: true, title: true, source: true, passageCount: true, branchId: true },
        orderBy: { id: 'asc' },
      });
      return rows
        .map(({ id, title, source, passageCount: passages, branchId }) => {
          return { id: id as DocumentId, title, source, passages, own: branchId !== null };
        })
        .sort((one, other) => byTitle.compare(one.title, other.title));
    },

    /** The passage at `position`, from 0; undefined beyond the end. */
    async passage(document: DocumentId, position: number): Promise<Passage | undefined> {
      const found = await db.client.passage.findUnique({
        where: { documentId_position: { documentId: document, position } },
        select: { heading: true, text: true },
      });
      return found ?? undefined;
    },
  };
}
export type Books = ReturnType<typeof createBooks>;
