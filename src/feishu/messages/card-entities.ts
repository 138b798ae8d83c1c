import { randomUUID } from 'node:crypto';
import type { CardChange, Messenger } from '../../bot/messenger.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { type ApiClient, safeId } from '../api/api-client.ts';
import { cardJson } from './card-json.ts';
import { failureOf, failureWith, outcomeOf } from '../api/failure.ts';

/** The content of a message that shows a card entity. */
export const entityContent = (entity: string) => ({
  msg_type: 'interactive',
  content: JSON.stringify({ type: 'card', data: { card_id: entity } }),
});

/** CardKit: card entities, which the platform keeps and which are changed there. */
export function createCardEntities(
  { call }: ApiClient,
  { openIdOf }: Pick<Accounts, 'openIdOf'>,
): Pick<Messenger, 'createCard' | 'streamText' | 'finishCard'> {
  async function outcomeOfChange(work: () => Promise<unknown>): Promise<CardChange> {
    try {
      await work();
      return { outcome: 'changed' };
    } catch (error) {
      return outcomeOf(error);
    }
  }

  return {
    async createCard(card) {
      try {
        const data = { type: 'card_json', data: await cardJson(card, openIdOf) };
        const answer = await call('card', (client) => client.cardkit.v1.card.create({ data }));
        const entity = answer.data?.card_id;
        if (!entity) throw failureWith({ msg: 'no card id' });
        return { outcome: 'created', entity: safeId(entity) };
      } catch (error) {
        return outcomeOf(error);
      }
    },

    streamText: (entity, { element, text: content, sequence }) =>
      outcomeOfChange(() => {
        const path = { card_id: safeId(entity), element_id: safeId(element) };
        const data = { content, sequence, uuid: randomUUID() };
        return call('type', (client) => client.cardkit.v1.cardElement.content({ path, data }));
      }),

    finishCard: (entity, card, sequence) =>
      outcomeOfChange(async () => {
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

/** The platform ends the streaming by itself after ten minutes, and then refuses to switch it off. */
function unlessRefused(error: unknown): void {
  const failure = failureOf(error);
  if (failure.kind !== 'refused') throw failure;
}
