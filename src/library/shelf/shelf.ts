import { localDay, type Clock } from '../../base/clock.ts';
import type { Db } from '../../database/db.ts';
import { type BranchId, DocumentId } from '../../base/ids.ts';
import type { Retrieval } from '../../answers/retrieval/retrieval.ts';
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

/** What stands in it. */
type DocumentText = Pick<ReadPassages, 'passages' | 'postings'>;

/** What became of it, and the document it replaced. */
export interface ShelvingResult {
  how: ShelvedDocument['how'];
  before?: { id: DocumentId; title: string };
}

/** `older`: the document `$1` with those whose place it took, and theirs. */
export const withOlder = `
  with recursive older as (
    select $1::int as id union select d.id from document d join older o on d.replaced_by_id = o.id
  )`;

/** A day as the database has it. */
const asDate = (day: string | undefined) => (day ? new Date(`${day}T00:00:00Z`) : null);

/**
 * Where documents stand: one per title in a branch, one per path of the folder. What is replaced is kept
 * as history and answers until the new text holds.
 */
export function createShelf({ db, clock, retrieval, zone }: ShelfNeeds) {
  const today = () => localDay(clock.now(), zone);

  /**
   * Gives up its place, and answers until `next` holds: at once, unless that one says a later day. So does
   * what it was itself to replace on a later day.
   */
  async function replace(id: number, next: number, { from = '' }: Edition): Promise<void> {
    const day = from > today() ? from : today();
    const data = { replacedById: next, supersededOn: asDate(day) };
    await db.client.document.update({ where: { id }, data });
    await db.sql(
      `${withOlder} update document set superseded_on = $2::date
       where id in (select id from older) and superseded_on > $2::date`,
      ...[id, day],
    );
    if (day === today())
      await db.sql(
        `${withOlder} delete from posting where document_id in (select id from older)`,
        id,
      );
  }

  /** Of the folder's documents of one title an edition answers until a later one holds. */
  const updateEndsOfEditions = (title: string) =>
    db.sql(
      `with standing as (
         select id, edition_on, coalesce(valid_from, edition_on) as holds from document
         where branch_id is null and replaced_by_id is null and title = $1
       ), given_way as (
         select s.id, (select n.holds from standing n where n.edition_on > s.edition_on
           order by n.edition_on limit 1) as day
         from standing s
       )
       update document d set superseded_on = g.day from given_way g
       where d.id = g.id and d.superseded_on is distinct from g.day`,
      title,
    );

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
    /** What adding a document to this branch would meet. */
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

    /** Puts a document on the shelf with its passages; one that stood in its place is replaced. */
    put: (shelving: DocumentToShelve, text: DocumentText): Promise<ShelvingResult> =>
      db.atomic(async () => {
        const { branch = null, title, source, hash, edition = {} } = shelving;
        const place = branch === null ? { branchId: null, source } : { branchId: branch, title };
        // Two that come for the same place at once: the later one waits, then finds the first.
        await db.sql(
          `select pg_advisory_xact_lock(hashtextextended($1, 1))::text`,
          JSON.stringify(place),
        );
        const before = await db.client.document.findFirst({
          where: { ...place, replacedById: null },
        });
        if (before?.hash === hash) return restoreSame(before, shelving);
        // It points to itself while nobody stands in its place yet.
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

  /** The very text is there: it may have been retired, or be meant for others now. */
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
