import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Actions } from './actions.ts';
import { readBody } from './body.ts';
import type { SimulatorClock } from './clock.ts';
import type { World as WorldView, Fault as FaultView } from './contract.ts';
import { Fault } from './fault.ts';
import { offsetOf, type ClockMoves } from './clock-moves.ts';
import { readBadDay, readClock, readGroup, readPress, readSample, readSay } from './requests.ts';
import { sampleFile } from './sample-files.ts';
import type { ChatRecord, PersonRecord } from './state.ts';
import type { Streams } from './stream.ts';
import type { Switches } from './switches.ts';
import { botPerson, chatView, messageView, personView } from './view.ts';
import type { World } from './world.ts';

interface Parts {
  world: World;
  actions: Actions;
  streams: Streams;
  switches: Switches;
  clockMoves: ClockMoves;
  zone: string;
  clock: SimulatorClock;
}
interface Asked {
  request: IncomingMessage;
  response: ServerResponse;
  query: URLSearchParams;
}
/** Gives what is answered as JSON; nothing when it has answered by itself. */
type Work = (parts: Parts, asked: Asked) => unknown;

const mostMessages = 200;

const routes: Record<string, Work> = {
  'GET world': worldView,

  async 'POST bad-day'(parts, { request }) {
    parts.switches.badDay = readBadDay(await readBody(request)).badDay;
    return worldView(parts);
  },

  async 'POST clock'(parts, { request }) {
    await parts.clockMoves.move(readClock(await readBody(request)));
    return worldView(parts);
  },

  'GET chats'({ world }, { query }) {
    const chats = world.chatsOf(reader(world, query).id).map((chat) => chatView(world, chat));
    return chats.sort((a, b) => (b.last?.at ?? 0) - (a.last?.at ?? 0));
  },

  'GET messages'({ world }, { query }) {
    const all = world.messagesOf(readableChat(world, query).id);
    const before = all.findIndex(({ id }) => id === query.get('before'));
    const upTo = before < 0 ? all.length : before;
    const limit = Math.min(Number(query.get('limit')) || 50, mostMessages);
    return all.slice(Math.max(0, upTo - limit), upTo).map((each) => messageView(world, each));
  },

  async 'POST say'({ world, actions }, { request }) {
    const { message } = actions.say(readSay(await readBody(request)));
    return messageView(world, message);
  },

  'POST press': async ({ actions }, { request }) =>
    actions.press(readPress(await readBody(request))),

  async 'POST group'({ world, actions }, { request }) {
    const { as, chat, change } = readGroup(await readBody(request));
    actions.change(as, chat, change);
    const changed = world.chat(chat);
    if (!changed) throw new Fault('没有这个会话', 'There is no such chat');
    return chatView(world, changed);
  },

  async 'POST file'({ world, actions }, { request, query }) {
    const bytes = await readBody(request);
    const { id } = reader(world, query);
    const name = query.get('name') ?? 'file';
    const { message } = actions.sendFile(id, query.get('chat') ?? '', name, bytes);
    return messageView(world, message);
  },

  async 'POST sample'({ world, actions }, { request }) {
    const { as, chat, sample } = readSample(await readBody(request));
    const { name, bytes } = await sampleFile(sample);
    return messageView(world, actions.sendFile(as, chat, name, bytes).message);
  },

  'GET file'({ world }, { query, response }) {
    const message = world.message(query.get('message') ?? '');
    if (!message || !world.chat(message.chat)?.members.includes(reader(world, query).id))
      throw new Fault('没有这个文件', 'There is no such file');
    const file = world.state.files.find(({ key }) => message.content.includes(key));
    const bytes = file && world.bytes(file.key);
    if (!bytes) throw new Fault('没有这个文件', 'There is no such file');
    const name = encodeURIComponent(file.name);
    response.writeHead(200, {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename*=UTF-8''${name}`,
    });
    response.end(bytes);
  },

  'GET events'({ world, streams }, { request, response, query }) {
    const seen = request.headers['last-event-id'] ?? query.get('after') ?? undefined;
    streams.open(reader(world, query).id, response, Array.isArray(seen) ? seen[0] : seen);
  },
};

function worldView({ world, clock, switches, clockMoves, zone }: Parts): WorldView {
  const people = world.state.people.map(personView);
  const { badDay } = switches;
  const time = {
    now: clock.now().getTime(),
    offsetMs: offsetOf(clock),
    isMovable: clockMoves.isMovable,
    zone,
  };
  return { bot: botPerson, people, ...time, ...(badDay && { badDay }) };
}

function reader(world: World, query: URLSearchParams): PersonRecord {
  const person = world.person(query.get('as') ?? '');
  if (!person) throw new Fault('请先选择一个人', 'Please choose a person first');
  return person;
}

function readableChat(world: World, query: URLSearchParams): ChatRecord {
  const { id } = reader(world, query);
  const chat = world.chat(query.get('chat') ?? '');
  if (!chat?.members.includes(id)) throw new Fault('你不在这个会话里', 'You are not in this chat');
  return chat;
}

// What another site could post without asking first is not among these.
const bodyTypes = ['application/json', 'application/octet-stream'];

/** Answers the page; `address` is what follows `/api/`. */
export async function answerPage(parts: Parts, address: string, asked: Asked): Promise<void> {
  const { request, response } = asked;
  const work = routes[`${request.method} ${address}`];
  if (!work) return sendJson(response, 404, faultOf('没有这个地址', 'There is no such address'));
  const type = request.headers['content-type']?.split(';')[0] ?? '';
  if (request.method === 'POST' && !bodyTypes.includes(type))
    return sendJson(response, 415, faultOf('请求的格式不对', 'The request has the wrong form'));
  try {
    // What people do while the clock is moved, they do once it runs again.
    if (request.method === 'POST' && address !== 'clock') await parts.clockMoves.untilStill();
    const answer = await work(parts, asked);
    if (!response.headersSent) sendJson(response, 200, answer);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    sendJson(response, 400, faultOf(error.message, error.en));
  }
}

/** A refusal as the page takes it. */
export const faultOf = (fault: string, en: string): FaultView => ({ fault, en });

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  });
  response.end(JSON.stringify(body));
}
