import type { Bilingual } from './bilingual.ts';
import { randomUUID } from 'node:crypto';
import type { Watcher } from './changes.ts';
import type { SimulatorClock } from './clock.ts';
import type { MessageRecord, State } from './state.ts';

/** Beyond this many the oldest messages are forgotten. */
const kept = 10_000;

export const newId = (prefix: string): string => `${prefix}_${randomUUID().replaceAll('-', '')}`;

type Written = Pick<MessageRecord, 'chat' | 'sender' | 'type' | 'content'> & Partial<MessageRecord>;

/** The messages of all chats: where they come in and change. */
export function createMessages(state: State, clock: SimulatorClock, changed: Watcher) {
  function add(written: Written): MessageRecord {
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
    if (state.messages.length > kept) state.messages.splice(0, kept / 4);
    changed({ kind: 'message', message });
    const chat = state.chats.find(({ id }) => id === message.chat);
    if (chat) changed({ kind: 'chat', chat });
    return message;
  }

  return {
    addMessage: add,
    /** A line of the platform itself, such as who came into the group. */
    tell(chat: string, line: Bilingual): void {
      add({ chat, sender: '', type: 'system', content: JSON.stringify(line) });
    },
    changeMessage(message: MessageRecord, change: Partial<MessageRecord>): void {
      Object.assign(message, change, { version: message.version + 1 });
      changed({ kind: 'message', message });
    },
    message: (id: string) => state.messages.find((each) => each.id === id),
    messagesOf: (chat: string) => state.messages.filter((each) => each.chat === chat),
  };
}
