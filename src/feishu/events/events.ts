import { z } from 'zod';
import type { Happened } from '../../bot/talk.ts';
import type { Branded } from '../../base/ids.ts';
import type { Envelope } from '../connection/verify.ts';

/** The platform's id of the bot itself: by it a mention of the bot is known. */
export type BotId = Branded<string, 'bot'>;

export type ChatKind = 'group' | 'private';
/** How the platform says it, in messages (`chat_type`) and of a chat (`chat_mode`). */
export const chatKinds = new Map<string, ChatKind>([
  ['p2p', 'private'],
  ['private', 'private'], // as Lark was seen to write it
  ['group', 'group'],
  ['topic', 'group'],
]);

interface Basis {
  /** When it was, as far as the platform says so. */
  at?: Date;
  /** The platform's id of the chat. */
  chat: string;
}
/** A mention in a message; without an id it is everybody, or somebody whom the app may not see. */
export interface Mentioned {
  key: string;
  name: string;
  openId?: string;
}
export interface MessageEvent extends Basis {
  kind: 'message';
  /** Undefined where the platform says something that we do not know. */
  chatKind?: ChatKind;
  message: string;
  from: string;
  /** The message that began the thread, where this is a reply. */
  thread?: string;
  /** The platform's kind of message, and its content as it came. */
  what: string;
  content: string;
  mentions: Mentioned[];
}
export interface PressEvent extends Basis {
  kind: 'press';
  message: string;
  from: string;
  /** What the button carries, and what stood in the fields: untrusted. */
  carried: unknown;
  form: Record<string, unknown>;
}
/** Only ever of groups. */
export interface HappenedEvent extends Basis {
  kind: 'happened';
  what: Happened['what'];
  people: { openId: string; name: string }[];
  by?: string;
  external?: boolean;
}
/** What the platform sends and we work on, read once: checked, but neither judged nor put in our words. */
export type PlatformEvent = MessageEvent | PressEvent | HappenedEvent;

export const pressType = 'card.action.trigger';
/** Whether it is worked on. */
export const isKnownType = (type: string) => readers.has(type);

/** Undefined where it lacks what such an event has, or is of a type that nobody asked for. */
export function readEvent({ type, made, event }: Envelope): PlatformEvent | undefined {
  return readers.get(type)?.(event, moment(made));
}

/** Milliseconds on event pages, microseconds on the page of card presses: told apart by their digits. */
function moment(text: string | undefined): Date | undefined {
  const number = Number(text);
  if (!text || !(number > 0 && number < 1e17)) return undefined;
  return new Date(text.length > 14 ? number / 1000 : number);
}

type Read = (event: Record<string, unknown>, made: Date | undefined) => PlatformEvent | undefined;

const id = z.string().regex(/^[\w-]{1,128}$/);
const openId = z.object({ open_id: id });
/** Ids that the app may not see are null, and of a call to everybody they are empty. */
const maybeOpenId = z
  .object({ open_id: id })
  .transform(({ open_id }) => open_id)
  .optional()
  .catch(undefined);
const maybeName = z.string().catch('');

const Message = z.object({
  sender: z.object({ sender_id: openId, sender_type: z.literal('user') }),
  message: z.object({
    message_id: id,
    root_id: id.optional().catch(undefined),
    create_time: z.string().optional(),
    chat_id: id,
    chat_type: z.string(),
    message_type: z.string(),
    content: z.string(),
    mentions: z.array(z.object({ key: z.string(), name: maybeName, id: maybeOpenId })).default([]),
  }),
});

const message: Read = (event, made) => {
  const read = Message.safeParse(event).data;
  if (!read) return undefined;
  const { message_id, chat_id, chat_type, root_id, create_time, ...rest } = read.message;
  return {
    kind: 'message',
    at: moment(create_time) ?? made,
    chat: chat_id,
    chatKind: chatKinds.get(chat_type),
    message: message_id,
    from: read.sender.sender_id.open_id,
    thread: root_id,
    what: rest.message_type,
    content: rest.content,
    mentions: rest.mentions.map(({ key, name, id: who }) => ({ key, name, openId: who })),
  };
};

const Press = z.object({
  operator: openId,
  action: z.record(z.string(), z.unknown()),
  context: z.object({ open_message_id: id, open_chat_id: id }),
});
const Form = z.record(z.string(), z.unknown()).catch({});

const press: Read = (event, made) => {
  const read = Press.safeParse(event).data;
  if (!read) return undefined;
  const { value, form_value, input_value, option, options, checked } = read.action;
  const loose = Object.entries({ input_value, option, options, checked });
  return {
    kind: 'press',
    at: made,
    chat: read.context.open_chat_id,
    message: read.context.open_message_id,
    from: read.operator.open_id,
    carried: value,
    form: {
      ...Object.fromEntries(loose.filter(([, each]) => each !== undefined)),
      ...Form.parse(form_value),
    },
  };
};

const InChat = z.object({
  chat_id: id,
  operator_id: maybeOpenId,
  external: z.boolean().optional().catch(undefined),
  users: z
    .array(z.object({ name: maybeName, user_id: maybeOpenId }))
    .default([])
    .catch([]),
});

// Its `name` may be the bot's own, where the bot was added: what a group is called, the API says.
const happened =
  (what: Happened['what']): Read =>
  (event, made) => {
    const read = InChat.safeParse(event).data;
    if (!read) return undefined;
    const { chat_id: chat, operator_id: by, external, users } = read;
    const people = users.flatMap(({ name, user_id: who }) => (who ? [{ openId: who, name }] : []));
    return { kind: 'happened', at: made, what, chat, people, by, external };
  };

const readers = new Map<string, Read>([
  ['im.message.receive_v1', message],
  [pressType, press],
  ['im.chat.member.bot.added_v1', happened('bot-added')],
  ['im.chat.member.bot.deleted_v1', happened('bot-removed')],
  ['im.chat.member.user.added_v1', happened('joined')],
  ['im.chat.member.user.deleted_v1', happened('left')],
  ['im.chat.member.user.withdrawn_v1', happened('left')],
  ['im.chat.updated_v1', happened('owner-changed')],
  ['im.chat.disbanded_v1', happened('disbanded')],
]);

/** The events that are worked on; presses are callbacks, which the platform keeps apart. */
export const eventTypes: readonly string[] = [...readers.keys()].filter(
  (type) => type !== pressType,
);
