import type { Person } from '../contract.ts';
import { api } from './api.ts';
import { createBadDaySwitch } from './bad-day.ts';
import { createChatList } from './chat-list.ts';
import { createClock } from './clock.ts';
import { createConversation } from './conversation.ts';
import { el } from './element.ts';
import { icon } from './icons.ts';
import { createPersonPicker } from './person-picker.ts';
import { createStore } from './store.ts';
import { attempt, clearToasts } from './toast.ts';
import { language, say } from './words.ts';

document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
document.title = say.page;

const patience = 2000;

/** Reads the world; while the program is still starting, asks again. */
async function start(): Promise<void> {
  const world = await api.world().catch(() => undefined);
  if (world) return show(createStore(world));
  document.body.dataset['connection'] = 'lost';
  setTimeout(() => void start(), patience);
}

async function show(store: ReturnType<typeof createStore>): Promise<void> {
  const conversation = createConversation(store, { back: () => open(undefined) });
  const list = createChatList(store, open);
  const picker = createPersonPicker(store, (person) => void attempt(() => become(person)));
  const words = el('span', {}, say.onlyHere);
  const controls = [createClock(store), createBadDaySwitch(store.world)];
  const notice = el('p', { class: 'notice' }, icon('desk'), words, ...controls);
  const lost = el('p', { class: 'lost', role: 'alert' }, say.lost);
  const side = el('aside', { class: 'side' }, picker.node, list.node);
  const frame = el('div', { class: 'frame' }, side, conversation.node);
  document.body.prepend(notice, lost, frame);

  function open(chat: string | undefined): void {
    frame.dataset['screen'] = chat === undefined ? 'list' : 'chat';
    conversation.open(chat);
    list.mark(chat);
    if (chat === undefined) list.focus();
  }

  /** One stays in the same group where that is possible, else in the private chat. */
  async function become(person: Person): Promise<void> {
    const before = store.chat(conversation.chat() ?? '');
    clearToasts();
    await store.become(person);
    remember(person);
    const chats = store.chats();
    const same = chats.find(({ id }) => id === before?.id);
    const alike = same ?? chats.find(({ kind }) => kind === before?.kind);
    open(alike?.id ?? (isNarrow() ? undefined : chats[0]?.id));
  }

  store.watch((change) => {
    if (change.kind !== 'connection') return;
    document.body.dataset['connection'] = change.lost ? 'lost' : 'stands';
  });
  document.body.dataset['connection'] = 'stands';
  await attempt(() => become(asked(store.world.people)));
}

const isNarrow = () => matchMedia('(max-width: 700px)').matches;

/** `?as=lin` says who one is, so that two windows can be two people. */
function asked(people: Person[]): Person {
  const handle = new URLSearchParams(location.search).get('as');
  const found = people.find((person) => person.handle === handle) ?? people[0];
  if (!found) throw new Error('nobody lives in this world');
  return found;
}

function remember({ handle }: Person): void {
  const address = new URL(location.href);
  address.searchParams.set('as', handle);
  history.replaceState(null, '', address);
}

void start();
