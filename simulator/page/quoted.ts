import type { Message } from '../contract.ts';
import { el } from './element.ts';
import { icon } from './icons.ts';
import { plainWords } from './preview.ts';
import type { Store } from './store.ts';
import { say } from './words.ts';

/** The message one is about to answer, above the line one writes. */
export function createQuoted(store: Store) {
  const node = el('div', { class: 'quoted', hidden: true });
  let message: Message | undefined;

  function show(answered: Message | undefined): void {
    message = answered;
    node.hidden = answered === undefined;
    if (!answered) return;
    const name = store.person(answered.sender)?.name ?? '';
    const drop = () => {
      show(undefined);
    };
    const looks = { type: 'button', class: 'tool', 'aria-label': say.cancelReply };
    node.replaceChildren(
      el('span', {}, say.says(say.replyTo(name), plainWords(answered))),
      el('button', { ...looks, onclick: drop }, icon('close')),
    );
  }

  return { node, show, id: (): string | undefined => message?.id };
}
