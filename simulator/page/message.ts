import type { Content, Message, Person, TextPart } from '../contract.ts';
import { api } from './api.ts';
import { avatar } from './avatar.ts';
import { cardNode } from './card/card.ts';
import type { CardHost } from './card/place.ts';
import { el, link } from './element.ts';
import { icon } from './icons.ts';
import { plainWords, recalledLine } from './preview.ts';
import type { Store } from './store.ts';
import type { Times } from './times.ts';
import { inLanguage, nameIn, say, titleIn } from './words.ts';

/** What drawing a message needs of the conversation it stands in. */
export interface Around {
  store: Store;
  times: Times;
  find(id: string): Message | undefined;
  host(message: Message): CardHost;
  reply(message: Message): void;
  goTo(id: string): void;
}

export function messageNode(message: Message, around: Around): HTMLElement {
  const { store } = around;
  if (message.recalled) return systemLine(message, recalledLine(message, store));
  if (message.content.kind === 'system') return systemLine(message, inLanguage(message.content));
  const sender = store.person(message.sender) ?? { ...store.world.bot, name: message.sender };
  const isMine = message.sender === store.me.id;
  return el(
    'div',
    { class: `message ${isMine ? 'mine' : 'theirs'}`, 'data-message': message.id },
    avatar(sender),
    el(
      'div',
      { class: 'message-main' },
      el(
        'div',
        { class: 'message-head' },
        ...(isMine ? [] : namesOf(sender, store)),
        el('time', {}, around.times.clock(message.at)),
        message.edited && message.content.kind !== 'card' && el('span', {}, say.edited),
      ),
      el('div', { class: 'message-line' }, bubble(message, around), replyButton(message, around)),
    ),
  );
}

function namesOf({ id, name, title }: Person, store: Store): HTMLElement[] {
  const isBot = id === store.world.bot.id;
  const role = isBot ? say.bot : titleIn(title);
  return [
    el('span', { class: 'sender' }, name),
    el('span', { class: isBot ? 'tag' : 'title' }, role),
  ];
}

function systemLine({ id }: Message, text: string): HTMLElement {
  return el('div', { class: 'system', 'data-message': id }, text);
}

function replyButton(message: Message, { reply }: Around): HTMLElement {
  const onclick = () => {
    reply(message);
  };
  const looks = {
    class: 'reply-button',
    type: 'button',
    title: say.reply,
    'aria-label': say.reply,
  };
  return el('button', { ...looks, onclick }, icon('reply'));
}

function bubble(message: Message, around: Around): HTMLElement {
  const quote = message.replyTo !== undefined && quoteNode(message.replyTo, around);
  const content = contentNode(message, around);
  if (message.content.kind !== 'card') return el('div', { class: 'bubble' }, quote, content);
  return el('div', { class: 'card-frame' }, quote, content);
}

function quoteNode(id: string, { find, store, goTo }: Around): HTMLElement {
  const quoted = find(id);
  const name = quoted ? (store.person(quoted.sender)?.name ?? '') : '';
  const words = quoted ? say.says(say.replyTo(name), plainWords(quoted)) : say.gone;
  const onclick = () => {
    goTo(id);
  };
  return el('button', { class: 'quote', type: 'button', onclick }, words);
}

function contentNode(message: Message, around: Around): Node {
  const { content } = message;
  switch (content.kind) {
    case 'text':
      return el('p', {}, ...content.parts.map(partNode));
    case 'post':
      return postNode(content);
    case 'card':
      return cardNode(content.card, around.host(message));
    case 'file':
      return fileNode(message, content, around);
    case 'image':
      return imageNode(message, content, around);
    case 'system':
      return document.createTextNode(inLanguage(content));
  }
}

function partNode(part: TextPart): Node {
  if (part.kind === 'at') return el('span', { class: 'mention' }, `@${nameIn(part)}`);
  if (part.kind === 'link') return link(part.href, part.text);
  return document.createTextNode(part.text);
}

function postNode({ title, lines }: Extract<Content, { kind: 'post' }>): HTMLElement {
  const heading = title !== '' && el('strong', { class: 'post-title' }, title);
  return el(
    'div',
    { class: 'post' },
    heading,
    ...lines.map((line) => el('p', {}, ...line.map(partNode))),
  );
}

type Sent = { name: string; size: number };

function fileNode({ id }: Message, { name, size }: Sent, { store }: Around): HTMLElement {
  return el(
    'a',
    { class: 'file', href: api.fileAddress(store.me.id, id), download: name, title: say.download },
    el('span', { class: 'file-icon' }, icon('file')),
    el('span', { class: 'file-words' }, el('b', {}, name), el('small', {}, sizeOf(size))),
  );
}

function imageNode(message: Message, sent: Sent, around: Around): HTMLElement {
  const src = api.fileAddress(around.store.me.id, message.id);
  const node = el('img', { class: 'photo', src, alt: sent.name || say.image });
  node.addEventListener('error', () => {
    node.replaceWith(fileNode(message, sent, around));
  });
  return node;
}

function sizeOf(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.ceil(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
