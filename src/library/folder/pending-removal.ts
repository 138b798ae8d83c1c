import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '../../base/log.ts';
import type { Kept } from '../rules.ts';
import type { Held } from '../types.ts';

/** The operator's word: this file in the folder lets what is gone be removed, once. */
export const confirmation = '.removal-confirmed';

interface WithheldNeeds {
  folder: string;
  log: Log;
  /** Much is gone at once: said once for each such state. */
  onHeld(held: Held): Promise<void>;
}

/** A removal of much at once, which waits until an operator has said that it is meant. */
export function createWithheld({ folder, log, onHeld }: WithheldNeeds) {
  let toldState = '';
  let since: number | undefined;

  return {
    async tell(removed: Kept[], kept: number): Promise<void> {
      since ??= Date.now();
      const state = JSON.stringify(removed.map(({ source }) => source).sort());
      if (state === toldState) return;
      toldState = state;
      const held = { folder, missing: removed.length, kept };
      log.warn(
        { ...held, confirm: path.join(folder, confirmation) },
        'many documents are gone at once: nothing is removed until the file named in `confirm` is made',
      );
      await onHeld(held);
    },

    /**
     * The word counts once. Where it cannot be taken away, as in a folder that is only read, it counts when
     * it was written after the loss was seen.
     */
    async isConfirmed(): Promise<boolean> {
      const file = path.join(folder, confirmation);
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

    /** It was removed, or is there again. */
    forget(): void {
      toldState = '';
      since = undefined;
    },
  };
}
