import { createChatHead } from './chat-head.ts';
import { createComposer } from './composer.ts';
import { createDropZone } from './drop-zone.ts';
import { el } from './element.ts';
import { createMessageList } from './message-list.ts';
import { createScroll } from './scroll.ts';
import type { Change, Store } from './store.ts';

/** One chat: its messages, and below them where one writes. */
export function createConversation(store: Store, leads: { back(): void }) {
  const head = createChatHead(store, leads.back);
  const composer = createComposer(store);
  const list = createMessageList(store, composer.replyTo);
  const scroll = createScroll(list.node);
  const node = el('main', { class: 'conversation' }, head.node, scroll.node, composer.node);
  let current: string | undefined;
  let reader = store.me.id;

  function show(chat: string | undefined): void {
    current = chat;
    list.show(chat);
    showAbout();
  }

  /** What stands around the messages. */
  function showAbout(): void {
    head.show(current);
    composer.show(store.chat(current ?? ''));
  }

  function markRead(): void {
    const isLooking = scroll.isAtEnd() && document.visibilityState === 'visible';
    if (current !== undefined && isLooking) store.read(current);
  }

  function catchUp(): void {
    if (current === undefined || store.unread(current) === 0) return;
    markRead();
    store.refresh();
  }

  function follow(change: Change): void {
    if (change.kind === 'everything') {
      // What one has typed outlives a lost connection, but not a change of person.
      if (reader !== store.me.id) list.forget();
      reader = store.me.id;
      show(current);
    }
    if (change.kind === 'chats')
      if (store.chat(current ?? '')) showAbout();
      else show(undefined);
    if (change.kind === 'time') list.renameDays();
    if (change.kind === 'earlier' && change.chat === current)
      scroll.keepPlace(() => {
        list.show(current);
      });
    if (change.kind !== 'message' || change.message.chat !== current) return;
    if (!change.isNew) return list.redraw(change.message.id);
    list.append(change.message);
    scroll.came(change.message.sender === store.me.id);
    markRead();
  }

  createDropZone(node, composer.sendFiles);
  store.watch(follow);
  scroll.onEnd(catchUp);
  document.addEventListener('visibilitychange', catchUp);

  return {
    node,
    chat: () => current,
    open(chat: string | undefined): void {
      show(chat);
      scroll.toEnd();
      if (chat === undefined) return;
      store.read(chat);
      composer.begin();
    },
  };
}
