import { jsonBody, type Call, type Route } from './api-call.ts';
import type { SimulatorClock } from './clock.ts';
import { checkContent } from './content.ts';
import { entityNamed } from './entities.ts';
import type { Limits } from './limits.ts';
import { PlatformFault, badParameter } from './platform-fault.ts';
import { botId, steadyId } from './sample.ts';
import type { ChatRecord, MessageRecord, Reach } from './state.ts';
import { uuidRepeatOn, type Switches } from './switches.ts';
import { wire } from './api-message.ts';
import { uuidLife, type World } from './world.ts';

interface Parts {
  world: World;
  clock: SimulatorClock;
  limits: Limits;
  switches: Switches;
}

/** Sending to a chat or a person, and answering a message. */
export function sendRoutes(parts: Parts): Route[] {
  const path = '/im/v1/messages';
  return [
    { method: 'POST', path, work: (call) => send(parts, call) },
    { method: 'POST', path: `${path}/:id/reply`, work: (call, id) => reply(parts, call, id) },
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
  if (earlier) return uuidRepeatOn(switches) === 'same' ? wire(earlier) : {};
  const entity = type === 'interactive' ? entityNamed(parts, content) : undefined;
  if (!entity) checkContent(world, type, content);
  const written = { type, content: entity?.card ?? content };
  const message = world.addMessage({ chat: chat.id, sender: botId, ...written, replyTo });
  if (entity) entity.message = message.id;
  if (uuid) world.state.uuids[uuid] = { message: message.id, at: message.at };
  return wire(message);
}

/** The message this `uuid` already made within the hour. */
function sentBefore({ world, clock }: Parts, uuid: string): MessageRecord | undefined {
  const earlier = world.state.uuids[uuid];
  const recent = earlier && earlier.at > clock.now().getTime() - uuidLife;
  return recent ? world.message(earlier.message) : undefined;
}
