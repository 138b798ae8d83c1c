import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { largestFile } from '../files/claims.ts';
import { sha256 } from '../../base/hash.ts';
import type { Log } from '../../base/log.ts';
import { walkFolder, type FolderFile } from './walk.ts';
import type { HashedFile } from './rules.ts';

interface ScannedFolder {
  documents: HashedFile[];
  /** Lists of synonyms. */
  lists: HashedFile[];
}

/** Scans the folder for documents and lists of synonyms, with their hashes; unchanged files are not hashed again. */
export function createFolderScan({ folder, log }: { folder: string; log: Log }) {
  const hashes = new Map<string, { size: number; changedAt: number; hash: string }>();

  async function hashed(files: FolderFile[]): Promise<HashedFile[]> {
    const found: HashedFile[] = [];
    for (const file of files) {
      const hash = await hashOf(file).catch(hashOfUnreadable);
      if (hash !== undefined) found.push({ path: file.path, hash });
    }
    return found;
  }

  async function hashOf({ path: name, size, changedAt }: FolderFile): Promise<string> {
    const known = hashes.get(name);
    if (known?.size === size && known.changedAt === changedAt) return known.hash;
    const hash =
      size > largestFile ? `${size} bytes` : sha256(await readFile(path.join(folder, name)));
    hashes.set(name, { size, changedAt, hash });
    return hash;
  }

  return async (): Promise<ScannedFolder> => {
    const { files, lists, skipped } = await walkFolder(folder);
    if (skipped.length > 0) log.debug({ skipped }, 'files of a kind that is not read');
    return { documents: await hashed(files), lists: await hashed(lists) };
  };
}

/** A file that cannot be read is not gone: it stays listed, and the attempt to read it reports why. */
const hashOfUnreadable = (error: unknown) => (isGone(error) ? undefined : 'unreadable');

export const isGone = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';
