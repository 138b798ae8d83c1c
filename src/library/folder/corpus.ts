import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Db } from '../../database/db.ts';
import { Refusal } from '../../base/errors.ts';
import { largestFile } from '../files/claims.ts';
import { sha256 } from '../../base/hash.ts';
import { DocumentId } from '../../base/ids.ts';
import type { Log } from '../../base/log.ts';
import type { ReadAsDocument } from './read-as-document.ts';
import { createLock } from './lock.ts';
import { createFolderScan, isGone } from './scan.ts';
import { planSync, type HashedFile, type KeptDocument, type SyncPlan } from './rules.ts';
import { createSharedSynonyms } from './shared-synonyms.ts';
import type { Shelf } from '../shelf/shelf.ts';
import type { DependentsLookup } from '../shelf/dependents.ts';
import type { PendingRemoval, NotTaken, ImportProgress, RenewedDocument } from '../types.ts';
import { createPendingRemoval } from './pending-removal.ts';
import type { StoredSynonymLists } from '../synonyms/stored-synonym-lists.ts';

interface CorpusNeeds {
  db: Db;
  reading: ReadAsDocument;
  shelf: Shelf;
  lists: StoredSynonymLists;
  log: Log;
  folder: string;
  /** Called once for each set of missing documents. */
  onPendingRemoval(pending: PendingRemoval): Promise<void>;
  dependents: DependentsLookup;
  /** Files that were refused, said after each look at the folder that met new ones. */
  onNotTaken(files: NotTaken[]): Promise<void>;
  /** A document has a new text, and something depends on the old one. */
  onRenewed(renewed: RenewedDocument): Promise<void>;
}

/** The first import of a folder with fewer documents than this is waited for. */
const fewFiles = 1000;
/**
 * So many at once are read at a lower priority, since on a busy machine a few that somebody waits for would
 * hardly get on. After as many, and each time twice as many, the database looks at how its tables are filled.
 */
const manyFiles = 50;

/**
 * The folder of documents that belong to all (`CORPUS_DIR`), kept in step: what is new or changed is
 * read, what is gone is removed, unless so much is gone at once that an operator has to say so.
 * One replica does it. Reading goes on where it stopped, since what is there by its hash is left alone.
 */
export function createCorpus(needs: CorpusNeeds) {
  const { db, reading, shelf, lists, log, folder } = needs;
  const { onPendingRemoval, dependents, onRenewed, onNotTaken } = needs;
  const words = createSharedSynonyms({ lists, log, folder });
  const lock = createLock(db, 'xueban.corpus');
  const look = createFolderScan({ folder, log });
  const pendingRemoval = createPendingRemoval({ folder, log, onPendingRemoval });
  const failed = new Map<string, string>();
  let progress: ImportProgress = {
    isReady: false,
    running: false,
    done: 0,
    total: 0,
    failed: 0,
    pendingRemoval: 0,
  };
  let stopped = false;
  const isStopped = () => stopped;
  let current: Promise<void> | undefined;

  const tell = (change: Partial<ImportProgress>) => (progress = { ...progress, ...change });

  async function sync(): Promise<void> {
    if (isStopped() || !(await lock.take())) return void tell({ isReady: true });
    const { documents: found, lists: wordFiles } = await look();
    const kept = await db.sql<KeptDocument>(
      'select id, source, hash from document where branch_id is null and replaced_by_id is null',
    );
    const plan = planSync(kept, found);
    forgetMended(plan.read);
    const toRead = plan.read.filter(({ path, hash }) => failed.get(path) !== hash);
    tell({
      isReady: progress.isReady || !isFirst(kept, found, toRead),
      running: toRead.length > 0,
      failed: failed.size,
      total: found.length,
      done: found.length - toRead.length,
    });
    await tidy(plan, kept.length);
    const notTaken = await words.sync(wordFiles, { mayRemove: !plan.needsConfirmation });
    for (const [read, file] of toRead.entries()) {
      if (isStopped()) break;
      if (isTimeToCount(read)) await countTables();
      const fault = await add(file, { isBulk: toRead.length >= manyFiles });
      if (fault) notTaken.push(fault);
      tell({ done: progress.done + 1, failed: failed.size });
    }
    if (notTaken.length > 0) await onNotTaken(notTaken);
    if (isStopped()) return;
    if (toRead.length >= manyFiles) await countTables();
    const { total, done } = progress;
    if (toRead.length > 0)
      log.info({ folder, total, done, failed: failed.size }, 'documents in step');
  }

  /** Without it questions are answered by what was known of a smaller library, several times slower. */
  const countTables = () => db.sql('analyze document, passage, term, posting');

  /** What failed and is gone by now, or again as the library has it, is no fault any more. */
  function forgetMended(different: HashedFile[]): void {
    const names = new Set(different.map(({ path }) => path));
    for (const name of failed.keys()) if (!names.has(name)) failed.delete(name);
  }

  async function tidy(
    { moved, removed, needsConfirmation }: SyncPlan,
    kept: number,
  ): Promise<void> {
    for (const { id, path: source, from } of moved) {
      await db.client.document.update({ where: { id }, data: { source } });
      log.info({ from, to: source }, 'document moved');
    }
    if (needsConfirmation && !(await pendingRemoval.isConfirmed())) {
      tell({ pendingRemoval: removed.length });
      return pendingRemoval.tell(removed, kept);
    }
    tell({ pendingRemoval: 0 });
    pendingRemoval.forget();
    for (const { id, source } of removed) {
      await shelf.remove(DocumentId.parse(id));
      log.info({ source }, 'document removed');
    }
  }

  /** A file that cannot be read stops nothing but itself; what was there of it before stays. */
  async function add(file: HashedFile, as: { isBulk: boolean }): Promise<NotTaken | undefined> {
    try {
      const size = (await stat(path.join(folder, file.path))).size;
      // Looked at first: a file of any size must not be in memory as a whole.
      if (size > largestFile)
        throw new Refusal('FILE_TOO_BIG', { limit: largestFile / 1024 / 1024 });
      const bytes = await readFile(path.join(folder, file.path));
      const { title, edition, ...text } = await reading(file.path, bytes, as);
      const shelving = { title, source: file.path, hash: sha256(bytes), edition };
      const { before } = await shelf.put(shelving, text);
      if (before) await tellRenewed({ title, edition }, before);
      failed.delete(file.path);
      return undefined;
    } catch (error) {
      if (isGone(error)) return undefined;
      failed.set(file.path, file.hash);
      log.warn({ path: file.path, ...reasonOf(error) }, messageOf(error));
      const why = error instanceof Refusal ? { code: error.code, facts: error.facts } : undefined;
      return { path: file.path, hash: file.hash, why };
    }
  }

  async function tellRenewed(
    now: Omit<RenewedDocument, 'dependents'>,
    before: { id: DocumentId; title: string },
  ) {
    log.info({ title: now.title, edition: now.edition.edition?.day }, 'document replaced');
    const found = await dependents.of({ title: before.title, document: before.id });
    if (found.length > 0) await onRenewed({ ...now, dependents: found });
  }

  return {
    progress: (): ImportProgress => progress,

    /** Brings the library in step once; a call while one runs waits for that one and then runs again. */
    async sync(): Promise<void> {
      await current;
      current ??= sync()
        .catch((error: unknown) => {
          log.error({ err: error, folder }, 'the folder of documents could not be kept in step');
          tell({ isReady: true });
        })
        .finally(() => {
          current = undefined;
          tell({ running: false, isReady: true });
        });
      return current;
    },

    async stop(): Promise<void> {
      stopped = true;
      await current;
      await lock.release();
    },
  };
}
export type Corpus = ReturnType<typeof createCorpus>;

const isConfidential = (error: unknown) =>
  error instanceof Refusal && (error.code === 'FILE_MARKED' || error.code === 'FILE_PERSONAL');

const messageOf = (error: unknown) =>
  isConfidential(error)
    ? 'document refused: it is marked as secret or internal, or holds personal numbers'
    : 'document could not be read';

const reasonOf = (error: unknown) =>
  error instanceof Refusal ? { code: error.code, ...error.facts } : { err: error };

/** After 50, 100, 200… files that were read. */
const isTimeToCount = (read: number) =>
  read >= manyFiles && Number.isInteger(Math.log2(read / manyFiles));

/** The first import of a small folder, or one that was interrupted before its middle. */
const isFirst = (kept: KeptDocument[], found: HashedFile[], toRead: HashedFile[]) =>
  found.length < fewFiles && (kept.length === 0 || toRead.length > found.length / 2);
