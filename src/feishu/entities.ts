import { randomUUID } from 'node:crypto';
import type { Changed, Messenger } from '../bot/messenger.ts';
import type { Accounts } from './accounts.ts';
import { type Calls, safeId } from './calls.ts';
import { cardJson } from './card-json.ts';
import { failureOf, judged, outcomeOf } from './failure.ts';

/** A card that lies at the platform, as the content of a message. */
export const entityLetter = (entity: string) => ({
  msg_type: 'interactive',
  content: JSON.stringify({ type: 'card', data: { card_id: entity } }),
});

/** CardKit: cards that lie at the platform and change there. */
export function createEntities(
  { call }: Calls,
  { openIdOf }: Pick<Accounts, 'openIdOf'>,
): Pick<Messenger, 'lay' | 'type' | 'settle'> {
  async function changed(work: () => Promise<unknown>): Promise<Changed> {
    try {
      await work();
      return { outcome: 'changed' };
    } catch (error) {
      return outcomeOf(error);
    }
  }

  return {
    async lay(card) {
      try {
        const data = { type: 'card_json', data: await cardJson(card, openIdOf) };
        const answer = await call('card', (client) => client.cardkit.v1.card.create({ data }));
        const entity = answer.data?.card_id;
        if (!entity) throw judged({ msg: 'no card id' });
        return { outcome: 'laid', entity: safeId(entity) };
      } catch (error) {
        return outcomeOf(error);
      }
    },

    type: (entity, { element, text: content, sequence }) =>
      changed(() => {
        const path = { card_id: safeId(entity), element_id: safeId(element) };
        const data = { content, sequence, uuid: randomUUID() };
        return call('type', (client) => client.cardkit.v1.cardElement.content({ path, data }));
      }),

    settle: (entity, card, sequence) =>
      changed(async () => {
        const path = { card_id: safeId(entity) };
        const settings = JSON.stringify({ config: { streaming_mode: false } });
        const off = { settings, sequence, uuid: randomUUID() };
        await call('settings', (client) =>
          client.cardkit.v1.card.settings({ path, data: off }),
        ).catch(unlessRefused);
        const data = {
          card: { type: 'card_json' as const, data: await cardJson(card, openIdOf) },
          sequence: sequence + 1,
          uuid: randomUUID(),
        };
        await call('card', (client) => client.cardkit.v1.card.update({ path, data }));
      }),
  };
}

/** The platform ends the growing by itself after ten minutes: then there is nothing to switch off. */
function unlessRefused(error: unknown): void {
  const failure = failureOf(error);
  if (failure.kind !== 'refused') throw failure;
}
