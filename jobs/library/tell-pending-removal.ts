import { heldLine } from '../../cards/library/library.ts';
import type { Reader } from '../../src/bot/talk.ts';
import type { PersonId } from '../../src/base/ids.ts';
import type { Held } from '../../src/library/types.ts';
import type { Outbox } from '../../src/queue/outbox.ts';

interface TellHeldNeeds {
  outbox: Outbox;
  reader: () => Reader;
  admins: () => ReadonlySet<PersonId>;
}

/** Tells the administrators that much is gone from the folder of documents at once, and what to do. */
export const createTellHeld =
  ({ outbox, reader, admins }: TellHeldNeeds) =>
  async (held: Held): Promise<void> => {
    const text = heldLine(reader(), held);
    await outbox.put([...admins()].map((person) => ({ to: { person }, content: { text } })));
  };
