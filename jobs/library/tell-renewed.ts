import { renewedCard } from '../../cards/library/library.ts';
import type { Reader } from '../../src/bot/talk.ts';
import type { RenewedDocument } from '../../src/library/types.ts';
import type { Roster } from '../../src/people/roster/service.ts';
import type { Outbox } from '../../src/queue/outbox.ts';

interface TellRenewedNeeds {
  outbox: Outbox;
  roster: Roster;
  reader: () => Reader;
}

/** Tells secretaries in private what in their branch depends on the old text of a shared document. */
export const createTellRenewed =
  ({ outbox, roster, reader }: TellRenewedNeeds) =>
  async ({ dependents, ...renewed }: RenewedDocument): Promise<void> => {
    for (const each of dependents) {
      const content = { card: renewedCard(reader(), renewed, each) };
      const secretaries = await roster.secretaries(each.branch.id);
      await outbox.put(secretaries.map(({ id: person }) => ({ to: { person }, content })));
    }
  };
