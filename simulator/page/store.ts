import type { Chat, Message, PageEvent, Person, World } from '../contract.ts';
import { api } from './api.ts';
import { seen } from './read-marks.ts';
import { createShelf } from './shelf.ts';
import { openStream } from './stream.ts';

export type Change =
  | { kind: 'everything' }
  | { kind: 'chats' }
  | { kind: 'message'; message: Message; isNew: boolean }
  | { kind: 'earlier'; chat: string }
  /** The clock was moved. */
  | { kind: 'time' }
  | { kind: 'connection'; lost: boolean };

/** What one person sees, kept true by the server's stream. */
export function createStore(world: World) {
  const listeners = new Set<(change: Change) => void>();
  const everybody = new Map([...world.people, world.bot].map((each) => [each.id, each]));
  let me: Person = world.people[0] ?? world.bot;
  let chats = new Map<string, Chat>();
  let shelf = createShelf();
  let closeStream = () => {};
  let { offsetMs } = world;

  function tell(change: Change): void {
    for (const listener of listeners) listener(change);
  }

  const followed: {
    [Kind in PageEvent['kind']]: (event: Extract<PageEvent, { kind: Kind }>) => unknown;
  } = {
    reset: () => reload(),
    async chat({ chat }) {
      const isNew = !chats.has(chat.id);
      chats.set(chat.id, chat);
      if (isNew) await loadMessages(me, chat.id).catch(hears.lost);
      tell({ kind: 'chats' });
    },
    'chat-gone'({ chat }) {
      chats.delete(chat);
      shelf.remove(chat);
      tell({ kind: 'chats' });
    },
    clock(moved) {
      offsetMs = moved.offsetMs;
      tell({ kind: 'time' });
    },
    message({ message }) {
      const taken = shelf.take(message);
      if (taken === 'old') return;
      tell({ kind: 'message', message, isNew: taken === 'new' });
      tell({ kind: 'chats' });
    },
  };
  const hears = {
    event: (event: PageEvent) =>
      void (followed[event.kind] as (event: PageEvent) => unknown)(event),
    lost: () => {
      tell({ kind: 'connection', lost: true });
    },
    back: () => {
      tell({ kind: 'connection', lost: false });
      void reload();
    },
  };

  async function loadMessages({ id }: Person, chat: string): Promise<void> {
    const page = await api.messages(id, chat);
    if (id === me.id) shelf.put(chat, page);
  }

  /** Reads everything anew, for somebody who has just come or come back. */
  async function load(person: Person): Promise<void> {
    const [now, list] = await Promise.all([api.world(), api.chats(person.id)]);
    if (person.id !== me.id) return;
    offsetMs = now.offsetMs;
    chats = new Map(list.map((chat) => [chat.id, chat]));
    shelf = createShelf();
    await Promise.all(list.map(({ id }) => loadMessages(person, id)));
    if (person.id === me.id) tell({ kind: 'everything' });
  }
  const reload = () => load(me).catch(hears.lost);

  return {
    world,
    get me() {
      return me;
    },
    /** Milliseconds by which this world's clock is ahead. */
    get offsetMs() {
      return offsetMs;
    },
    now: (): number => Date.now() + offsetMs,
    watch: (listener: (change: Change) => void): void => void listeners.add(listener),
    person: (id: string): Person | undefined => everybody.get(id),
    chat: (id: string): Chat | undefined => chats.get(id),
    messagesOf: (chat: string): readonly Message[] => shelf.of(chat),
    isComplete: (chat: string): boolean => shelf.isComplete(chat),
    /** Newest first. */
    chats: (): Chat[] =>
      [...chats.values()].sort((one, other) => shelf.newestAt(other.id) - shelf.newestAt(one.id)),

    unread(chat: string): number {
      const mark = seen.upTo(me.id, chat);
      const isUnread = ({ at, sender }: Message) => at > mark && sender !== me.id && sender !== '';
      return shelf.of(chat).filter(isUnread).length;
    },
    read: (chat: string): void => {
      seen.mark(me.id, chat, shelf.newestAt(chat));
    },
    /** Has the list of chats drawn again, after something was read. */
    refresh: (): void => {
      tell({ kind: 'chats' });
    },
    async become(person: Person): Promise<void> {
      closeStream();
      me = person;
      closeStream = openStream(api.eventsAddress(person.id), hears);
      await load(person);
    },
    async loadEarlier(chat: string): Promise<void> {
      shelf.putBefore(chat, await api.messages(me.id, chat, shelf.of(chat)[0]?.id));
      tell({ kind: 'earlier', chat });
    },
  };
}
export type Store = ReturnType<typeof createStore>;
