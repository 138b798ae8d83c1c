import { el } from './element.ts';
import { icon } from './icons.ts';
import { say } from './words.ts';

const near = 48;

/** Keeps a growing list at its end while one reads there, and offers the way back when one does not. */
export function createScroll(list: HTMLElement) {
  const pill = el(
    'button',
    { class: 'pill', type: 'button', hidden: true },
    icon('chevron'),
    say.fresh,
  );
  const pane = el('div', { class: 'scroll', tabindex: 0 }, list);
  const node = el('div', { class: 'scroll-frame' }, pane, pill);
  let atEnd = true;
  let onEnd = () => {};

  const toEnd = () => {
    atEnd = true;
    pill.hidden = true;
    pane.scrollTop = pane.scrollHeight;
  };

  pane.addEventListener('scroll', () => {
    atEnd = pane.scrollHeight - pane.scrollTop - pane.clientHeight < near;
    if (!atEnd) return;
    pill.hidden = true;
    onEnd();
  });
  pill.addEventListener('click', toEnd);
  // Cards that change, pictures and fonts that arrive: whatever grows, the end stays in view.
  const watcher = new ResizeObserver(() => {
    if (atEnd) pane.scrollTop = pane.scrollHeight;
  });
  watcher.observe(list);
  watcher.observe(pane);

  return {
    node,
    toEnd,
    isAtEnd: () => atEnd,
    onEnd(listener: () => void): void {
      onEnd = listener;
    },
    /** A message has been added below. */
    came(isMine: boolean): void {
      if (atEnd || isMine) toEnd();
      else pill.hidden = false;
    },
    /** Does what adds lines above, and leaves what one reads where it is. */
    keepPlace(add: () => void): void {
      const fromEnd = pane.scrollHeight - pane.scrollTop;
      add();
      pane.scrollTop = pane.scrollHeight - fromEnd;
    },
  };
}
