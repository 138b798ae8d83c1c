import { accessSync, constants, mkdirSync } from 'node:fs';
import { StartError } from './errors.ts';

/**
 * Makes a folder of ours where it is missing; one that cannot be written to is a `StartError`. Others
 * may enter it, also under a strict umask; what is secret in it has a mode of its own.
 */
export function makeWritableFolder(folder: string) {
  const before = process.umask(0o022);
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new StartError(
      `${folder} cannot be written to (${(cause as NodeJS.ErrnoException).code}). Start Xueban as the user it belongs to, or set DATA_DIR to another folder.`,
      { cause },
    );
  } finally {
    process.umask(before);
  }
}
