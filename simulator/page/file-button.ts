import { el } from './element.ts';
import { icon } from './icons.ts';
import { say } from './words.ts';

/** Picks files to send. */
export function createFileButton(send: (files: File[]) => void): HTMLElement {
  const picker = el('input', { type: 'file', hidden: true, multiple: true });
  picker.addEventListener('change', () => {
    send([...(picker.files ?? [])]);
    picker.value = '';
  });
  const onclick = () => {
    picker.click();
  };
  const looks = { class: 'tool', type: 'button', title: say.sendFile, 'aria-label': say.sendFile };
  return el(
    'span',
    { class: 'file-button' },
    el('button', { ...looks, onclick }, icon('clip')),
    picker,
  );
}
