import type { Db } from '../../database/db.ts';
import type { StoredSynonymLists } from '../synonyms/stored-synonym-lists.ts';
import type { ImportProgress, NotTaken } from '../types.ts';
import { createFailedFiles } from './failed-files.ts';
import { createFileImport, type FileImportNeeds } from './file-import.ts';
import { createLock } from './lock.ts';
import { createRemoval, type RemovalNeeds } from './removal.ts';
import {
  type HashedFile,
  isBulkImport,
  isFirstImport,
  isTimeToAnalyze,
  type KeptDocument,
  planSync,
} from './rules.ts';
import { createFolderScan } from './scan.ts';
import { createSharedSynonyms } from './shared-synonyms.ts';

interface CorpusNeeds extends FileImportNeeds, RemovalNeeds {
  db: Db;
  lists: StoredSynonymLists;
  /** Called with the files that were refused, after each scan of the folder that met new ones. */
  onNotTaken(files: NotTaken[]): Promise<void>;
}

/**
 * The folder of documents that all branches share (`CORPUS_DIR`). The library is kept in step with it: new and
 * changed files are read, documents whose files are gone are removed; many at once only after an operator has
 * confirmed it. One replica does it. Interrupted work continues, since files with a known hash are skipped.
 */
export function createCorpus(needs: CorpusNeeds) {
  const { db, lists, log, folder, onNotTaken } = needs;
  const synonyms = createSharedSynonyms({ lists, log, folder });
  const lock = createLock(db, 'xueban.corpus');
  const scan = createFolderScan({ folder, log });
  const failures = createFailedFiles();
  const importFile = createFileImport({ ...needs, failures });
  const followMovesAndRemovals = createRemoval(needs);
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

  const report = (change: Partial<ImportProgress>) => (progress = { ...progress, ...change });

  async function sync(): Promise<void> {
    if (isStopped() || !(await lock.take())) return void report({ isReady: true });
    const { documents: files, lists: synonymFiles } = await scan();
    const kept = await db.sql<KeptDocument>(
      'select id, source, hash from document where branch_id is null and replaced_by_id is null',
    );
    const plan = planSync(kept, files);
    failures.keepOnly(plan.read);
    const toRead = plan.read.filter((file) => !failures.has(file));
    report({
      isReady: progress.isReady || !isFirstImport(kept, files, toRead),
      running: toRead.length > 0,
      failed: failures.count(),
      total: files.length,
      done: files.length - toRead.length,
    });
    report({ pendingRemoval: await followMovesAndRemovals(plan, kept.length) });
    const notTaken = await synonyms.sync(synonymFiles, { mayRemove: !plan.needsConfirmation });
    notTaken.push(...(await importAll(toRead)));
    if (notTaken.length > 0) await onNotTaken(notTaken);
    if (isStopped()) return;
    if (isBulkImport(toRead.length)) await analyzeTables();
    const { total, done } = progress;
    if (toRead.length > 0)
      log.info({ folder, total, done, failed: failures.count() }, 'documents in step');
  }

  async function importAll(toRead: readonly HashedFile[]): Promise<NotTaken[]> {
    const notTaken: NotTaken[] = [];
    for (const [read, file] of toRead.entries()) {
      if (isStopped()) break;
      if (isTimeToAnalyze(read)) await analyzeTables();
      const fault = await importFile(file, { isBulk: isBulkImport(toRead.length) });
      if (fault) notTaken.push(fault);
      report({ done: progress.done + 1, failed: failures.count() });
    }
    return notTaken;
  }

  /** Otherwise the database plans searches for a much smaller library, and they take several times longer. */
  const analyzeTables = () => db.sql('analyze document, passage, term, posting');

  return {
    progress: (): ImportProgress => progress,

    /** Brings the library in step once; a call while one runs waits for that one and then runs again. */
    async sync(): Promise<void> {
      await current;
      current ??= sync()
        .catch((error: unknown) => {
          log.error({ err: error, folder }, 'the folder of documents could not be kept in step');
          report({ isReady: true });
        })
        .finally(() => {
          current = undefined;
          report({ running: false, isReady: true });
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
