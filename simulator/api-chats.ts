import type { Call, Route } from './api-call.ts';
import { PlatformFault, badParameter } from './platform-fault.ts';
import { botId, steadyId, tenantKey } from './sample.ts';
import type { ChatRecord } from './state.ts';
import type { World } from './world.ts';

/** Chats, their people, and who a person is. */
export function chatRoutes(world: World): Route[] {
  return [
    { method: 'GET', path: '/im/v1/chats', work: (call) => chatList(world, call) },
    { method: 'GET', path: '/im/v1/chats/:id', work: (_, id) => chatInfo(world, id) },
    {
      method: 'GET',
      path: '/im/v1/chats/:id/members',
      work: (call, id) => members(world, call, id),
    },
    { method: 'GET', path: '/contact/v3/users/batch', work: (call) => users(world, call) },
    { method: 'GET', path: '/contact/v3/users/:id', work: (_, id) => ({ user: user(world, id) }) },
  ];
}

function chatList(world: World, call: Call) {
  const groups = world.state.chats.filter(({ kind, withBot }) => kind === 'group' && withBot);
  return page(groups.filter(({ disbanded }) => !disbanded).map(brief), call);
}

function brief(chat: ChatRecord) {
  return {
    chat_id: chat.id,
    name: chat.name,
    avatar: '',
    description: '',
    owner_id: chat.owner,
    owner_id_type: 'open_id',
    external: chat.external,
    tenant_key: tenantKey,
    chat_status: chat.disbanded ? 'dissolved' : 'normal',
  };
}

/** Of a chat without the bot only the outside is told. */
function chatInfo(world: World, id: string) {
  const chat = openChat(world, id);
  const { name, avatar, external, tenant_key, chat_status } = brief(chat);
  if (!chat.withBot) return { name, avatar, external, tenant_key, chat_status };
  return {
    ...brief(chat),
    chat_mode: chat.kind,
    chat_type: 'private',
    user_count: String(chat.members.length),
    bot_count: '1',
  };
}

function members(world: World, call: Call, id: string) {
  const chat = openChat(world, id);
  if (!chat.withBot) throw new PlatformFault(232011, 'Operator can NOT be out of the chat.');
  const type = call.query.get('member_id_type') ?? 'open_id';
  const items = chat.members.map((member) => ({
    member_id_type: type,
    member_id: type === 'union_id' ? steadyId('on', member) : member,
    name: world.person(member)?.name ?? '',
    tenant_key: tenantKey,
  }));
  return { ...page(items, call), member_total: chat.members.length };
}

function openChat(world: World, id: string): ChatRecord {
  const chat = world.chat(id);
  if (!chat) throw badParameter('chat_id');
  if (chat.disbanded) throw new PlatformFault(232009, 'The chat has been dissolved.');
  return chat;
}

/** Pages hold fewer than was asked for while more is to come, as the platform's do. */
function page<Item>(all: Item[], { query }: Call) {
  const size = Number(query.get('page_size') ?? 20);
  if (!Number.isInteger(size) || size < 1 || size > 100) throw badParameter('page_size');
  const from = offsetOf(query.get('page_token'));
  const to = from + Math.ceil(size * 0.6);
  const more = to < all.length;
  return { items: all.slice(from, to), has_more: more, page_token: more ? tokenOf(to) : '' };
}

const tokenOf = (offset: number) => Buffer.from(`page:${offset}`).toString('base64url');

function offsetOf(token: string | null): number {
  if (!token) return 0;
  const offset = /^page:(\d+)$/.exec(Buffer.from(token, 'base64url').toString())?.[1];
  if (!offset) throw badParameter('page_token');
  return Number(offset);
}

function user(world: World, id: string) {
  const person = world.person(id);
  if (!person || person.reach === 'outside')
    throw new PlatformFault(41050, 'no user authority error');
  const resigned = person.reach === 'resigned';
  return {
    open_id: id,
    union_id: steadyId('on', id),
    name: person.name,
    status: { is_activated: !resigned, is_frozen: false, is_resigned: resigned },
  };
}

function users(world: World, { query }: Call) {
  const ids = query.getAll('user_ids').filter((id) => id !== botId);
  if (ids.length > 50) throw badParameter('user_ids');
  return { items: ids.flatMap((id) => (world.person(id) ? [user(world, id)] : [])) };
}
