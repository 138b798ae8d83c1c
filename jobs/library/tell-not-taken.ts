import { v5 as uuidOf } from 'uuid';
import { notTakenCard } from '../../cards/library/library.ts';
import type { Bot } from '../../src/bot/bot.ts';
import type { Reader } from '../../src/bot/talk.ts';
import type { PersonId } from '../../src/base/ids.ts';
import type { NotTaken } from '../../src/library/types.ts';
import type { Outbox } from '../../src/queue/outbox.ts';

interface TellNotTakenNeeds {
  outbox: Outbox;
  reader: () => Reader;
  admins: () => ReadonlySet<PersonId>;
  refusal: Bot['refusal'];
}
const namespace = '6f0c3c1e-6f5b-4d0a-9d5e-0d8f5f4d1c2a';

/** Tells the administrators which files of the folder were not taken in and why: each such list once. */
export const createTellNotTaken =
  ({ outbox, reader, admins, refusal }: TellNotTakenNeeds) =>
  async (files: NotTaken[]): Promise<void> => {
    const refused = files.map(({ path, why }) => ({
      path,
      why: why && refusal(reader(), why).toast,
    }));
    const content = { card: notTakenCard(reader(), refused) };
    const names = files.map(({ path, hash }) => `${path} ${hash}`).sort();
    const list = names.join('\n');
    await outbox.put(
      [...admins()].map((person) => {
        // The files are refused again after every start; the same id sends the message once.
        const id = uuidOf(`${person}\n${list}`, namespace);
        return { id, to: { person }, content };
      }),
    );
  };
