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
import { createListedDocuments } from './shelf/listed-documents.ts';
import { createRetirement } from './shelf/retirement.ts';
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
  /** Opened and closed by the caller. */
  reading: FileReading;
  log: Log;
  /** The folder of documents that all branches share, if there is one. */
  folder?: string;
  /** Adds vectors to passages, where an embedding model is configured. */
  backfill?: VectorBackfill;
  /** The time zone that decides which day it is. */
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
  const { db, clock, retrieval, folder, zone } = needs;
  const shelf = createShelf({ db, clock, retrieval, zone });
  const dependents = createDependentsLookup(db);
  const documents = createListedDocuments({ db, clock, zone });
  const synonyms = createStoredSynonymLists({ db, clock });
  const corpus = createCorpusOf({ ...needs, shelf, dependents, lists: synonyms });
  const progress = (): ImportProgress => corpus?.progress() ?? noFolder;
  const documentFile = createDocumentFile({ shelf, dependents });
  let watching: ReturnType<typeof watchCorpus> | undefined;

  return {
    /** The kinds of file that the library takes; handlers add their cards. */
    files: {
      document: { ...documentSource, ...documentFile },
      linked: { ...linkedSource, ...documentFile },
      bank: { ...bankSource, ...createBankFile(createStoredBanks({ db })) },
      survey: surveySource,
      synonyms: { ...synonymsSource, ...createSynonymsFile(synonyms) },
    },

    /** Lists the documents of branches for their secretaries. */
    catalogue: createCatalogue({ documents, progress }),
    /** Retires and restores documents. */
    retirement: createRetirement({ db, documents, dependents }),
    /** Lists of synonyms. */
    synonyms,
    /** Documents to be read from beginning to end, as daily readings do. */
    books: createBooks({ db, clock, zone }),

    /** How far the library is in step with the folder. */
    progress,
    /** Brings the library in step with the folder now. */
    sync: async (): Promise<void> => corpus?.sync(),

    /** Keeps the library in step with the folder, and passages with their vectors, from now on. */
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

type Stores = Pick<Parameters<typeof createCorpus>[0], 'shelf' | 'dependents' | 'lists'>;

const createCorpusOf = ({ folder, reading, ...needs }: LibraryNeeds & Stores) =>
  folder === undefined
    ? undefined
    : createCorpus({ ...needs, folder, reading: createReadAsDocument(reading) });
