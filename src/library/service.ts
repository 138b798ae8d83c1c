import type { Clock } from '../base/clock.ts';
import type { Db } from '../database/db.ts';
import type { FileReading } from './files/file-reading.ts';
import type { Log } from '../base/log.ts';
import type { Retrieval } from '../answers/retrieval/retrieval.ts';
import { bankSource, createBankFile, surveySource } from './banks/bank-file.ts';
import { createStoredBanks } from './banks/stored-banks.ts';
import { createBooks } from './shelf/documents-as-books.ts';
import { createCatalogue } from './shelf/catalogue.ts';
import { createCorpus } from './folder/corpus.ts';
import { createDocumentFile, documentSource, linkedSource } from './shelf/document-file.ts';
import { createReadAsDocument } from './folder/read-as-document.ts';
import type { VectorBackfill } from './meaning/vector-backfill.ts';
import { createShelf } from './shelf/shelf.ts';
import { createDependentsLookup } from './shelf/dependents.ts';
import { createSynonymsFile, synonymsSource } from './synonyms/synonyms-file.ts';
import type { PendingRemoval, NotTaken, ImportProgress, RenewedDocument } from './types.ts';
import { watchCorpus } from './folder/watch.ts';
import { createStoredSynonymLists } from './synonyms/stored-synonym-lists.ts';

interface LibraryNeeds {
  db: Db;
  clock: Clock;
  retrieval: Retrieval;
  /** Opened and closed by whoever makes the library. */
  reading: FileReading;
  log: Log;
  /** The folder of documents that belong to all, if there is one. */
  folder?: string;
  /** Gives passages their vectors, where a model is set. */
  backfill?: VectorBackfill;
  /** In which it is today. */
  zone: string;
  onPendingRemoval(pending: PendingRemoval): Promise<void>;
  /** Files of the folder that were refused; the same ones may come again after a restart. */
  onNotTaken(files: NotTaken[]): Promise<void>;
  /** A document of the folder has a new text, and something depends on the old one. */
  onRenewed(renewed: RenewedDocument): Promise<void>;
}

const noFolder: ImportProgress = {
  isReady: true,
  running: false,
  done: 0,
  total: 0,
  failed: 0,
  pendingRemoval: 0,
};

/** Study documents: a folder kept in step, and files that secretaries send for their branch. */
export function createLibrary(needs: LibraryNeeds) {
  const { db, clock, retrieval, reading, log, folder, zone } = needs;
  const { onPendingRemoval, onRenewed, onNotTaken } = needs;
  const shelf = createShelf({ db, clock, retrieval, zone });
  const dependents = createDependentsLookup(db);
  const banks = createStoredBanks({ db });
  const lists = createStoredSynonymLists({ db, clock });
  const documentFile = createDocumentFile({ shelf, dependents });
  const readDocument = createReadAsDocument(reading);
  const keeping = { lists, db, shelf, log, dependents, onPendingRemoval, onRenewed, onNotTaken };
  const corpus =
    folder === undefined ? undefined : createCorpus({ ...keeping, reading: readDocument, folder });
  const progress = (): ImportProgress => corpus?.progress() ?? noFolder;
  let watching: ReturnType<typeof watchCorpus> | undefined;

  return {
    /** The kinds of file of which the library is made, but for their cards. */
    files: {
      document: { ...documentSource, ...documentFile },
      linked: { ...linkedSource, ...documentFile },
      bank: { ...bankSource, ...createBankFile(banks) },
      survey: surveySource,
      synonyms: { ...synonymsSource, ...createSynonymsFile(lists) },
    },
    banks,
    catalogue: createCatalogue({ db, clock, zone, dependents, lists, progress }),
    books: createBooks({ db, clock, zone }),
    /** How far the folder is in step: an import that runs is told, and seldom waited for. */
    progress,

    /** Brings the library in step with the folder now. */
    sync: async (): Promise<void> => corpus?.sync(),

    /** Keeps the library in step with the folder from now on. */
    start(): void {
      if (corpus && folder !== undefined) watching ??= watchCorpus(corpus, folder);
      needs.backfill?.start();
    },

    async stop(): Promise<void> {
      await (watching ?? corpus)?.stop();
      await needs.backfill?.stop();
    },
  };
}
export type Library = ReturnType<typeof createLibrary>;
