import { localDay, type Clock } from '../../base/clock.ts';
import type { Db } from '../../database/db.ts';
import type { BranchId, DocumentId } from '../../base/ids.ts';
import { mayAnswer, scopeValues } from '../../answers/retrieval/permission.ts';
import type { Passage } from '../../answers/retrieval/types.ts';
import type { Book } from '../types.ts';

/** Documents to be read from beginning to end: in order of their titles, passage by passage. */
export function createBooks({ db, clock, zone }: { db: Db; clock: Clock; zone: string }) {
  const byTitle = new Intl.Collator('zh', { numeric: true });
  return {
    /** What the members of a branch can read now, without documents for its committee; `第2章` before `第10章`. */
    async of(branch: BranchId): Promise<Book[]> {
      const day = localDay(clock.now(), zone);
      const books = await db.sql<Book>(
        `select id, title, source, passage_count as passages, branch_id is not null as own from document
         where passage_count > 0 and ${mayAnswer('$1', '$2', '$3')} order by id`,
        ...scopeValues({ branches: [branch], day }),
      );
      return books.sort((one, other) => byTitle.compare(one.title, other.title));
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
