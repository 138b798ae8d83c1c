import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { Refusal } from '../../base/errors.ts';
import { largestFile } from '../files/claims.ts';
import { sha256 } from '../../base/hash.ts';
import type { DocumentId } from '../../base/ids.ts';
import type { Log } from '../../base/log.ts';
import type { Shelf } from '../shelf/shelf.ts';
import type { DependentsLookup } from '../shelf/dependents.ts';
import type { NotTaken, RenewedDocument } from '../types.ts';
import type { FailedFiles } from './failed-files.ts';
import type { ReadAsDocument } from './read-as-document.ts';
import type { HashedFile } from './rules.ts';
import { isGone } from './scan.ts';

export interface FileImportNeeds {
  reading: ReadAsDocument;
  shelf: Shelf;
  dependents: DependentsLookup;
  log: Log;
  folder: string;
  /** A document has a new text, and something depends on the old one. */
  onRenewed(renewed: RenewedDocument): Promise<void>;
}

/** Takes files of the folder into the library, one at a time. Returns what could not be taken. */
export function createFileImport(needs: FileImportNeeds & { failures: FailedFiles }) {
  const { reading, shelf, dependents, log, folder, onRenewed, failures } = needs;

  /** Reads and shelves one file. Where it cannot be read, its earlier text stays and the others are still read. */
  async function importFile(
    file: HashedFile,
    as: { isBulk: boolean },
  ): Promise<NotTaken | undefined> {
    try {
      const size = (await stat(path.join(folder, file.path))).size;
      // Checked before reading: a huge file must not be held in memory as a whole.
      if (size > largestFile)
        throw new Refusal('FILE_TOO_BIG', { limit: largestFile / 1024 / 1024 });
      const bytes = await readFile(path.join(folder, file.path));
      const { title, edition, ...text } = await reading(file.path, bytes, as);
      const shelving = { title, source: file.path, hash: sha256(bytes), edition };
      const { before } = await shelf.put(shelving, text);
      if (before) await reportRenewed({ title, edition }, before);
      failures.remove(file.path);
      return undefined;
    } catch (error) {
      if (isGone(error)) return undefined;
      failures.add(file);
      log.warn({ path: file.path, ...reasonOf(error) }, messageOf(error));
      const why = error instanceof Refusal ? { code: error.code, facts: error.facts } : undefined;
      return { path: file.path, hash: file.hash, why };
    }
  }

  async function reportRenewed(
    now: Omit<RenewedDocument, 'dependents'>,
    before: { id: DocumentId; title: string },
  ) {
    log.info({ title: now.title, edition: now.edition.edition?.day }, 'document replaced');
    const found = await dependents.of({ title: before.title, document: before.id });
    if (found.length > 0) await onRenewed({ ...now, dependents: found });
  }

  return importFile;
}

const isConfidential = (error: unknown) =>
  error instanceof Refusal && (error.code === 'FILE_MARKED' || error.code === 'FILE_PERSONAL');

const messageOf = (error: unknown) =>
  isConfidential(error)
    ? 'document refused: it is marked as secret or internal, or holds personal numbers'
    : 'document could not be read';

const reasonOf = (error: unknown) =>
  error instanceof Refusal ? { code: error.code, ...error.facts } : { err: error };
