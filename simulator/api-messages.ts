import { readCard } from './card-rules.ts';
import type { SimulatorClock } from './clock.ts';
import type { Limits } from './limits.ts';
import { jsonBody, type Call, type Route } from './call.ts';
import { PlatformFault, badParameter } from './platform-fault.ts';
import { botId, steadyId, tenantKey } from './sample.ts';
import type { ChatRecord, MessageRecord, Reach } from './state.ts';
import type { Switches } from './switches.ts';
import type { World } from './world.ts';

const hour = 3600 * 1000;
const twoWeeks = 14 * 24 * hour;
const mostText = 150 * 1024;
const mostEdits = 20;

interface Parts {
  world: World;
  clock: SimulatorClock;
  limits: Limits;
  switches: Switches;
}

/** Sending, answering, changing and taking back, as a bot may. */
export function messageRoutes(parts: Parts): Route[] {
  return [
    { method: 'POST', path: '/im/v1/messages', work: (call) => send(parts, call) },
    {
      method: 'POST',
      path: '/im/v1/messages/:id/reply',
      work: (call, id) => reply(parts, call, id),
    },
    { method: 'GET', path: '/im/v1/messages/:id', work: (_, id) => read(parts, id) },
    { method: 'PATCH', path: '/im/v1/messages/:id', work: (call, id) => patch(parts, call, id) },
    { method: 'PUT', path: '/im/v1/messages/:id', work: (call, id) => edit(parts, call, id) },
    { method: 'DELETE', path: '/im/v1/messages/:id', work: (_, id) => recall(parts, id) },
  ];
}

function send(parts: Parts, call: Call) {
  const body = jsonBody(call);
  const chat = receiver(parts.world, call.query.get('receive_id_type'), body['receive_id']);
  return write(parts, chat, body);
}

function reply(parts: Parts, call: Call, id: string) {
  const parent = parts.world.message(id);
  if (!parent) throw badParameter('message_id');
  if (parent.recalled) throw new PlatformFault(230011, 'The message was recalled.');
  const chat = parts.world.chat(parent.chat);
  if (!chat) throw badParameter('message_id');
  return write(parts, chat, jsonBody(call), id);
}

function receiver(world: World, type: string | null, id: unknown): ChatRecord {
  const byType: Record<string, (chat: ChatRecord) => boolean> = {
    chat_id: (chat) => chat.id === id,
    open_id: (chat) => chat.kind === 'p2p' && chat.members[0] === id,
    union_id: (chat) => chat.kind === 'p2p' && steadyId('on', chat.members[0] ?? '') === id,
  };
  const fits = byType[type ?? ''];
  if (!fits) throw badParameter('receive_id_type');
  const chat = world.state.chats.find(fits);
  if (!chat) throw new PlatformFault(230034, 'The receive_id is invalid.');
  return chat;
}

const unreachable: Partial<Record<Reach, [code: number, message: string]>> = {
  outside: [230013, 'Bot has NO availability to this user.'],
  blocked: [230053, 'The user has stopped the bot from sending messages.'],
  resigned: [230029, 'User has resigned.'],
};

function checkReachable(world: World, chat: ChatRecord): void {
  if (chat.disbanded) throw new PlatformFault(232009, 'The chat has been dissolved.');
  if (!chat.withBot) throw new PlatformFault(230002, 'The bot can not be outside the group.');
  const reach = chat.kind === 'p2p' && world.person(chat.members[0] ?? '')?.reach;
  const why = reach && unreachable[reach];
  if (why) throw new PlatformFault(...why);
}

function write(parts: Parts, chat: ChatRecord, body: Record<string, unknown>, replyTo?: string) {
  const { world, limits, switches } = parts;
  const { msg_type: type, content, uuid } = body;
  if (typeof type !== 'string' || typeof content !== 'string')
    throw badParameter('msg_type or content');
  if (uuid !== undefined && (typeof uuid !== 'string' || uuid.length > 50))
    throw badParameter('uuid');
  checkReachable(world, chat);
  limits.five('chat', chat.id);
  const earlier = uuid ? sentBefore(parts, uuid) : undefined;
  if (earlier) return switches.uuidRepeat === 'same' ? wire(earlier) : {};
  checkContent(world, type, content);
  const message = world.addMessage({ chat: chat.id, sender: botId, type, content, replyTo });
  if (uuid) world.state.uuids[uuid] = { message: message.id, at: message.at };
  return wire(message);
}

/** The message this `uuid` already made within the hour; older ones are forgotten on the way. */
function sentBefore({ world, clock }: Parts, uuid: string): MessageRecord | undefined {
  const { uuids } = world.state;
  const since = clock.now().getTime() - hour;
  for (const [each, { at }] of Object.entries(uuids)) if (at <= since) delete uuids[each];
  const earlier = uuids[uuid];
  return earlier && world.message(earlier.message);
}

function checkContent(world: World, type: string, content: string): void {
  if (type === 'interactive') return void readCard(content, world.known);
  if (Buffer.byteLength(content) > (type === 'post' ? 30 * 1024 : mostText))
    throw new PlatformFault(230025, 'The length of the message content reaches its limit.');
  const fits = contentShapes[type];
  if (!fits?.(parsed(content), world)) throw badParameter('content');
}

const contentShapes: Record<string, (content: Record<string, unknown>, world: World) => boolean> = {
  text: ({ text }) => typeof text === 'string' && text !== '',
  post: (content) => ['zh_cn', 'en_us'].some((locale) => typeof content[locale] === 'object'),
  file: ({ file_key: key }, world) => ownFile(world, key),
  image: ({ image_key: key }, world) => ownFile(world, key),
};

function ownFile(world: World, key: unknown): boolean {
  const file = world.state.files.find((each) => each.key === key);
  if (file && file.owner !== botId)
    throw new PlatformFault(230017, 'The bot is not the owner of the resource.');
  return file !== undefined;
}

function parsed(content: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(content);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // told below
  }
  throw badParameter('content is not a JSON object');
}

/** A message of the bot's own that still can be changed. */
function own({ world }: Parts, id: string): MessageRecord {
  const message = world.message(id);
  if (!message) throw badParameter('message_id');
  if (message.sender !== botId)
    throw new PlatformFault(230071, 'The operator is not the sender of the message.');
  if (message.recalled) throw new PlatformFault(230011, 'The message was recalled.');
  const chat = world.chat(message.chat);
  if (chat?.disbanded) throw new PlatformFault(232009, 'The chat has been dissolved.');
  if (!chat?.withBot) throw new PlatformFault(230002, 'The bot can not be outside the group.');
  return message;
}

function patch(parts: Parts, call: Call, id: string) {
  const { world, clock, limits } = parts;
  const { content } = jsonBody(call);
  const message = own(parts, id);
  if (message.type !== 'interactive' || typeof content !== 'string') throw badParameter('content');
  if (clock.now().getTime() - message.at > twoWeeks)
    throw new PlatformFault(230031, 'The message is too old to be updated.');
  limits.five('message', id);
  readCard(content, world.known);
  world.changeMessage(message, { content });
  return {};
}

function edit(parts: Parts, call: Call, id: string) {
  const { world } = parts;
  const { msg_type: type, content } = jsonBody(call);
  const message = own(parts, id);
  const editable = type === 'text' || type === 'post';
  if (!editable || message.type !== type || typeof content !== 'string')
    throw badParameter('msg_type');
  if (message.edits >= mostEdits)
    throw new PlatformFault(230072, 'The message has reached the limit of edits.');
  checkContent(world, type, content);
  world.changeMessage(message, { content, edits: message.edits + 1 });
  return wire(message);
}

function recall(parts: Parts, id: string) {
  parts.world.changeMessage(own(parts, id), { recalled: true });
  return {};
}

function read({ world }: Parts, id: string) {
  const message = world.message(id);
  if (!message || !world.chat(message.chat)?.withBot) throw badParameter('message_id');
  return { items: [wire(message)] };
}

function wire(message: MessageRecord) {
  const app = message.sender === botId;
  return {
    message_id: message.id,
    ...(message.replyTo && { root_id: message.replyTo, parent_id: message.replyTo }),
    msg_type: message.type,
    create_time: String(message.at),
    update_time: String(message.at),
    deleted: message.recalled,
    updated: message.edits > 0,
    chat_id: message.chat,
    sender: {
      id: message.sender,
      id_type: 'open_id',
      sender_type: app ? 'app' : 'user',
      tenant_key: tenantKey,
    },
    body: { content: message.content },
  };
}
