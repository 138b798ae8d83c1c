import type { Chat, Person } from '../contract.ts';
import { avatar } from './avatar.ts';
import { el } from './element.ts';
import type { Store } from './store.ts';
import { say, titleIn } from './words.ts';

/** Offers whom to mention while `@…` stands before the caret. */
export function createMentions(store: Store, box: HTMLTextAreaElement, changed: () => void) {
  const node = el('ul', {
    class: 'mentions',
    role: 'listbox',
    id: 'mentions',
    'aria-label': say.mention,
    hidden: true,
  });
  box.setAttribute('aria-controls', 'mentions');
  let chat: Chat | undefined;
  let offered: Person[] = [];
  let chosen = 0;

  const typed = () => /@([^\s@]*)$/.exec(box.value.slice(0, box.selectionStart));

  function look(): void {
    const found = typed();
    const wanted = found?.[1] ?? '';
    offered = found && chat?.kind === 'group' ? matching(chat, wanted) : [];
    // A name that is written out needs no list.
    if (offered.length === 1 && offered[0]?.name === wanted) offered = [];
    chosen = 0;
    draw();
  }

  function matching({ members }: Chat, wanted: string): Person[] {
    const people = members.map(store.person).filter((each) => each !== undefined);
    const others = people.filter(({ id }) => id !== store.me.id);
    const botFirst = [...others].sort((one) => (one.id === store.world.bot.id ? -1 : 0));
    return botFirst.filter(
      ({ name, handle }) => name.includes(wanted) || handle.startsWith(wanted.toLowerCase()),
    );
  }

  function draw(): void {
    node.hidden = offered.length === 0;
    node.replaceChildren(...offered.map(line));
    node.children[chosen]?.scrollIntoView({ block: 'nearest' });
    box.setAttribute('aria-activedescendant', node.hidden ? '' : `mention-${chosen}`);
  }

  function line(person: Person, index: number): HTMLElement {
    const title = person.id === store.world.bot.id ? say.bot : titleIn(person.title);
    const item = el(
      'li',
      { role: 'option', id: `mention-${index}`, 'aria-selected': String(index === chosen) },
      avatar(person, 'small'),
      el('span', {}, person.name),
      el('span', { class: 'tag' }, title),
    );
    // Before the box loses the focus.
    item.addEventListener('mousedown', (event) => {
      event.preventDefault();
      pick(person);
    });
    return item;
  }

  function pick({ name }: Person): void {
    const caret = box.selectionStart;
    const before = box.value.slice(0, caret).replace(/@[^\s@]*$/, `@${name} `);
    box.value = before + box.value.slice(caret);
    box.setSelectionRange(before.length, before.length);
    close();
    changed();
  }

  function close(): void {
    offered = [];
    draw();
  }

  const keys: Record<string, (() => void) | undefined> = {
    ArrowDown: () => (chosen = (chosen + 1) % offered.length),
    ArrowUp: () => (chosen = (chosen + offered.length - 1) % offered.length),
    Enter: () => take(),
    Tab: () => take(),
    Escape: close,
  };
  function take(): void {
    const person = offered[chosen];
    if (person) pick(person);
  }

  box.addEventListener('input', look);
  box.addEventListener('blur', close);
  box.addEventListener('keydown', (event) => {
    const act = keys[event.key];
    if (node.hidden || !act || event.isComposing) return;
    event.preventDefault();
    act();
    draw();
  });

  return {
    node,
    show(shown: Chat | undefined): void {
      chat = shown;
    },
  };
}
