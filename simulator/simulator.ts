import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createActions } from './actions.ts';
import { readBody } from './body.ts';
import { systemClock, type SimulatorClock } from './clock.ts';
import type { Chat, Message } from './contract.ts';
import { Fault } from './fault.ts';
import { isFromHere } from './gate.ts';
import { silentLog, type SimulatorLog } from './log.ts';
import { createOpenApi } from './open-api.ts';
import { answerPage, sendJson } from './page-api.ts';
import { createPerson, type SimulatedPerson } from './person.ts';
import { createPusher } from './pusher.ts';
import type { AppKeys } from './seal.ts';
import { findStatic } from './static-files.ts';
import { fileStorage, memoryStorage } from './storage.ts';
import { createStreams } from './stream.ts';
import { usualSwitches, type Switches } from './switches.ts';
import { chatView, messageView } from './view.ts';
import { createWorld } from './world.ts';

export const prefix = '/simulator';

export interface SimulatorOptions {
  app: AppKeys;
  clock?: SimulatorClock;
  /** The file that keeps people, chats and messages over a restart; without it they are forgotten. */
  statePath?: string;
  log?: SimulatorLog;
  switches?: Partial<Switches>;
}

/**
 * Feishu on your desk: the Open API under `/simulator/feishu`, the chat page under `/simulator/`,
 * and a pusher of events. Mount `handle` in the app's own server, or `listen` alone:
 *
 * ```ts
 * const simulator = createSimulator({ app });
 * const { domain } = await simulator.listen(); // for the SDK
 * simulator.aim('http://127.0.0.1:3000/webhook/event');
 * await simulator.person('lin').says(studyGroup, '@学伴 帮助');
 * ```
 */
export function createSimulator(options: SimulatorOptions) {
  const { app, clock = systemClock, log = silentLog, statePath } = options;
  const switches: Switches = { ...usualSwitches, ...options.switches };
  const warn = (text: string) => log.warn({}, text);
  const storage = statePath ? fileStorage(statePath, warn) : memoryStorage();
  const world = createWorld({ storage, clock });
  const pusher = createPusher({ app, world, clock, log, repeats: () => switches.repeats });
  const actions = createActions({ world, pusher, clock, switches });
  const streams = createStreams(world);
  const openApi = createOpenApi({ app, world, clock, switches });
  let answering = 0;
  let server: Server | undefined;

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://localhost');
    const inside = pathname.slice(prefix.length + 1);
    if (!isFromHere(request)) return sendJson(response, 403, { fault: '只在本机可用' });
    if (pathname === prefix) return redirect(response);
    if (inside.startsWith('feishu/open-apis/')) return answerApi(request, response, inside, query);
    const address = /^api\/(.+)$/.exec(inside)?.[1];
    if (address)
      return answerPage({ world, actions, streams, clock }, address, { request, response, query });
    const file = pathname.startsWith(`${prefix}/`) && (await findStatic(safeDecode(inside)));
    if (!file) return sendJson(response, 404, { fault: '没有这个地址' });
    response.writeHead(200, { 'content-type': file.type, 'cache-control': 'no-cache' });
    response.end(file.bytes);
  }

  async function answerApi(
    request: IncomingMessage,
    response: ServerResponse,
    inside: string,
    query: URLSearchParams,
  ): Promise<void> {
    answering += 1;
    try {
      const path = inside.slice('feishu/open-apis'.length);
      const headers = new Headers(request.headers as Record<string, string>);
      const body = await readBody(request);
      const answer = await openApi.answer({
        method: request.method ?? 'GET',
        path,
        query,
        headers,
        body,
      });
      response.writeHead(answer.status, answer.headers);
      response.end(answer.body);
    } finally {
      answering -= 1;
      world.changed({ kind: 'traffic' });
    }
  }

  /** Serves everything under `/simulator`; nothing that it does throws. */
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await route(request, response);
    } catch (error) {
      if (!(error instanceof Fault)) log.warn({ err: error }, 'the simulator failed');
      if (response.headersSent) response.destroy();
      else sendJson(response, error instanceof Fault ? 400 : 500, { fault: '模拟器出错了' });
    }
  }

  /** Resolves with what `find` gives once that is not undefined or false; looks again at every change. */
  function waitFor<T>(find: () => T | undefined | false, patience = 10_000): Promise<T> {
    return new Promise((resolve, reject) => {
      const late = () => finish(() => reject(new Error(`waited ${patience} ms in vain: ${find}`)));
      const timer = setTimeout(late, patience);
      const unwatch = world.watch(look);
      function finish(act: () => void) {
        clearTimeout(timer);
        unwatch();
        act();
      }
      function look() {
        try {
          const found = find();
          if (found !== undefined && found !== false) finish(() => resolve(found));
        } catch (error) {
          finish(() => reject(error as Error));
        }
      }
      look();
    });
  }

  const chat = (id: string): Chat => {
    const found = world.chat(id);
    if (!found) throw new Fault(`no chat ${id}`);
    return chatView(world, found);
  };

  return {
    handle,
    world,
    switches,
    waitFor,

    /** Where events and card presses go: the app's `…/webhook/event`. */
    aim(url: string | undefined): void {
      pusher.aim(url);
      if (url) pusher.resume();
    },
    /** What the platform does when that address is entered in its console. */
    challenge: (): Promise<boolean> => pusher.challenge(),
    /** Any event, sealed; says whether the app took it at once. */
    push: (type: string, event: unknown): Promise<boolean> => pusher.push(type, event),
    /** How many events the app has still to take. */
    undelivered: (): number => pusher.waiting,
    forgetTokens: (): void => openApi.forgetTokens(),

    person(handle: string): SimulatedPerson {
      const found = world.byHandle(handle);
      if (!found) throw new Fault(`nobody is called ${handle}`);
      return createPerson(world, actions, found);
    },
    addPerson: (handle: string, name: string): SimulatedPerson =>
      createPerson(world, actions, world.addPerson(handle, name)),
    /** The first of `members` (ids) owns it. */
    addGroup: (name: string, members: string[], withBot = true): Chat =>
      chatView(world, world.addGroup(name, members, withBot)),
    chat,
    messagesOf: (chatId: string): Message[] =>
      world.messagesOf(chatId).map((each) => messageView(world, each)),

    /** Resolves once no event is on its way to the app and no call of the app is being answered. */
    settled: async (): Promise<void> => {
      await waitFor(() => !pusher.busy && answering === 0);
    },

    /** Listens on its own port of the loopback; `domain` is for the SDK. */
    async listen(port = 0): Promise<{ port: number; domain: string }> {
      const own = createServer((request, response) => void handle(request, response));
      server = own;
      await new Promise<void>((resolve) => own.listen(port, '127.0.0.1', resolve));
      const chosen = (own.address() as AddressInfo).port;
      return { port: chosen, domain: domainAt(chosen) };
    },

    async close(): Promise<void> {
      pusher.close();
      streams.close();
      world.save();
      const own = server;
      if (!own) return;
      own.closeAllConnections();
      await new Promise((resolve) => own.close(resolve));
    },
  };
}
export type Simulator = ReturnType<typeof createSimulator>;

/** The SDK's `domain` for a simulator mounted on this port. */
export const domainAt = (port: number): string => `http://127.0.0.1:${port}${prefix}/feishu`;

function redirect(response: ServerResponse): void {
  response.writeHead(302, { location: `${prefix}/` });
  response.end();
}

function safeDecode(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return '';
  }
}
