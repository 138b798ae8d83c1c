import type { Chat } from '../contract.ts';
import { avatar, groupAvatar } from './avatar.ts';
import { el } from './element.ts';
import type { Store } from './store.ts';
import { createTimes } from './times.ts';
import { previewOf } from './preview.ts';
import { say } from './words.ts';

/** The chats of the person one is, newest first, with what is unread. */
export function createChatList(store: Store, open: (chat: string) => void) {
  const times = createTimes(store);
  const list = el('ul', { class: 'chats' });
  const node = el('nav', { class: 'chat-list', 'aria-label': say.chats }, list);
  let current: string | undefined;

  function draw(): void {
    const focused = document.activeElement?.getAttribute('data-chat');
    const chats = store.chats();
    const empty = el('li', { class: 'quiet' }, say.noChats);
    list.replaceChildren(...(chats.length > 0 ? chats.map(line) : [empty]));
    if (focused) find(focused)?.focus();
    const unread = chats.reduce((sum, { id }) => sum + store.unread(id), 0);
    document.title = unread > 0 ? `(${unread}) ${say.page}` : say.page;
  }

  function line(chat: Chat): HTMLElement {
    const unread = store.unread(chat.id);
    const last = store.messagesOf(chat.id).at(-1);
    const badge = el('span', { class: 'badge', 'aria-label': say.unread(unread) }, shown(unread));
    const face = chat.kind === 'group' ? groupAvatar() : avatar(store.world.bot);
    const button = el(
      'button',
      {
        class: 'chat',
        type: 'button',
        'data-chat': chat.id,
        'aria-current': chat.id === current && 'true',
        onclick: () => {
          open(chat.id);
        },
      },
      face,
      el(
        'span',
        { class: 'chat-words' },
        el(
          'span',
          { class: 'chat-top' },
          el('span', { class: 'chat-name' }, chat.name),
          chat.kind === 'p2p' && el('span', { class: 'tag' }, say.bot),
          el('time', { class: 'chat-time' }, last ? times.short(last.at) : ''),
        ),
        el(
          'span',
          { class: 'chat-bottom' },
          el('span', { class: 'chat-last' }, last ? previewOf(last, store) : ''),
          unread > 0 && badge,
        ),
      ),
    );
    return el('li', {}, button);
  }

  const find = (chat: string) =>
    list.querySelector<HTMLElement>(`[data-chat="${CSS.escape(chat)}"]`);

  store.watch(({ kind }) => {
    if (kind === 'chats' || kind === 'everything' || kind === 'time') draw();
  });
  return {
    node,
    mark(chat: string | undefined): void {
      const before = current;
      current = chat ?? current;
      draw();
      if (chat === undefined) current = undefined;
      else if (before !== chat) find(chat)?.scrollIntoView({ block: 'nearest' });
    },
    focus: (): void => list.querySelector<HTMLElement>('[aria-current]')?.focus(),
  };
}

const shown = (unread: number) => (unread > 99 ? '99+' : String(unread));
