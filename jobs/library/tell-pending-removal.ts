import { pendingRemovalLine } from '../../cards/library/library.ts';
import type { Reader } from '../../src/bot/talk.ts';
import type { PersonId } from '../../src/base/ids.ts';
import type { PendingRemoval } from '../../src/library/types.ts';
import type { Outbox } from '../../src/queue/outbox.ts';

interface TellPendingRemovalNeeds {
  outbox: Outbox;
  reader: () => Reader;
  admins: () => ReadonlySet<PersonId>;
}

/** Tells the administrators that many documents are gone from the folder at once, and how to confirm it. */
export const createTellPendingRemoval =
  ({ outbox, reader, admins }: TellPendingRemovalNeeds) =>
  async (pending: PendingRemoval): Promise<void> => {
    const text = pendingRemovalLine(reader(), pending);
    await outbox.put([...admins()].map((person) => ({ to: { person }, content: { text } })));
  };
