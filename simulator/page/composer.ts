import type { Chat, Message } from '../contract.ts';
import { api } from './api.ts';
import { el } from './element.ts';
import { icon } from './icons.ts';
import { createMentions } from './mentions.ts';
import { plainWords } from './preview.ts';
import type { Store } from './store.ts';
import { suggestionsFor } from './suggestions.ts';
import { attempt, showToast } from './toast.ts';
import { say } from './words.ts';

const biggest = 30 * 1024 * 1024;
const tallest = 140;

/** Where one writes: a line that grows, mentions, files and suggestions for the first minutes. */
export function createComposer(store: Store) {
  const box = el('textarea', { class: 'box', rows: 1, 'aria-label': say.message });
  const sendButton = el('button', { class: 'send', type: 'submit', title: say.enter }, say.send);
  const picker = el('input', { type: 'file', hidden: true, multiple: true });
  const clip = el(
    'button',
    { class: 'tool', type: 'button', title: say.sendFile, 'aria-label': say.sendFile },
    icon('clip'),
  );
  const chips = el('div', { class: 'chips', role: 'group', 'aria-label': say.tryThese });
  const quoted = el('div', { class: 'quoted', hidden: true });
  const mentions = createMentions(store, box, changed);
  const bar = el('div', { class: 'bar' }, clip, picker, box, sendButton);
  const node = el('form', { class: 'composer' }, chips, quoted, mentions.node, bar);
  let chat: Chat | undefined;
  let answers: Message | undefined;

  function changed(): void {
    box.style.height = 'auto';
    box.style.height = `${Math.min(box.scrollHeight, tallest)}px`;
    sendButton.disabled = box.value.trim() === '';
    const isCalled = chat?.kind !== 'group' || box.value.includes(`@${store.world.bot.name}`);
    node.classList.toggle('uncalled', !isCalled && box.value !== '');
  }

  function put(text: string): void {
    box.value = text;
    changed();
    box.focus();
    box.setSelectionRange(text.length, text.length);
  }

  async function send(): Promise<void> {
    const text = box.value;
    if (!chat || text.trim() === '') return;
    const said = { as: store.me.id, chat: chat.id, text, replyTo: answers?.id };
    put('');
    const isSent = await attempt(() => api.say(said));
    if (isSent) replyTo(undefined);
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

  function replyTo(message: Message | undefined): void {
    answers = message;
    quoted.hidden = message === undefined;
    if (!message) return;
    const name = store.person(message.sender)?.name ?? '';
    const cancel = el(
      'button',
      { type: 'button', class: 'tool', 'aria-label': say.cancelReply },
      icon('close'),
    );
    cancel.addEventListener('click', () => {
      replyTo(undefined);
    });
    const words = `${say.replyTo(name)}：${plainWords(message)}`;
    quoted.replaceChildren(el('span', {}, words), cancel);
    box.focus();
  }

  function drawChips(): void {
    const bot = `@${store.world.bot.name}`;
    const all = chat ? suggestionsFor(store.me, chat) : [];
    const call = el('button', { type: 'button', class: 'chip chip-bot' }, bot);
    call.addEventListener('click', () => {
      put(box.value.includes(bot) ? box.value : `${bot} ${box.value}`);
    });
    const offers = all.map((text) => {
      const chip = el('button', { type: 'button', class: 'chip' }, text);
      chip.addEventListener('click', () => {
        put(chat?.kind === 'group' ? `${bot} ${text}` : text);
      });
      return chip;
    });
    if (chat?.kind !== 'group' || chat.disbanded) return chips.replaceChildren(...offers);
    chips.replaceChildren(chat.withBot ? call : inviteBot(chat), ...offers);
  }

  function inviteBot({ id }: Chat): HTMLElement {
    const chip = el('button', { type: 'button', class: 'chip chip-bot' }, say.robotIn);
    chip.addEventListener('click', () => {
      const change = { kind: 'add-bot' } as const;
      void attempt(() => api.group({ as: store.me.id, chat: id, change }));
    });
    return chip;
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
  clip.addEventListener('click', () => {
    picker.click();
  });
  picker.addEventListener('change', () => {
    sendFiles([...(picker.files ?? [])]);
    picker.value = '';
  });

  return {
    node,
    sendFiles,
    replyTo,
    focus(): void {
      // On a touch screen the keyboard would cover what one came to read.
      if (matchMedia('(pointer: fine)').matches) box.focus({ preventScroll: true });
    },
    show(shown: Chat | undefined): void {
      const isOther = shown?.id !== chat?.id;
      chat = shown;
      node.hidden = !shown;
      mentions.show(shown);
      drawChips();
      if (!shown) return;
      box.disabled = shown.disbanded;
      const isTold = shown.kind === 'group' && shown.withBot;
      box.placeholder = isTold ? say.writeGroup : say.write(shown.name);
      if (shown.disbanded) box.placeholder = say.cannotWrite;
      if (isOther) {
        put('');
        replyTo(undefined);
      }
      changed();
    },
  };
}
