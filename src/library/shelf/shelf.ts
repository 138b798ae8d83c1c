import type { Clock } from '../../base/clock.ts';
import type { Db } from '../../database/db.ts';
import { type BranchId, DocumentId } from '../../base/ids.ts';
import type { Retrieval } from '../../answers/retrieval/retrieval.ts';
import { asDate, createSuperseding } from './superseding.ts';
import type { Already, Edition, ReadPassages, ShelvedDocument } from '../types.ts';

interface ShelfNeeds {
  db: Db;
  clock: Clock;
  retrieval: Retrieval;
  zone: string;
}

/** A document to be put on the shelf: of one branch, or without one, from the folder, of all. */
export interface DocumentToShelve {
  branch?: BranchId | null;
  /** For the branch's committee only. */
  committee?: boolean;
  title: string;
  source: string;
  hash: string;
  edition?: Edition;
}

/** Its passages, and the terms they are found by. */
type DocumentText = Pick<ReadPassages, 'passages' | 'postings'>;

/** Whether it was added, and which document it replaced. */
export interface ShelvingResult {
  how: ShelvedDocument['how'];
  before?: { id: DocumentId; title: string };
}

/**
 * Stores documents: one for each title in a branch, one for each path in the folder. A replaced document is
 * kept as history, and answers until the new text comes into force.
 */
export function createShelf({ db, clock, retrieval, zone }: ShelfNeeds) {
  const { replace, updateEndsOfEditions } = createSuperseding({ db, clock, zone });

  async function create(
    shelving: DocumentToShelve,
    { passages, postings }: DocumentText,
  ): Promise<number> {
    const { branch = null, committee = false, title, source, hash, edition: of = {} } = shelving;
    const { edition, from, to } = of;
    const told = { editionOn: asDate(edition?.day), editionKind: edition?.kind ?? null };
    const valid = { validFrom: asDate(from), validTo: asDate(to) };
    const data = { branchId: branch, committee, title, source, hash, ...told, ...valid };
    const { id } = await db.client.document.create({ data });
    await retrieval.index({ id: DocumentId.parse(id), title }, passages, postings);
    return id;
  }

  return {
    /** Whether this branch has the document already, or an older one with its title. */
    async already(branch: BranchId, title: string, hash: string): Promise<Already> {
      const rows = await db.client.document.findMany({
        where: {
          replacedById: null,
          OR: [
            { branchId: branch, OR: [{ title }, { hash }] },
            { branchId: null, hash },
          ],
        },
        select: { branchId: true, hash: true, state: true },
      });
      const same = rows.find((row) => row.branchId === branch && row.hash === hash);
      if (same) return same.state === 'retired' ? 'retired' : 'same';
      if (rows.some((row) => row.branchId === null)) return 'shared';
      return rows.length > 0 ? 'older' : 'none';
    },

    /** Stores a document with its passages; an earlier one with its title or path is replaced. */
    put: (shelving: DocumentToShelve, text: DocumentText): Promise<ShelvingResult> =>
      db.atomic(async () => {
        const { branch = null, title, source, hash, edition = {} } = shelving;
        const place = branch === null ? { branchId: null, source } : { branchId: branch, title };
        // Of two with one title or path at the same moment the second waits, and then replaces the first.
        await db.sql(
          `select pg_advisory_xact_lock(hashtextextended($1, 1))::text`,
          JSON.stringify(place),
        );
        const before = await db.client.document.findFirst({
          where: { ...place, replacedById: null },
        });
        if (before?.hash === hash) return restoreSame(before, shelving);
        // It refers to itself until the new document has an id.
        if (before) await replace(before.id, before.id, edition);
        const id = await create(shelving, text);
        if (before) await replace(before.id, id, edition);
        if (branch === null) await updateEndsOfEditions(title);
        if (!before) return { how: 'added' };
        if (before.title !== title) await updateEndsOfEditions(before.title);
        return {
          how: 'replaced',
          before: { id: DocumentId.parse(before.id), title: before.title },
        };
      }),

    async remove(id: DocumentId): Promise<void> {
      const gone = await db.client.document.findUnique({ where: { id } });
      await db.client.document.deleteMany({ where: { id } });
      if (gone?.branchId === null) await updateEndsOfEditions(gone.title);
    },
  };

  /** The same text is stored already: it is restored where it was retired, and opened to those it is meant for now. */
  async function restoreSame(
    { id, state, committee }: { id: number; state: string; committee: boolean },
    shelving: DocumentToShelve,
  ): Promise<ShelvingResult> {
    const wanted = { state: 'current', committee: shelving.committee ?? false };
    if (state === wanted.state && committee === wanted.committee) return { how: 'same' };
    await db.client.document.update({ where: { id }, data: wanted });
    return { how: 'added' };
  }
}
export type Shelf = ReturnType<typeof createShelf>;
