import type { Toast } from '../contract.ts';
import { Refused } from './api.ts';
import { el } from './element.ts';
import { inLanguage, say } from './words.ts';

const shelf = el('div', { class: 'toasts', role: 'status', 'aria-live': 'polite' });
document.body.append(shelf);

const shownFor = 3500;
const marks: Record<Toast['type'], string> = { info: 'i', success: '✓', warning: '!', error: '×' };

/** Shows a line at the top for a few seconds, to this person only. */
export function showToast({ type, content, en = content }: Toast): void {
  if (content === '') return;
  const mark = el('span', { class: 'toast-mark', 'aria-hidden': 'true' }, marks[type]);
  const node = el(
    'div',
    { class: `toast toast-${type}` },
    mark,
    el('span', {}, inLanguage({ text: content, en })),
  );
  shelf.append(node);
  setTimeout(() => {
    node.remove();
  }, shownFor);
}

/** Toasts are for one person: whoever comes next does not see them. */
export function clearToasts(): void {
  shelf.replaceChildren();
}

/** Does what may be refused, and shows why if it is. Says whether it went through. */
export async function attempt(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (!(error instanceof Refused)) console.error(error);
    const content = error instanceof Refused ? error.message : say.unreachable;
    showToast({ type: 'warning', content });
    return false;
  }
}
