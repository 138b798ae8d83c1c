/** A document of the folder that the library holds. */
export interface KeptDocument {
  id: number;
  source: string;
  hash: string;
}

/** A file in the folder, with the hash of its bytes. */
export interface HashedFile {
  path: string;
  hash: string;
}

export interface SyncPlan {
  /** New or changed. */
  read: HashedFile[];
  /** The same bytes under another path. */
  moved: { id: number; path: string; from: string }[];
  removed: KeptDocument[];
  /** So many documents are gone at once that an operator has to confirm their removal. */
  needsConfirmation: boolean;
}

/** Where a larger share of the documents is gone at once, a missing mount is likelier than a clean-up. */
const mostRemovedShare = 0.3;

/** What has to be done to bring the library in step with the folder. */
export function planSync(kept: KeptDocument[], files: HashedFile[]): SyncPlan {
  const bySource = new Map(kept.map((each) => [each.source, each]));
  const paths = new Set(files.map(({ path }) => path));
  const gone = kept.filter(({ source }) => !paths.has(source));
  const goneByHash = new Map(gone.map((each) => [each.hash, each]));
  const plan: SyncPlan = { read: [], moved: [], removed: [], needsConfirmation: false };
  for (const file of files) {
    const known = bySource.get(file.path);
    const from = known ? undefined : goneByHash.get(file.hash);
    if (from) {
      goneByHash.delete(file.hash);
      plan.moved.push({ id: from.id, path: file.path, from: from.source });
    } else if (known?.hash !== file.hash) plan.read.push(file);
  }
  const moved = new Set(plan.moved.map(({ id }) => id));
  plan.removed = gone.filter(({ id }) => !moved.has(id));
  plan.needsConfirmation = isSuspicious(plan.removed.length, kept.length, files.length);
  return plan;
}

function isSuspicious(removed: number, kept: number, found: number): boolean {
  return removed > 0 && (found === 0 || removed > kept * mostRemovedShare);
}

/** An import of fewer documents than this counts as small. */
const smallFolder = 1000;

/** The first import of a small folder, or one that was interrupted before its middle. */
export const isFirstImport = (kept: KeptDocument[], files: HashedFile[], toRead: HashedFile[]) =>
  files.length < smallFolder && (kept.length === 0 || toRead.length > files.length / 2);

/**
 * From so many files on an import is a bulk import: it runs at a lower priority, so that files which somebody
 * waits for are read first.
 */
const bulkImport = 50;
export const isBulkImport = (toRead: number) => toRead >= bulkImport;

/** True after 50, 100, 200… files: the database analyses its tables then. */
export const isTimeToAnalyze = (read: number) =>
  read >= bulkImport && Number.isInteger(Math.log2(read / bulkImport));
