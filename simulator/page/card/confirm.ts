import { el } from '../element.ts';
import { say } from '../words.ts';
import { isJson, wordsOf } from './place.ts';

/** Asks before a press, where the card wants that; says whether to go on. */
export function confirmed(confirm: unknown): Promise<boolean> {
  if (!isJson(confirm)) return Promise.resolve(true);
  const dialog = el(
    'dialog',
    { class: 'confirm', 'aria-label': wordsOf(confirm['title']) },
    el('h2', {}, wordsOf(confirm['title'])),
    el('p', {}, wordsOf(confirm['text'])),
    el(
      'form',
      { method: 'dialog', class: 'dialog-buttons' },
      el('button', { class: 'card-button' }, say.cancel),
      el('button', { class: 'card-button primary_filled', value: 'yes' }, say.confirm),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
  });
}
