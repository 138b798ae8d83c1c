import type { Chat, Message, PageEvent, Person, World } from '../contract.ts';
import { api, pageOfMessages } from './api.ts';
import { seen } from './seen.ts';
import { openStream } from './stream.ts';

export type Change =
  | { kind: 'everything' }
  | { kind: 'chats' }
  | { kind: 'message'; message: Message; isNew: boolean }
  | { kind: 'earlier'; chat: string }
  | { kind: 'connection'; lost: boolean };

/** What one person sees, kept true by the server's stream. */
export function createStore(world: World) {
  const listeners = new Set<(change: Change) => void>();
  const everybody = new Map([...world.people, world.bot].map((each) => [each.id, each]));
  let me: Person = world.people[0] ?? world.bot;
  let chats = new Map<string, Chat>();
  let messages = new Map<string, Message[]>();
  let complete = new Set<string>();
  let closeStream = () => {};

  function tell(change: Change): void {
    for (const listener of listeners) listener(change);
  }

  function take(message: Message): 'new' | 'changed' | 'old' {
    const list = messages.get(message.chat) ?? [];
    const index = list.findIndex(({ id }) => id === message.id);
    const known = list[index];
    if (known && known.version >= message.version) return 'old';
    if (known) list[index] = message;
    else list.push(message);
    messages.set(message.chat, list);
    return known ? 'changed' : 'new';
  }

  function follow(event: PageEvent): void {
    if (event.kind === 'reset') return void reload();
    if (event.kind === 'chat') return void followChat(event.chat);
    if (event.kind === 'chat-gone') {
      chats.delete(event.chat);
      messages.delete(event.chat);
      return tell({ kind: 'chats' });
    }
    const { message } = event;
    const taken = take(message);
    if (taken === 'old') return;
    tell({ kind: 'message', message, isNew: taken === 'new' });
    tell({ kind: 'chats' });
  }

  async function followChat(chat: Chat): Promise<void> {
    const isNew = !chats.has(chat.id);
    chats.set(chat.id, chat);
    if (isNew) await loadMessages(me.id, chat.id);
    tell({ kind: 'chats' });
  }

  async function loadMessages(person: string, chat: string): Promise<void> {
    const list = await api.messages(person, chat);
    if (person !== me.id) return;
    const early = messages.get(chat) ?? [];
    messages.set(chat, list);
    early.forEach(take);
    if (list.length < pageOfMessages) complete.add(chat);
  }

  /** Reads everything anew, for somebody who has just come or come back. */
  async function load(person: Person): Promise<void> {
    const list = await api.chats(person.id);
    if (person.id !== me.id) return;
    chats = new Map(list.map((chat) => [chat.id, chat]));
    messages = new Map();
    complete = new Set();
    await Promise.all(list.map(({ id }) => loadMessages(person.id, id)));
    if (person.id === me.id) tell({ kind: 'everything' });
  }

  async function reload(): Promise<void> {
    await load(me).catch(() => {
      tell({ kind: 'connection', lost: true });
    });
  }

  return {
    world,
    get me() {
      return me;
    },
    watch: (listener: (change: Change) => void): void => void listeners.add(listener),
    person: (id: string): Person | undefined => everybody.get(id),
    chat: (id: string): Chat | undefined => chats.get(id),
    messagesOf: (chat: string): readonly Message[] => messages.get(chat) ?? [],
    isComplete: (chat: string): boolean => complete.has(chat),

    /** Newest first. */
    chats: (): Chat[] =>
      [...chats.values()].sort((one, other) => newest(other.id) - newest(one.id)),

    unread(chat: string): number {
      const mark = seen.upTo(me.id, chat);
      const list = messages.get(chat) ?? [];
      return list.filter(({ at, sender }) => at > mark && sender !== me.id && sender !== '').length;
    },
    read(chat: string): void {
      const last = messages.get(chat)?.at(-1);
      if (last) seen.mark(me.id, chat, last.at);
    },

    /** Has the list of chats drawn again, after something was read. */
    refresh(): void {
      tell({ kind: 'chats' });
    },

    async become(person: Person): Promise<void> {
      closeStream();
      me = person;
      closeStream = openStream(api.eventsAddress(person.id), {
        event: follow,
        lost: () => {
          tell({ kind: 'connection', lost: true });
        },
        back: () => {
          tell({ kind: 'connection', lost: false });
          void reload();
        },
      });
      await load(person);
    },

    async loadEarlier(chat: string): Promise<void> {
      const list = messages.get(chat) ?? [];
      const earlier = await api.messages(me.id, chat, list[0]?.id);
      messages.set(chat, [...earlier, ...list]);
      if (earlier.length < pageOfMessages) complete.add(chat);
      tell({ kind: 'earlier', chat });
    },
  };

  function newest(chat: string): number {
    return messages.get(chat)?.at(-1)?.at ?? 0;
  }
}
export type Store = ReturnType<typeof createStore>;
