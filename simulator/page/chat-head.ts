import { el } from './element.ts';
import { icon } from './icons.ts';
import { openMembers } from './members.ts';
import type { Store } from './store.ts';
import { say } from './words.ts';

/** The name of the chat, who is in it, and on a phone the way back. */
export function createChatHead(store: Store, back: () => void) {
  const node = el('header', { class: 'chat-head' });
  const toList = el(
    'button',
    { class: 'back', type: 'button', 'aria-label': say.back, onclick: back },
    icon('back'),
  );

  function members(chat: string, count: number): HTMLElement {
    const onclick = () => {
      openMembers(store, chat);
    };
    const words = say.people(count);
    const looks = { class: 'head-button', type: 'button', 'aria-label': `${say.members} ${words}` };
    return el('button', { ...looks, onclick }, icon('people'), words);
  }

  return {
    node,
    show(id: string | undefined): void {
      const chat = store.chat(id ?? '');
      if (!chat) return node.replaceChildren(toList);
      const isGroup = chat.kind === 'group';
      const who = isGroup
        ? members(chat.id, chat.members.length)
        : el('span', { class: 'tag' }, say.bot);
      node.replaceChildren(toList, el('h1', {}, chat.name), who);
    },
  };
}
