import type { Message } from '../contract.ts';
import { createComposer } from './composer.ts';
import { createDropZone } from './drop-zone.ts';
import { el, swap } from './element.ts';
import { icon } from './icons.ts';
import { openMembers } from './members.ts';
import { messageNode, type Around } from './message.ts';
import { createPressing } from './pressing.ts';
import { createScroll } from './scroll.ts';
import type { Change, Store } from './store.ts';
import { createTimes } from './times.ts';
import { attempt } from './toast.ts';
import { say } from './words.ts';

/** One chat: its messages, and below them where one writes. */
export function createConversation(store: Store, leads: { back(): void }) {
  const times = createTimes(store.world.zone);
  const pressing = createPressing(store, redraw);
  const composer = createComposer(store);
  const list = el('div', { class: 'messages', role: 'log', 'aria-label': say.conversation });
  const scroll = createScroll(list);
  const head = el('header', { class: 'chat-head' });
  const node = el('main', { class: 'conversation' }, head, scroll.node, composer.node);
  createDropZone(node, (files) => composer.sendFiles(files));
  let current: string | undefined;

  const around: Around = {
    store,
    times,
    find: (id) => store.messagesOf(current ?? '').find((message) => message.id === id),
    host: pressing.host,
    reply: composer.replyTo,
    goTo: (id) => {
      const found = find(id);
      found?.scrollIntoView({ block: 'center' });
      found?.animate([{ background: '#fff3c4' }, {}], { duration: 1200 });
    },
  };
  const find = (id: string) =>
    list.querySelector<HTMLElement>(`[data-message="${CSS.escape(id)}"]`) ?? undefined;

  function redraw(id: string): void {
    const old = find(id);
    const message = around.find(id);
    if (old && message) swap(old, messageNode(message, around));
  }

  function draw(): void {
    drawHead();
    const messages = store.messagesOf(current ?? '');
    const more = current !== undefined && messages.length > 0 && !store.isComplete(current);
    const lines = messages.flatMap((message, index) => withDay(message, messages[index - 1]));
    const empty = el('p', { class: 'quiet' }, current === undefined ? say.pick : say.welcome);
    list.replaceChildren(
      ...(more ? [earlierButton()] : []),
      ...(lines.length > 0 ? lines : [empty]),
    );
  }

  function withDay(message: Message, before: Message | undefined): HTMLElement[] {
    const line = messageNode(message, around);
    if (before && times.isSameDay(before.at, message.at)) return [line];
    return [el('div', { class: 'day' }, times.day(message.at)), line];
  }

  function earlierButton(): HTMLElement {
    const onclick = () => void attempt(() => store.loadEarlier(current ?? ''));
    return el('button', { class: 'earlier', type: 'button', onclick }, say.earlier);
  }

  function drawHead(): void {
    const chat = store.chat(current ?? '');
    const back = el(
      'button',
      { class: 'back', type: 'button', 'aria-label': say.back, onclick: leads.back },
      icon('back'),
    );
    if (!chat) return head.replaceChildren(back);
    const count = say.people(chat.members.length);
    const members = el(
      'button',
      {
        class: 'head-button',
        type: 'button',
        'aria-label': `${say.members} ${count}`,
        onclick: () => {
          openMembers(store, chat.id);
        },
      },
      icon('people'),
      count,
    );
    const kind = el('span', { class: 'tag' }, say.bot);
    head.replaceChildren(back, el('h1', {}, chat.name), chat.kind === 'group' ? members : kind);
  }

  function follow(change: Change): void {
    if (change.kind === 'everything') {
      pressing.forget();
      draw();
    }
    if (change.kind === 'chats') followChats();
    if (change.kind === 'earlier' && change.chat === current) scroll.keepPlace(draw);
    if (change.kind !== 'message' || change.message.chat !== current) return;
    if (!change.isNew) return redraw(change.message.id);
    append(change.message);
  }

  function append(message: Message): void {
    list.querySelector(':scope > .quiet')?.remove();
    list.append(...withDay(message, store.messagesOf(message.chat).at(-2)));
    scroll.came(message.sender === store.me.id);
    markRead();
  }

  function followChats(): void {
    drawHead();
    composer.show(store.chat(current ?? ''));
  }

  function markRead(): void {
    if (current !== undefined && scroll.isAtEnd() && document.visibilityState === 'visible')
      store.read(current);
  }

  store.watch(follow);
  scroll.onEnd(() => {
    if (current === undefined || store.unread(current) === 0) return;
    markRead();
    store.refresh();
  });

  return {
    node,
    chat: () => current,
    open(chat: string | undefined): void {
      current = chat;
      if (chat !== undefined) store.read(chat);
      draw();
      composer.show(store.chat(chat ?? ''));
      scroll.toEnd();
      if (chat !== undefined) composer.focus();
    },
  };
}
