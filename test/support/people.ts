import type { Happened, Incoming, Reply, Toast } from '../../src/bot/talk.ts';
import type { ChatId, MessageId, PersonId } from '../../src/base/ids.ts';
import { buttonOf, textOf } from './card-text.ts';
import type { HandClock } from './clock.ts';
import type { FakeMessenger, Shown } from './messenger.ts';

/** What people and groups act on. */
export interface Stage {
  clock: HandClock;
  messenger: FakeMessenger;
  /** Hands the app what happened and returns its reply, without waiting for what it sends. */
  hand(incoming: Incoming): Promise<Reply>;
  /** Runs every job that is due by the hand-set clock. */
  settle(): Promise<void>;
  nextMessage(): MessageId;
}

export interface Saying {
  /** Another group than the person's first. */
  in?: Group;
  mentions?: Person[];
  /** The message that began the thread in which it is said. */
  under?: MessageId;
}
export interface Sending {
  in?: Group;
  message?: MessageId;
  /** What the platform says of it; how long it is unless said otherwise. */
  size?: number;
}
type Pressing = Promise<Toast | undefined>;

/** A person: speaks, presses, reads. */
export interface Person {
  readonly id: PersonId;
  readonly name: string;
  enters(group: Group): void;
  /** Says it to the bot in the group. */
  says(text: string, saying?: Saying): Promise<MessageId>;
  /** Says it to the bot in private. */
  whispers(text: string): Promise<MessageId>;
  /** Sends the bot a file, in private or in a group; the same `message` again is a repeated event. */
  sends(name: string, content: string | Uint8Array, options?: Sending): Promise<MessageId>;
  /** Presses the newest button of this label, with what was filled in beside it, and returns the toast. */
  presses(label: string, form?: Record<string, unknown>): Pressing;
  /** Presses it without waiting for what follows. */
  taps(label: string, form?: Record<string, unknown>): Pressing;
  /** Keeps a button in view, to press it when the card may have changed. */
  sawButton(label: string): (at?: string) => Pressing;
  /** Sends back what no button carries, without waiting for what follows. */
  forges(action: string, value: unknown): Pressing;
  /** Sends back what no button carries. */
  pressesForged(action: string, value: unknown): Pressing;
  /** What was written to this person in private, as it stands now. */
  private(): string[];
  reads(): string;
}

/** A group as those in it see it, and what happens to it. */
export interface Group {
  readonly id: ChatId;
  /** Every message, as it stands now. */
  all(): string[];
  /** How often the newest message was replaced. */
  updates(): number;
  /** The newest message. */
  sees(): string;
  /** The first message whose text has this in it. */
  card(text: string): string;
  happens(what: Happened['what'], people?: Person[], at?: string): Promise<void>;
  joinedBy(person: Person): Promise<void>;
  leftBy(person: Person): Promise<void>;
}

const isIn = ({ to }: Shown, chat: ChatId) => 'chat' in to && to.chat === chat;

export function createPerson(stage: Stage, id: PersonId, name: string, alone: ChatId): Person {
  const groups: Group[] = [];
  const { messenger } = stage;
  const trace = `trace of ${name}`;
  const mine = ({ to }: Shown) => ('person' in to ? to.person === id : to.chat === alone);

  const say = async (
    place: Incoming['place'],
    text: string,
    { mentions: mentioned = [], under }: Saying = {},
  ) => {
    const mentions = mentioned.map((each) => ({ person: each.id, name: each.name }));
    const message = stage.nextMessage();
    const at = stage.clock.now();
    const thread = under && { thread: under };
    await stage.hand({
      kind: 'said',
      text,
      mentions,
      message,
      place,
      from: id,
      at,
      trace,
      ...thread,
    });
    await stage.settle();
    return message;
  };
  async function press(
    shown: Shown,
    action: string,
    value: unknown,
    at = stage.clock.now(),
    form = {},
  ) {
    const place: Incoming['place'] =
      'person' in shown.to || shown.to.chat === alone
        ? { id: alone, kind: 'private' }
        : { id: shown.to.chat, kind: 'group' };
    const pressed = { message: shown.id, place, from: id, at, trace };
    const reply = await stage.hand({ kind: 'pressed', action, value, form, ...pressed });
    if (reply.replace) messenger.replace(shown.id, reply.replace);
    return reply.toast;
  }
  /** What can be on this person's screen, the newest first: a card of a group may be forwarded. */
  const screen = () =>
    messenger.messages
      .filter((shown) => mine(shown) || ('chat' in shown.to && messenger.groups.has(shown.to.chat)))
      .reverse();
  function look(label: string) {
    for (const shown of screen()) {
      const button = buttonOf(shown.content, label);
      if (button) return { shown, ...button };
    }
    throw new Error(`${name} sees no button ${label}`);
  }
  function firstGroup(): Group {
    const [group] = groups;
    if (!group) throw new Error(`${name} is in no group`);
    return group;
  }
  async function settled<T>(work: Promise<T>) {
    const result = await work;
    await stage.settle();
    return result;
  }

  const me: Person = {
    id,
    name,
    enters: (group) => void groups.push(group),
    says: (text, saying = {}) =>
      say({ id: (saying.in ?? firstGroup()).id, kind: 'group' }, text, saying),
    whispers: (text) => say({ id: alone, kind: 'private' }, text),
    async sends(name, content, { in: group, message = stage.nextMessage(), size } = {}) {
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
      messenger.files.set(message, bytes);
      const place: Incoming['place'] = group
        ? { id: group.id, kind: 'group' }
        : { id: alone, kind: 'private' };
      const file = { message, key: 'file_key', name, size: size ?? bytes.length };
      const at = stage.clock.now();
      await stage.hand({ kind: 'file', file, message, place, from: id, at, trace });
      await stage.settle();
      return message;
    },
    presses: (label, form) => settled(me.taps(label, form)),
    taps(label, form) {
      const { shown, action, value } = look(label);
      return press(shown, action, value, undefined, form);
    },
    sawButton(label) {
      const { shown, action, value } = look(label);
      return (at) => settled(press(shown, action, value, at ? new Date(at) : undefined));
    },
    forges(action, value) {
      const [shown] = screen();
      if (!shown) throw new Error(`${name} sees nothing`);
      return press(shown, action, value);
    },
    pressesForged: (action, value) => settled(me.forges(action, value)),
    private: () => messenger.messages.filter(mine).map(({ content }) => textOf(content)),
    reads: () => me.private().join('\n\n'),
  };
  return me;
}

export function createGroup(stage: Stage, id: ChatId): Group {
  const shown = () => stage.messenger.messages.filter((message) => isIn(message, id));
  const texts = () => shown().map(({ content }) => textOf(content));
  const group: Group = {
    id,
    all: texts,
    updates: () => shown().at(-1)?.updates ?? 0,
    sees: () => texts().at(-1) ?? '',
    card(text) {
      const found = texts().find((each) => each.includes(text));
      if (found === undefined) throw new Error(`The group sees no ${text}`);
      return found;
    },
    async happens(what, who = [], when) {
      const people = who.map((each) => ({ person: each.id, name: each.name }));
      const at = when ? new Date(when) : stage.clock.now();
      const place = { id, kind: 'group' as const };
      await stage.hand({ kind: 'happened', what, place, people, at, trace: 'trace of a group' });
      await stage.settle();
    },
    joinedBy(person) {
      stage.messenger.groups.get(id)?.people.set(person.id, person.name);
      return group.happens('joined', [person]);
    },
    leftBy(person) {
      stage.messenger.groups.get(id)?.people.delete(person.id);
      return group.happens('left', [person]);
    },
  };
  return group;
}
