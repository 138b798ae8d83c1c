import { existsSync } from 'node:fs';
import path from 'node:path';

/** The folder of `package.json`, found from the sources as well as from the build. */
export const projectRoot = findRoot(import.meta.dirname);

function findRoot(folder: string): string {
  const parent = path.dirname(folder);
  return parent === folder || existsSync(path.join(folder, 'package.json'))
    ? folder
    : findRoot(parent);
}
