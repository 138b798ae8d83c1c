import type { Message } from '../contract.ts';
import { el, swap } from './element.ts';
import { messageNode, type Around } from './message.ts';
import { createPressing } from './pressing.ts';
import type { Store } from './store.ts';
import { createTimes } from './times.ts';
import { attempt } from './toast.ts';
import { say } from './words.ts';

/** The messages of one chat, oldest first, with the days between them. */
export function createMessageList(store: Store, reply: (message: Message) => void) {
  const times = createTimes(store);
  const pressing = createPressing(store, redraw);
  const node = el('div', { class: 'messages', role: 'log', 'aria-label': say.conversation });
  let current: string | undefined;

  // A field that went away would take half-typed characters of an input method with it.
  let isComposing = false;
  const waiting = new Set<string>();
  node.addEventListener('compositionstart', () => (isComposing = true));
  node.addEventListener('compositionend', () => {
    isComposing = false;
    for (const id of waiting) setTimeout(redraw, 0, id);
    waiting.clear();
  });

  const nodeOf = (id: string) =>
    node.querySelector<HTMLElement>(`[data-message="${CSS.escape(id)}"]`) ?? undefined;
  const find = (id: string) => store.messagesOf(current ?? '').find((each) => each.id === id);
  const around: Around = { store, times, find, host: pressing.host, reply, goTo };

  function goTo(id: string): void {
    nodeOf(id)?.scrollIntoView({ block: 'center' });
    nodeOf(id)?.animate([{ background: '#fff3c4' }, {}], { duration: 1200 });
  }

  function redraw(id: string): void {
    const old = nodeOf(id);
    const message = find(id);
    if (isComposing && old?.contains(document.activeElement)) return void waiting.add(id);
    if (old && message) swap(old, messageNode(message, around));
  }

  function withDay(message: Message, before: Message | undefined): HTMLElement[] {
    const line = messageNode(message, around);
    if (before && times.isSameDay(before.at, message.at)) return [line];
    return [el('div', { class: 'day', 'data-at': message.at }, times.day(message.at)), line];
  }

  function earlierButton(chat: string): HTMLElement {
    const onclick = () => void attempt(() => store.loadEarlier(chat));
    return el('button', { class: 'earlier', type: 'button', onclick }, say.earlier);
  }

  return {
    node,
    redraw,
    forget: pressing.forget,
    show(chat: string | undefined): void {
      current = chat;
      isComposing = false;
      if (chat === undefined) return node.replaceChildren(el('p', { class: 'quiet' }, say.pick));
      const messages = store.messagesOf(chat);
      const empty = el('p', { class: 'quiet' }, say.welcome);
      if (messages.length === 0) return node.replaceChildren(empty);
      node.replaceChildren(
        ...(store.isComplete(chat) ? [] : [earlierButton(chat)]),
        ...messages.flatMap((message, index) => withDay(message, messages[index - 1])),
      );
    },
    /** What was today may be yesterday by now. */
    renameDays(): void {
      for (const day of node.querySelectorAll<HTMLElement>('.day'))
        day.textContent = times.day(Number(day.dataset['at']));
    },
    append(message: Message): void {
      node.querySelector(':scope > .quiet')?.remove();
      node.append(...withDay(message, store.messagesOf(message.chat).at(-2)));
    },
  };
}
