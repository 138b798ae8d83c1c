import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { kindOf, synonymNames } from '../formats/document-kinds.ts';

export interface FolderFile {
  /** Within the folder, with `/` between its parts. */
  path: string;
  size: number;
  changedAt: number;
}

export interface FolderContents {
  files: FolderFile[];
  /** Lists of synonyms, which are no documents. */
  lists: FolderFile[];
  /** Files of a kind that is not read. */
  skipped: string[];
}

/**
 * Every document in a folder and below it. Hidden files are passed over, and so is a link that leads
 * out of the folder. Throws where the folder, or one below it, cannot be read: its files must not count as gone.
 */
export async function walkFolder(folder: string): Promise<FolderContents> {
  const root = await realpath(folder);
  const contents: FolderContents = { files: [], lists: [], skipped: [] };
  const visited = new Set<string>();

  async function enter(real: string, within: string): Promise<void> {
    // A link back to a folder on the way would go round for ever.
    if (visited.has(real)) return;
    visited.add(real);
    const names = await readdir(real);
    for (const name of names.sort()) {
      if (!name.startsWith('.')) await visit(path.join(real, name), within + name);
    }
  }

  async function visit(place: string, within: string): Promise<void> {
    const real = await realpath(place).catch(() => undefined);
    if (real === undefined || !isInside(root, real)) return;
    const found = await stat(real).catch(() => undefined);
    if (found?.isDirectory()) return enter(real, `${within}/`);
    if (!found?.isFile()) return;
    const file = { path: within, size: found.size, changedAt: found.mtimeMs };
    if (synonymNames.test(within)) contents.lists.push(file);
    else if (kindOf(within)) contents.files.push(file);
    else contents.skipped.push(within);
  }

  await enter(root, '');
  return contents;
}

function isInside(root: string, real: string): boolean {
  const way = path.relative(root, real);
  return way !== '' && way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
}
