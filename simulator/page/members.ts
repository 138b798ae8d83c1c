import type { GroupChange, Person } from '../contract.ts';
import { api } from './api.ts';
import { avatar } from './avatar.ts';
import { el } from './element.ts';
import { icon } from './icons.ts';
import type { Store } from './store.ts';
import { attempt } from './toast.ts';
import { say, titleIn } from './words.ts';

/** Who is in a group, and what people do with groups: invite, remove, leave, add or remove the bot. */
export function openMembers(store: Store, chatId: string): void {
  const body = el('div', { class: 'dialog-body' });
  const shut = el(
    'button',
    { class: 'tool', value: 'close', 'aria-label': say.close },
    icon('close'),
  );
  const head = el(
    'form',
    { method: 'dialog', class: 'dialog-head' },
    el('h2', {}, say.members),
    shut,
  );
  const dialog = el('dialog', { class: 'members', 'aria-label': say.members }, head, body);

  async function change(what: GroupChange): Promise<void> {
    const isDone = await attempt(() => api.group({ as: store.me.id, chat: chatId, change: what }));
    if (!isDone || what.kind === 'leave') {
      dialog.close();
      return;
    }
    const chat = await api.chats(store.me.id).catch(() => []);
    draw(chat.find(({ id }) => id === chatId)?.members ?? []);
  }
  const button = (label: string, what: GroupChange, look = '') =>
    el('button', { type: 'button', class: look, onclick: () => void change(what) }, label);

  function draw(members: string[]): void {
    const { bot, people } = store.world;
    const chat = store.chat(chatId);
    const isOwner = chat?.owner === store.me.id;
    const line = (person: Person) =>
      el(
        'li',
        {},
        avatar(person, 'small'),
        el('span', { class: 'person-name' }, person.name),
        el('span', { class: 'tag' }, person.id === bot.id ? say.bot : titleIn(person.title)),
        person.id === chat?.owner && el('span', { class: 'tag tag-owner' }, say.owner),
        isOwner &&
          ![bot.id, store.me.id].includes(person.id) &&
          button(say.remove, { kind: 'remove', people: [person.id] }, 'quiet-button'),
      );
    const inside = members.map(store.person).filter((each) => each !== undefined);
    const outside = people.filter(({ id }) => !members.includes(id));
    const withBot = members.includes(bot.id);
    body.replaceChildren(
      el('ul', { class: 'member-list' }, ...inside.map(line)),
      el(
        'div',
        { class: 'member-tools' },
        outside.length > 0 && inviteMenu(outside),
        withBot
          ? button(say.robotOut, { kind: 'remove-bot' }, 'card-button')
          : button(say.robotIn, { kind: 'add-bot' }, 'card-button primary'),
        button(say.leave, { kind: 'leave' }, 'card-button danger'),
      ),
    );
  }

  function inviteMenu(outside: Person[]): HTMLElement {
    const menu = el(
      'select',
      { 'aria-label': say.invite },
      el('option', { value: '' }, say.says(say.invite, say.inviteWhom)),
      ...outside.map(({ id, name, title }) =>
        el('option', { value: id }, `${name} · ${titleIn(title)}`),
      ),
    );
    menu.addEventListener('change', () => void change({ kind: 'invite', people: [menu.value] }));
    return menu;
  }

  draw(store.chat(chatId)?.members ?? []);
  document.body.append(dialog);
  dialog.addEventListener('close', () => {
    dialog.remove();
  });
  dialog.addEventListener('click', ({ target }) => {
    if (target === dialog) dialog.close();
  });
  dialog.showModal();
}
