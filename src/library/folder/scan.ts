import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { largest } from '../files/claims.ts';
import { sha256 } from '../../base/hash.ts';
import type { Log } from '../../base/log.ts';
import { readFolder, type FileSeen } from './walk.ts';
import type { Found } from '../rules.ts';

interface Seen {
  documents: Found[];
  /** Lists of synonyms. */
  lists: Found[];
}

/** Looks at what lies in a folder now, by hash; a file that has not changed is not read again for it. */
export function createLook({ folder, log }: { folder: string; log: Log }) {
  const hashes = new Map<string, { size: number; changedAt: number; hash: string }>();

  async function hashed(files: FileSeen[]): Promise<Found[]> {
    const found: Found[] = [];
    for (const file of files) {
      const hash = await hashOf(file).catch(unseen);
      if (hash !== undefined) found.push({ path: file.path, hash });
    }
    return found;
  }

  async function hashOf({ path: name, size, changedAt }: FileSeen): Promise<string> {
    const known = hashes.get(name);
    if (known?.size === size && known.changedAt === changedAt) return known.hash;
    const hash = size > largest ? `${size} bytes` : sha256(await readFile(path.join(folder, name)));
    hashes.set(name, { size, changedAt, hash });
    return hash;
  }

  return async (): Promise<Seen> => {
    const { files, lists, skipped } = await readFolder(folder);
    if (skipped.length > 0) log.debug({ skipped }, 'files of a kind that is not read');
    return { documents: await hashed(files), lists: await hashed(lists) };
  };
}

/** What lies there and cannot be read is not gone: it keeps its place, and reading it will say why. */
const unseen = (error: unknown) => (isGone(error) ? undefined : 'unreadable');

export const isGone = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';
