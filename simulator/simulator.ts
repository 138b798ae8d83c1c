import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createActions } from './actions.ts';
import { systemClock, type SimulatorClock } from './clock.ts';
import type { Chat, Message } from './contract.ts';
import { createDoor, prefix } from './door.ts';
import { Fault } from './fault.ts';
import { createClockMoves, type Follower } from './clock-moves.ts';
import { createLongConnections } from './long-connections.ts';
import { silentLog, type SimulatorLog } from './log.ts';
import { createOpenApi } from './open-api.ts';
import { createPerson, type SimulatedPerson } from './person.ts';
import { createPusher } from './pusher.ts';
import type { AppKeys } from './seal.ts';
import { fileStorage, memoryStorage } from './storage.ts';
import { createStreams } from './stream.ts';
import { usualSwitches, type Switches } from './switches.ts';
import { chatView, messageView } from './view.ts';
import { createWaitFor } from './wait-for.ts';
import { createWorld } from './world.ts';

export interface SimulatorOptions {
  app: AppKeys;
  clock?: SimulatorClock;
  /** IANA zone in which the page writes times. */
  zone?: string;
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
  const { zone = 'Asia/Shanghai' } = options;
  const switches: Switches = { ...usualSwitches, ...options.switches };
  const warn = (text: string) => log.warn({}, text);
  const storage = statePath ? fileStorage(statePath, warn) : memoryStorage();
  const world = createWorld({ storage, clock });
  const longConnections = createLongConnections(app, () => switches.patience);
  const pusher = createPusher({ app, world, clock, log, switches, longConnections });
  const actions = createActions({ world, pusher, clock, switches });
  const streams = createStreams(world);
  const openApi = createOpenApi({ app, world, clock, switches });
  const waitFor = createWaitFor(world);
  const clockMoves = createClockMoves({ world, clock, zone, settled: () => settled() });
  const time = { clock, zone, clockMoves };
  const door = createDoor({
    world,
    actions,
    streams,
    openApi,
    longConnections,
    switches,
    log,
    ...time,
  });
  let server: Server | undefined;

  const chat = (id: string): Chat => {
    const found = world.chat(id);
    if (!found) throw new Fault(`no chat ${id}`);
    return chatView(world, found);
  };

  async function settled(): Promise<void> {
    const idle = () => !pusher.busy && !door.busy;
    do {
      await waitFor(idle);
      await new Promise(setImmediate);
    } while (!idle());
  }

  return {
    /** Serves everything under `/simulator`; nothing that it does throws. */
    handle: door.handle,
    world,
    switches,
    /** Resolves with what `find` gives once that is not undefined or false; looks again at every change. */
    waitFor,

    /** Where events and card presses go: the app's `…/webhook/event`, of each replica. */
    aim: (...urls: string[]): void => pusher.aim(...urls),
    /** What the platform does when that address is entered in its console. */
    challenge: (): Promise<boolean> => pusher.challenge(),
    /** Any event, sealed; says whether the app took it at once. */
    push: (type: string, event: unknown): Promise<boolean> => pusher.push(type, event),
    /** How many events the app has still to take. */
    undelivered: (): number => pusher.waiting,
    forgetTokens: (): void => openApi.forgetTokens(),
    /** The app's long connections: events go over one of them while any stands. */
    longConnections,

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
    settled,
    /** The app whose time is the clock's: from here on the page can move it. */
    follow: (follower: Follower): void => clockMoves.follow(follower),

    /** Listens on its own port of the loopback; `domain` is for the SDK. */
    async listen(port = 0): Promise<{ port: number; domain: string }> {
      const own = createServer((request, response) => void door.handle(request, response));
      own.on('upgrade', longConnections.upgrade);
      server = own;
      await new Promise<void>((resolve) => own.listen(port, '127.0.0.1', resolve));
      const chosen = (own.address() as AddressInfo).port;
      return { port: chosen, domain: domainAt(chosen) };
    },

    async close(): Promise<void> {
      pusher.close();
      longConnections.close();
      streams.close();
      world.close();
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
