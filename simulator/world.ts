import { randomUUID } from 'node:crypto';
import type { Known } from './card-rules.ts';
import type { SimulatorClock } from './clock.ts';
import { botId, makeGroup, makePerson, makePrivateChat, steadyId } from './sample.ts';
import type { ChatRecord, MessageRecord, PersonRecord } from './state.ts';
import type { Storage } from './storage.ts';

/** What just changed, for whoever watches: the page's streams and the tests that wait. */
export type Change =
  | { kind: 'message'; message: MessageRecord }
  | { kind: 'chat'; chat: ChatRecord }
  | { kind: 'chat-gone'; chat: ChatRecord; person: string }
  | { kind: 'traffic' };

export const newId = (prefix: string): string => `${prefix}_${randomUUID().replaceAll('-', '')}`;

const saveAfter = 100;

/** The one place that changes what the platform remembers. */
export function createWorld({ storage, clock }: { storage: Storage; clock: SimulatorClock }) {
  const state = storage.load();
  const watchers = new Set<(change: Change) => void>();
  let saving: NodeJS.Timeout | undefined;

  function save() {
    clearTimeout(saving);
    saving = undefined;
    storage.save(state);
  }
  function changed(change: Change) {
    saving ??= setTimeout(save, saveAfter).unref();
    for (const watch of [...watchers]) watch(change);
  }

  const chat = (id: string) => state.chats.find((each) => each.id === id);
  const person = (id: string) => state.people.find((each) => each.id === id);
  const known: Known = {
    person: (id) => id === botId || person(id) !== undefined,
    image: (key) => state.files.some((file) => file.key === key),
  };

  return {
    state,
    storage,
    chat,
    person,
    /** What a card may name: the people, and the pictures that were uploaded. */
    known,
    message: (id: string) => state.messages.find((each) => each.id === id),
    byHandle: (handle: string) => state.people.find((each) => each.handle === handle),
    messagesOf: (chatId: string) => state.messages.filter((each) => each.chat === chatId),
    chatsOf: (personId: string) => state.chats.filter((each) => each.members.includes(personId)),
    changed,
    save,

    watch(watcher: (change: Change) => void): () => void {
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },

    addMessage(
      written: Pick<MessageRecord, 'chat' | 'sender' | 'type' | 'content'> & Partial<MessageRecord>,
    ): MessageRecord {
      const message: MessageRecord = {
        id: newId('om'),
        at: clock.now().getTime(),
        mentions: [],
        version: 1,
        edits: 0,
        recalled: false,
        ...written,
      };
      state.messages.push(message);
      changed({ kind: 'message', message });
      const place = chat(message.chat);
      if (place) changed({ kind: 'chat', chat: place });
      return message;
    },

    changeMessage(message: MessageRecord, change: Partial<MessageRecord>): void {
      Object.assign(message, change, { version: message.version + 1 });
      changed({ kind: 'message', message });
    },

    changeChat(place: ChatRecord, change: Partial<ChatRecord>): void {
      const gone = place.members.filter((id) => change.members && !change.members.includes(id));
      Object.assign(place, change);
      for (const each of gone) changed({ kind: 'chat-gone', chat: place, person: each });
      changed({ kind: 'chat', chat: place });
    },

    /** A line of the platform itself, such as who came into the group. */
    tell(chatId: string, text: string): void {
      const content = JSON.stringify({ text });
      this.addMessage({ chat: chatId, sender: '', type: 'system', content });
    },

    /** Keeps the bytes and gives their key. */
    keepFile(kind: 'file' | 'img', name: string, bytes: Uint8Array, owner: string): string {
      const key = newId(`${kind}_v3`);
      storage.putBytes(key, bytes);
      state.files.push({ key, name, size: bytes.length, owner });
      return key;
    },

    addPerson(handle: string, name: string): PersonRecord {
      const added = makePerson(handle, name);
      state.people.push(added);
      state.chats.push(makePrivateChat(added.id));
      return added;
    },

    /** The first of `members` owns it. */
    addGroup(name: string, members: string[], withBot = true): ChatRecord {
      const group = makeGroup(steadyId('oc', name), name, [...members], withBot);
      state.chats.push(group);
      changed({ kind: 'chat', chat: group });
      return group;
    },
  };
}
export type World = ReturnType<typeof createWorld>;
