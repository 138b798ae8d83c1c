import type { Messenger, Sent } from '../../bot/messenger.ts';
import type { Content } from '../../bot/talk.ts';
import { must, Refusal } from '../../base/errors.ts';
import { MessageId } from '../../base/ids.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { type ApiClient, safeId } from '../api/api-client.ts';
import { cardJson } from './card-json.ts';
import { fetchDocument } from '../documents/documents.ts';
import { createCardEntities, entityContent } from './card-entities.ts';
import { chatKinds } from '../events/events.ts';
import { failureOf, failureWith, outcomeOf, PlatformError, targetGone } from '../api/failure.ts';

interface ClientNeeds {
  api: ApiClient;
  accounts: Accounts;
}
type Target = { receive_id: string; kind: 'chat_id' | 'open_id' };
interface Letter {
  msg_type: string;
  content: string;
}
type SendOptions = Parameters<Messenger['send']>[2];

const largestCard = 30 * 1024;
const largestText = 150 * 1024;
const mostElements = 200;

/** The platform behind our own words. */
export function createMessenger({ api, accounts }: ClientNeeds): Messenger {
  const { call } = api;

  async function letterOf(content: Content): Promise<Letter> {
    if ('card' in content) {
      if (content.entity !== undefined) return entityContent(content.entity);
      if (elementsIn(content.card) > mostElements)
        throw failureWith({ msg: `over ${mostElements} elements` });
      return sized('interactive', await cardJson(content.card, accounts.openIdOf), largestCard);
    }
    if ('text' in content) {
      // In a text `<at …>` would mention people.
      const text = content.text.replace(/<(?=\/?at\b)/giu, '＜');
      return sized('text', JSON.stringify({ text }), largestText);
    }
    const { name, bytes } = content.file;
    const file = Buffer.from(bytes);
    const data = { file_type: 'stream' as const, file_name: name, file };
    const uploaded = await call('file', (client) => client.im.file.create({ data }));
    if (!uploaded?.file_key) throw failureWith({ msg: 'no file key' });
    return { msg_type: 'file', content: JSON.stringify({ file_key: uploaded.file_key }) };
  }

  async function create(target: Target, letter: Letter, uuid: string): Promise<Sent> {
    const { kind, receive_id } = target;
    const answer = await call('send', (client) =>
      client.im.message.create({
        params: { receive_id_type: kind },
        data: { receive_id, ...letter, uuid },
      }),
    );
    return withId(answer.data?.message_id);
  }

  async function reply(message: MessageId, letter: Letter, uuid: string): Promise<Sent> {
    const answer = await call('reply', (client) =>
      client.im.message.reply({
        path: { message_id: safeId(message) },
        data: { ...letter, uuid },
      }),
    );
    return withId(answer.data?.message_id);
  }

  async function dispatch(target: Target, letter: Letter, key: string, replyTo?: MessageId) {
    if (!replyTo) return create(target, letter, key);
    try {
      return await reply(replyTo, letter, key);
    } catch (error) {
      const answers = error instanceof PlatformError ? error.answered.code : undefined;
      // Whoever took their message back still gets the answer.
      if (answers !== undefined && targetGone.has(answers)) return create(target, letter, key);
      throw error;
    }
  }

  /** An entity that the platform will not send, say because it was sent, leaves the card itself. */
  async function post(target: Target, content: Content, { key, replyTo }: SendOptions) {
    const send = async (what: Content) => dispatch(target, await letterOf(what), key, replyTo);
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
        const letter = await letterOf(content);
        const data = { content: letter.content };
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

    async fetchFile({ message, key }, maxBytes) {
      const path = { message_id: safeId(message), file_key: safeId(key) };
      try {
        const file = await call('fetch', (client) =>
          client.im.messageResource.get({ path, params: { type: 'file' } }),
        );
        return await bytesOf(file.getReadableStream(), maxBytes);
      } catch (error) {
        if (error instanceof Refusal) throw error;
        const failure = failureOf(error);
        if (failure.kind === 'refused' || failure.kind === 'gone')
          throw new Refusal('FILE_GONE', {}, { cause: failure });
        throw failure;
      }
    },

    fetchDocument: (link, maxBytes) => fetchDocument(api, link, maxBytes),

    async group(chat) {
      const chat_id = safeId(await accounts.platformIdOf(chat));
      const { data } = await call('group', (client) =>
        client.im.chat.get({ path: { chat_id }, params: { user_id_type: 'open_id' } }),
      );
      const { name = '', owner_id: openId, external = false, chat_mode = '' } = data ?? {};
      const kind = chatKinds.get(chat_mode);
      if (kind) await accounts.told(chat_id, kind);
      const [owner] = openId ? await accounts.persons([{ openId }]) : [];
      return { name, owner, external };
    },

    async *members(chat) {
      const chat_id = safeId(await accounts.platformIdOf(chat));
      let page_token: string | undefined;
      do {
        const params = { member_id_type: 'open_id' as const, page_size: 100, page_token };
        const { data } = await call('members', (client) =>
          client.im.chatMembers.get({ path: { chat_id }, params }),
        );
        const them = (data?.items ?? []).flatMap(({ member_id: openId, name = '' }) =>
          openId ? [{ openId, name }] : [],
        );
        const ids = await accounts.persons(them);
        yield them.map(({ name }, i) => ({ person: must(ids[i]), name }));
        // A page may hold fewer than asked for: only `has_more` tells.
        page_token = data?.has_more ? data.page_token : undefined;
      } while (page_token);
    },
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

/** Whatever carries a tag counts, as the platform counts. */
function elementsIn(part: unknown): number {
  if (typeof part !== 'object' || part === null) return 0;
  const own = 'tag' in part && !Array.isArray(part) ? 1 : 0;
  return Object.values(part).reduce((sum: number, each) => sum + elementsIn(each), own);
}

function sized(msg_type: string, content: string, most: number): Letter {
  if (Buffer.byteLength(content) > most) throw failureWith({ msg: `over ${most} bytes` });
  return { msg_type, content };
}

async function bytesOf(stream: NodeJS.ReadableStream, maxBytes: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw new Refusal('FILE_TOO_BIG', { limit: maxBytes / 1024 / 1024 });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
