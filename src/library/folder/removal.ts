import type { Db } from '../../database/db.ts';
import { DocumentId } from '../../base/ids.ts';
import type { Log } from '../../base/log.ts';
import type { Shelf } from '../shelf/shelf.ts';
import type { PendingRemoval } from '../types.ts';
import { createPendingRemoval } from './pending-removal.ts';
import type { SyncPlan } from './rules.ts';

export interface RemovalNeeds {
  db: Db;
  shelf: Shelf;
  log: Log;
  folder: string;
  /** Called once for each set of missing documents. */
  onPendingRemoval(pending: PendingRemoval): Promise<void>;
}

/** Follows files that were moved, and removes the documents whose files are gone. */
export function createRemoval({ db, shelf, log, folder, onPendingRemoval }: RemovalNeeds) {
  const pendingRemoval = createPendingRemoval({ folder, log, onPendingRemoval });

  /** Returns how many documents wait for an operator before they are removed. */
  return async (plan: SyncPlan, kept: number): Promise<number> => {
    const { moved, removed, needsConfirmation } = plan;
    for (const { id, path: source, from } of moved) {
      await db.client.document.update({ where: { id }, data: { source } });
      log.info({ from, to: source }, 'document moved');
    }
    if (needsConfirmation && !(await pendingRemoval.isConfirmed())) {
      await pendingRemoval.tell(removed, kept);
      return removed.length;
    }
    pendingRemoval.forget();
    for (const { id, source } of removed) {
      await shelf.remove(DocumentId.parse(id));
      log.info({ source }, 'document removed');
    }
    return 0;
  };
}
