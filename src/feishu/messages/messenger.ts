import type { Messenger, Sent } from '../../bot/messenger.ts';
import type { Content } from '../../bot/talk.ts';
import { MessageId } from '../../base/ids.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { type ApiClient, safeId } from '../api/api-client.ts';
import { failureOf, failureWith, outcomeOf, PlatformError, targetGone } from '../api/failure.ts';
import { fetchDocument } from '../documents/documents.ts';
import { createCardEntities } from './card-entities.ts';
import { createContents, type PlatformContent } from './contents.ts';
import { createFiles } from './files.ts';
import { createGroups } from './groups.ts';

interface MessengerNeeds {
  api: ApiClient;
  accounts: Accounts;
}
type Target = { receive_id: string; kind: 'chat_id' | 'open_id' };
type SendOptions = Parameters<Messenger['send']>[2];

/** The platform behind our own words. */
export function createMessenger({ api, accounts }: MessengerNeeds): Messenger {
  const { call } = api;
  const contentOf = createContents(api, accounts);

  async function create(target: Target, content: PlatformContent, uuid: string): Promise<Sent> {
    const { kind, receive_id } = target;
    const answer = await call('send', (client) =>
      client.im.message.create({
        params: { receive_id_type: kind },
        data: { receive_id, ...content, uuid },
      }),
    );
    return withId(answer.data?.message_id);
  }

  async function reply(message: MessageId, content: PlatformContent, uuid: string): Promise<Sent> {
    const answer = await call('reply', (client) =>
      client.im.message.reply({
        path: { message_id: safeId(message) },
        data: { ...content, uuid },
      }),
    );
    return withId(answer.data?.message_id);
  }

  async function dispatch(
    target: Target,
    content: PlatformContent,
    key: string,
    replyTo?: MessageId,
  ) {
    if (!replyTo) return create(target, content, key);
    try {
      return await reply(replyTo, content, key);
    } catch (error) {
      const answers = error instanceof PlatformError ? error.answered.code : undefined;
      // Whoever took their message back still gets the answer.
      if (answers !== undefined && targetGone.has(answers)) return create(target, content, key);
      throw error;
    }
  }

  /** Where the platform refuses to send a card entity, say because it was sent before, the card itself is sent. */
  async function post(target: Target, content: Content, { key, replyTo }: SendOptions) {
    const send = async (what: Content) => dispatch(target, await contentOf(what), key, replyTo);
    if (!('entity' in content) || content.entity === undefined) return send(content);
    try {
      return await send(content);
    } catch (error) {
      if (failureOf(error).kind !== 'refused') throw error;
      const sent = await send({ card: content.card });
      return sent.outcome === 'sent' ? { ...sent, isPlain: true as const } : sent;
    }
  }

  return {
    ...createCardEntities(api, accounts),
    ...createGroups(api, accounts),
    ...createFiles(api),
    async send(to, content, options) {
      const target: Target =
        'chat' in to
          ? { receive_id: await accounts.platformIdOf(to.chat), kind: 'chat_id' }
          : { receive_id: await accounts.openIdOf(to.person), kind: 'open_id' };
      try {
        return await post(target, content, options);
      } catch (error) {
        return outcomeOf(error);
      }
    },

    async update(message, content) {
      try {
        const data = { content: (await contentOf(content)).content };
        const path = { message_id: safeId(message) };
        await call('update', (client) => client.im.message.patch({ path, data }));
        return { outcome: 'sent', message };
      } catch (error) {
        return outcomeOf(error);
      }
    },

    async recall(message) {
      try {
        const path = { message_id: safeId(message) };
        await call('recall', (client) => client.im.message.delete({ path }));
        return { outcome: 'sent', message };
      } catch (error) {
        return outcomeOf(error);
      }
    },

    fetchDocument: (link, maxBytes) => fetchDocument(api, link, maxBytes),
  };
}

/** The bot's own id, by which a mention of it is known. Throws a PlatformError. */
export async function askBotId({ call }: ApiClient): Promise<string> {
  const answer = await call('bot', (client) =>
    client.request<{ bot?: { open_id?: string } }>({
      method: 'GET',
      url: '/open-apis/bot/v3/info',
    }),
  );
  if (!answer.bot?.open_id) throw failureWith({ msg: 'no bot: is the bot ability switched on?' });
  return answer.bot.open_id;
}

/** Sent means that there is an id; a repeated key may be answered without one. */
const withId = (id: string | undefined): Sent =>
  id
    ? { outcome: 'sent', message: MessageId.parse(id) }
    : { outcome: 'unknown', reason: 'the answer names no message' };
