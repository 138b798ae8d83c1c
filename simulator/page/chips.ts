import type { Chat } from '../contract.ts';
import { api } from './api.ts';
import { el } from './element.ts';
import { icon } from './icons.ts';
import type { Store } from './store.ts';
import { filesFor, suggestionsFor } from './suggestions.ts';
import { attempt } from './toast.ts';
import { say } from './words.ts';

/** What a chip does to the line one writes. */
interface Line {
  text(): string;
  put(text: string): void;
}

/** One tap calls the bot or writes a whole message for somebody who does not know the words yet. */
export function createChips(store: Store, line: Line) {
  const { name } = store.world.bot;
  const bot = `@${name}`;
  const node = el('div', { class: 'chips', role: 'group', 'aria-label': say.tryThese });

  function chip(text: string, act: () => void, look = '', ...marks: Node[]): HTMLElement {
    return el('button', { type: 'button', class: `chip ${look}`, onclick: act }, ...marks, text);
  }

  const callBot = () =>
    chip(
      bot,
      () => {
        const text = line.text();
        line.put(text.includes(bot) ? text : `${bot} ${text}`);
      },
      'chip-bot',
    );

  const inviteBot = ({ id }: Chat) =>
    chip(
      say.robotIn,
      () =>
        void attempt(() => api.group({ as: store.me.id, chat: id, change: { kind: 'add-bot' } })),
      'chip-bot',
    );

  const fileChips = (chat: Chat) =>
    filesFor(store.me, chat).map((sample) => {
      const send = () => void attempt(() => api.sendSample(store.me.id, chat.id, sample));
      return chip(say.sampleFiles[sample], send, 'chip-file', icon('file'));
    });

  return {
    node,
    show(chat: Chat | undefined): void {
      const isGroup = chat?.kind === 'group';
      const offers = (chat ? suggestionsFor(store.me, chat) : []).map((text) =>
        chip(text, () => {
          line.put(isGroup ? `${bot} ${text}` : text);
        }),
      );
      if (chat) offers.unshift(...fileChips(chat));
      if (offers.length > 0) offers.unshift(el('span', { class: 'chips-label' }, say.tryThese));
      if (isGroup && !chat.disbanded) offers.unshift(chat.withBot ? callBot() : inviteBot(chat));
      node.replaceChildren(...offers);
    },
  };
}
