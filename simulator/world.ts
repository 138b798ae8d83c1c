import type { Known } from './card-rules.ts';
import { createChanges, type Change } from './changes.ts';
import type { SimulatorClock } from './clock.ts';
import { createMessages, newId } from './messages.ts';
import { botId, makeGroup, makePerson, makePrivateChat, steadyId } from './sample.ts';
import type { ChatRecord, PersonRecord, State } from './state.ts';
import type { Storage } from './storage.ts';

/** For so long the platform repeats nothing that it sent under one `uuid`. */
export const uuidLife = 3600 * 1000;

/** Milliseconds from a change to its place in the file; longer where writing the file takes long. */
const saveAfter = 100;

/** What the platform remembers, and the one place that changes it. */
export function createWorld({ storage, clock }: { storage: Storage; clock: SimulatorClock }) {
  const state = storage.load();
  const changes = createChanges();
  let saving: NodeJS.Timeout | undefined;
  let pause = saveAfter;
  let closed = false;

  function save() {
    clearTimeout(saving);
    saving = undefined;
    const began = performance.now();
    forgetUuids(state, clock.now().getTime() - uuidLife);
    storage.save(state);
    pause = Math.max(saveAfter, 10 * (performance.now() - began));
  }
  function changed(change: Change) {
    changes.tell(change);
    if (!closed) saving ??= setTimeout(save, pause).unref();
    else if (change.kind !== 'traffic') save();
  }

  return {
    state,
    changed,
    /** Writes everything down; what still changes after is written at once. */
    close(): void {
      closed = true;
      save();
    },
    watch: changes.watch,
    ...createMessages(state, clock, changed),
    ...createPlaces(state, changed),
    known: knownIn(state),

    /** Keeps the bytes and gives their key. */
    keepFile(kind: 'file' | 'img', name: string, bytes: Uint8Array, owner: string): string {
      const key = newId(`${kind}_v3`);
      storage.putBytes(key, bytes);
      state.files.push({ key, name, size: bytes.length, owner });
      return key;
    },
    bytes: (key: string) => storage.bytes(key),
  };
}
export type World = ReturnType<typeof createWorld>;

function forgetUuids(state: State, upTo: number): void {
  const recent = Object.entries(state.uuids).filter(([, { at }]) => at > upTo);
  state.uuids = Object.fromEntries(recent);
}

/** What a card may name: the people, and the pictures that were uploaded. */
function knownIn(state: State): Known {
  return {
    person: (id) => id === botId || state.people.some((person) => person.id === id),
    image: (key) => state.files.some((file) => file.key === key),
  };
}

/** The people and their chats. */
function createPlaces(state: State, changed: (change: Change) => void) {
  return {
    chat: (id: string) => state.chats.find((each) => each.id === id),
    person: (id: string) => state.people.find((each) => each.id === id),
    byHandle: (handle: string) => state.people.find((each) => each.handle === handle),
    chatsOf: (person: string) => state.chats.filter((each) => each.members.includes(person)),

    changeChat(chat: ChatRecord, change: Partial<ChatRecord>): void {
      const gone = chat.members.filter((id) => change.members && !change.members.includes(id));
      Object.assign(chat, change);
      for (const person of gone) changed({ kind: 'chat-gone', chat, person });
      changed({ kind: 'chat', chat });
    },
    addPerson(handle: string, name: string): PersonRecord {
      const added = makePerson(handle, name);
      state.people.push(added);
      state.chats.push(makePrivateChat(added.id));
      return added;
    },
    /** The first of `members` owns it. */
    addGroup(name: string, members: string[], withBot: boolean): ChatRecord {
      const chat = makeGroup(steadyId('oc', name), name, [...members], withBot);
      state.chats.push(chat);
      changed({ kind: 'chat', chat });
      return chat;
    },
  };
}
