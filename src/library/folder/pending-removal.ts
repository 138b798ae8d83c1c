import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '../../base/log.ts';
import type { KeptDocument } from './rules.ts';
import type { PendingRemoval } from '../types.ts';

/** An operator makes this file in the folder to confirm, once, that what is gone may be removed. */
export const confirmationFile = '.removal-confirmed';

interface PendingRemovalNeeds {
  folder: string;
  log: Log;
  /** Called once for each set of missing documents. */
  onPendingRemoval(pending: PendingRemoval): Promise<void>;
}

/** A removal of many documents at once, which waits until an operator confirms it. */
export function createPendingRemoval({ folder, log, onPendingRemoval }: PendingRemovalNeeds) {
  let toldState = '';
  let since: number | undefined;

  return {
    async tell(removed: KeptDocument[], kept: number): Promise<void> {
      since ??= Date.now();
      const state = JSON.stringify(removed.map(({ source }) => source).sort());
      if (state === toldState) return;
      toldState = state;
      const pending = { folder, missing: removed.length, kept };
      log.warn(
        { ...pending, confirm: path.join(folder, confirmationFile) },
        'many documents are gone at once: nothing is removed until the file named in `confirm` is made',
      );
      await onPendingRemoval(pending);
    },

    /**
     * A confirmation counts once, since its file is deleted. Where the file cannot be deleted, as in a read-only
     * folder, it counts if it is newer than the first report of the loss.
     */
    async isConfirmed(): Promise<boolean> {
      const file = path.join(folder, confirmationFile);
      const found = await stat(file).catch(() => undefined);
      if (!found) return false;
      try {
        await rm(file);
        return true;
      } catch (error) {
        const isNew = since !== undefined && found.mtimeMs >= since;
        log.warn({ err: error, file, counts: isNew }, 'the confirmation cannot be deleted');
        return isNew;
      }
    },

    /** Called when the documents were removed, or their files are back. */
    forget(): void {
      toldState = '';
      since = undefined;
    },
  };
}
