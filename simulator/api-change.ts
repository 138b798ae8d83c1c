import { jsonBody, type Call, type Route } from './api-call.ts';
import { readCard } from './card-rules.ts';
import type { SimulatorClock } from './clock.ts';
import { checkContent } from './content.ts';
import { changeEntity, entityOf, isGrowing } from './entities.ts';
import type { Limits } from './limits.ts';
import { PlatformFault, badParameter, cardFault } from './platform-fault.ts';
import { botId } from './sample.ts';
import type { MessageRecord } from './state.ts';
import { wire } from './api-message.ts';
import type { World } from './world.ts';

const twoWeeks = 14 * 24 * 3600 * 1000;
const mostEdits = 20;

interface Parts {
  world: World;
  clock: SimulatorClock;
  limits: Limits;
}

/** Changing, taking back and reading what has been sent. */
export function changeRoutes(parts: Parts): Route[] {
  const path = '/im/v1/messages/:id';
  return [
    { method: 'GET', path, work: (_, id) => read(parts, id) },
    { method: 'PATCH', path, work: (call, id) => patch(parts, call, id) },
    { method: 'PUT', path, work: (call, id) => edit(parts, call, id) },
    { method: 'DELETE', path, work: (_, id) => recall(parts, id) },
  ];
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
  const entity = entityOf(world, message);
  if (entity && isGrowing(parts, entity)) throw cardFault(11310, 'card action is lock');
  if (entity) changeEntity(world, entity, content);
  else world.changeMessage(message, { content });
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
