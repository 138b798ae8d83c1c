import type { Chat, Message } from '../contract.ts';
import { api } from './api.ts';
import { createChips } from './chips.ts';
import { el } from './element.ts';
import { createFileButton } from './file-button.ts';
import { createMentions } from './mentions.ts';
import { createQuoted } from './quoted.ts';
import type { Store } from './store.ts';
import { attempt, showToast } from './toast.ts';
import { say } from './words.ts';

const biggest = 30 * 1024 * 1024;
const tallest = 140;

/** Where one writes: a line that grows, mentions, files and suggestions for the first minutes. */
export function createComposer(store: Store) {
  const box = el('textarea', { class: 'box', rows: 1, 'aria-label': say.message });
  const button = el('button', { class: 'send', type: 'submit', title: say.enter }, say.send);
  const chips = createChips(store, { text: () => box.value, put });
  const quoted = createQuoted(store);
  const mentions = createMentions(store, box, changed);
  const bar = el('div', { class: 'bar' }, createFileButton(sendFiles), box, button);
  const node = el('form', { class: 'composer' }, chips.node, quoted.node, mentions.node, bar);
  let chat: Chat | undefined;

  function changed(): void {
    box.style.height = 'auto';
    box.style.height = `${Math.min(box.scrollHeight, tallest)}px`;
    button.disabled = box.value.trim() === '';
    const isGroup = chat?.kind === 'group' && chat.withBot;
    const isCalled = box.value === '' || box.value.includes(`@${store.world.bot.name}`);
    node.classList.toggle('uncalled', isGroup && !isCalled);
  }

  function put(text: string): void {
    box.value = text;
    changed();
    box.focus({ preventScroll: true });
    box.setSelectionRange(text.length, text.length);
  }

  async function send(): Promise<void> {
    const text = box.value;
    if (!chat || text.trim() === '') return;
    const said = { as: store.me.id, chat: chat.id, text, replyTo: quoted.id() };
    put('');
    const isSent = await attempt(() => api.say(said));
    if (isSent) quoted.show(undefined);
    else if (box.value === '') put(text);
  }

  function sendFiles(files: File[]): void {
    const to = chat;
    if (!to) return;
    for (const file of files) {
      if (file.size > biggest) showToast({ type: 'warning', content: say.tooBig });
      else void attempt(() => api.sendFile(store.me.id, to.id, file));
    }
  }

  box.addEventListener('input', changed);
  box.addEventListener('keydown', (event) => {
    // While an input method composes, Enter belongs to it.
    if (event.isComposing || event.defaultPrevented || event.key !== 'Enter' || event.shiftKey)
      return;
    event.preventDefault();
    void send();
  });
  node.addEventListener('submit', (event) => {
    event.preventDefault();
    void send();
  });
  box.addEventListener('paste', (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length > 0) event.preventDefault();
    sendFiles(files);
  });

  return {
    node,
    sendFiles,
    replyTo(message: Message): void {
      quoted.show(message);
      box.focus();
    },
    /** The same chat may be shown again, when something about it has changed. */
    show(shown: Chat | undefined): void {
      chat = shown;
      node.hidden = !shown;
      mentions.show(shown);
      chips.show(shown);
      if (!shown) return;
      box.disabled = shown.disbanded;
      box.placeholder = placeholderOf(shown);
      changed();
    },
    /** Somebody begins anew, in another chat or as another person. */
    begin(): void {
      quoted.show(undefined);
      box.value = '';
      changed();
      // On a touch screen the keyboard would cover what one came to read.
      if (matchMedia('(pointer: fine)').matches) box.focus({ preventScroll: true });
    },
  };
}

function placeholderOf({ kind, name, withBot, disbanded }: Chat): string {
  if (disbanded) return say.cannotWrite;
  return kind === 'group' && withBot ? say.writeGroup : say.write(name);
}
