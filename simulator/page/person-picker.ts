import type { Person } from '../contract.ts';
import { api } from './api.ts';
import { avatar } from './avatar.ts';
import { el } from './element.ts';
import { icon } from './icons.ts';
import { seen } from './read-marks.ts';
import type { Store } from './store.ts';
import { say, titleIn } from './words.ts';

/** Who one is, and everybody one may become; a dot marks those with something new to read. */
export function createPersonPicker(store: Store, become: (person: Person) => void) {
  const menu = el('ul', { class: 'people', id: 'people', hidden: true });
  const face = el('span', { class: 'me' });
  const button = el(
    'button',
    { class: 'me-button', type: 'button', 'aria-controls': 'people', 'aria-expanded': 'false' },
    face,
    icon('chevron'),
  );
  const node = el('div', { class: 'picker' }, button, menu);

  function toggle(isOpen: boolean): void {
    menu.hidden = !isOpen;
    button.setAttribute('aria-expanded', String(isOpen));
    if (!isOpen) return;
    menu.replaceChildren(el('li', { class: 'quiet' }, say.switchHint), ...people());
    menu.querySelector<HTMLElement>('[aria-current]')?.focus();
    void markNews();
  }

  function people(): HTMLElement[] {
    return store.world.people.map((person) => {
      const isMe = person.id === store.me.id;
      const choose = () => {
        toggle(false);
        button.focus();
        if (!isMe) become(person);
      };
      const looks = { type: 'button', 'data-person': person.id, 'aria-current': isMe && 'true' };
      return el('li', {}, el('button', { ...looks, onclick: choose }, ...named(person, 'small')));
    });
  }

  async function markNews(): Promise<void> {
    const others = store.world.people.filter(({ id }) => id !== store.me.id);
    for (const { id } of others) {
      const chats = await api.chats(id).catch(() => []);
      const hasNews = chats.some((chat) => (chat.last?.at ?? 0) > seen.upTo(id, chat.id));
      const line = menu.querySelector(`[data-person="${CSS.escape(id)}"]`);
      if (hasNews)
        line?.append(el('span', { class: 'dot', role: 'img', 'aria-label': say.hasNews }));
    }
  }

  button.addEventListener('click', () => {
    toggle(menu.hidden === true);
  });
  node.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !menu.hidden) {
      toggle(false);
      button.focus();
    }
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') step(event);
  });
  document.addEventListener('click', ({ target }) => {
    if (!menu.hidden && target instanceof Node && !node.contains(target)) toggle(false);
  });

  function step(event: KeyboardEvent): void {
    if (menu.hidden) return;
    event.preventDefault();
    const buttons = [...menu.querySelectorAll('button')];
    const here = buttons.findIndex((each) => each === document.activeElement);
    const next = here + (event.key === 'ArrowDown' ? 1 : -1);
    buttons[(next + buttons.length) % buttons.length]?.focus();
  }

  function draw(): void {
    const label = el('span', { class: 'me-label' }, say.iAm);
    face.replaceChildren(label, ...named(store.me, 'usual'));
    button.title = say.switchPerson;
  }

  store.watch(({ kind }) => {
    if (kind === 'everything') draw();
  });
  return { node };
}

function named(person: Person, size: 'small' | 'usual'): HTMLElement[] {
  return [
    avatar(person, size),
    el('span', { class: 'person-name' }, person.name),
    el('span', { class: 'tag' }, titleIn(person.title)),
  ];
}
