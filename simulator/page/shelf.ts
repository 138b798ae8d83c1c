import type { Message } from '../contract.ts';
import { pageOfMessages } from './api.ts';

/** The messages one has so far, chat by chat. */
export function createShelf() {
  const messages = new Map<string, Message[]>();
  const complete = new Set<string>();
  const of = (chat: string): Message[] => messages.get(chat) ?? [];

  /** Keeps a message unless a newer version of it is there. */
  function take(message: Message): 'new' | 'changed' | 'old' {
    const list = of(message.chat);
    const index = list.findIndex(({ id }) => id === message.id);
    const known = list[index];
    if (known && known.version >= message.version) return 'old';
    if (known) list[index] = message;
    else list.push(message);
    messages.set(message.chat, list);
    return known ? 'changed' : 'new';
  }

  return {
    of,
    take,
    newestAt: (chat: string): number => of(chat).at(-1)?.at ?? 0,
    isComplete: (chat: string): boolean => complete.has(chat),
    /** Puts the newest page in; what the stream brought meanwhile stays. */
    put(chat: string, page: Message[]): void {
      const early = of(chat);
      messages.set(chat, page);
      early.forEach(take);
      if (page.length < pageOfMessages) complete.add(chat);
    },
    putBefore(chat: string, page: Message[]): void {
      messages.set(chat, [...page, ...of(chat)]);
      if (page.length < pageOfMessages) complete.add(chat);
    },
    remove: (chat: string): boolean => messages.delete(chat),
  };
}
export type Shelf = ReturnType<typeof createShelf>;
