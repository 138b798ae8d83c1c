import { z } from 'zod';
import type { Happened } from '../bot/talk.ts';
import type { Envelope } from './verify.ts';
import { clean, readMessage, type RawMention } from './message-text.ts';

interface Somebody {
  openId: string;
  name?: string;
}
interface Basis {
  chat: { platformId: string; kind: 'group' | 'private'; name?: string };
  at: Date;
}
/** What comes in, in our words but still with the platform's ids. */
export type Raw =
  | (Basis & {
      kind: 'said';
      message: string;
      from: string;
      text: string;
      mentions: RawMention[];
      thread?: string;
    })
  | (Basis & { kind: 'file'; message: string; from: string; key: string; name: string })
  | (Basis & { kind: 'other'; message: string; from: string; what: string })
  | (Basis & {
      kind: 'pressed';
      message: string;
      from: string;
      action: string;
      value: unknown;
      form: Record<string, unknown>;
    })
  | (Basis & {
      kind: 'happened';
      what: Happened['what'];
      people: Somebody[];
      by?: string;
      external?: boolean;
    });

const id = z.string().regex(/^[\w-]{1,128}$/);
const openId = z.object({ open_id: id });
/**
 * The platform's JSON in our words, or undefined where it says nothing to us. What people typed keeps no
 * character that a database refuses: U+0000, other control characters, halves of surrogate pairs.
 */
export function normalize(envelope: Envelope, bot: string, now: Date): Raw | undefined {
  const { type, made, event } = envelope;
  return readers[type]?.(event, moment(made, now), bot);
}

/** Milliseconds on event pages, microseconds on the page of card presses: told apart by their digits. */
function moment(text: string | undefined, otherwise: Date): Date {
  const number = Number(text);
  if (!text || !(number > 0 && number < 1e17)) return otherwise;
  return new Date(text.length > 14 ? number / 1000 : number);
}

type Reader = (event: Record<string, unknown>, at: Date, bot: string) => Raw | undefined;

const Message = z.object({
  sender: z.object({ sender_id: openId, sender_type: z.string() }),
  message: z.object({
    message_id: id,
    root_id: id.optional().catch(undefined),
    create_time: z.string().optional(),
    chat_id: id,
    chat_type: z.string(),
    message_type: z.string(),
    content: z.string(),
    mentions: z
      .array(
        z.object({
          key: z.string(),
          name: z.string().default(''),
          id: z.object({ open_id: z.string().optional() }).optional(),
        }),
      )
      .default([]),
  }),
});

function message(event: Record<string, unknown>, at: Date, bot: string): Raw | undefined {
  const read = Message.safeParse(event).data;
  if (read?.sender.sender_type !== 'user') return undefined;
  const { message_id: said, chat_id: platformId, ...about } = read.message;
  const { chat_type, create_time, root_id: thread, ...rest } = about;
  const kind = chat_type === 'p2p' ? ('private' as const) : ('group' as const);
  const from = read.sender.sender_id.open_id;
  const when = moment(create_time, at);
  const basis = { chat: { platformId, kind }, at: when, message: said, from };
  const what = readMessage(rest, bot);
  return { ...basis, ...what, ...(what.kind === 'said' && thread && { thread }) };
}

const Press = z.object({
  operator: openId,
  action: z.record(z.string(), z.unknown()),
  context: z.object({ open_message_id: id, open_chat_id: id }),
});
const Value = z.object({ action: z.string(), value: z.unknown() });

function press(event: Record<string, unknown>, at: Date): Raw | undefined {
  const read = Press.safeParse(event).data;
  if (!read) return undefined;
  const { value, form_value, ...loose } = read.action;
  // A forged value has no action: the router answers that there is no such button.
  const carried = Value.safeParse(value).data ?? { action: '', value: undefined };
  const form = z.record(z.string(), z.unknown()).safeParse(form_value).data ?? {};
  const { input_value, option, options, checked } = loose;
  const extra = { input_value, option, options, checked };
  return {
    kind: 'pressed',
    // Whether it is a group, the account book knows: the platform does not say.
    chat: { platformId: read.context.open_chat_id, kind: 'group' },
    at,
    message: read.context.open_message_id,
    from: read.operator.open_id,
    action: carried.action,
    value: cleaned(carried.value),
    form: cleaned({ ...definedOf(extra), ...form }) as Record<string, unknown>,
  };
}

/** The same value with every text in it cleaned. */
function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return clean(value);
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, cleaned(each)]));
}

const definedOf = (values: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

const InChat = z.object({
  chat_id: id,
  operator_id: openId.optional().catch(undefined),
  external: z.boolean().optional().catch(undefined),
  name: z.string().optional().catch(undefined),
  users: z
    .array(z.object({ name: z.string().default(''), user_id: openId }))
    .default([])
    .catch([]),
});

function happened(what: Happened['what']): Reader {
  return (event, at) => {
    const read = InChat.safeParse(event).data;
    if (!read) return undefined;
    const { chat_id: platformId, name, users, external } = read;
    const people = users.map((user) => ({ openId: user.user_id.open_id, name: user.name }));
    const chat = { platformId, kind: 'group' as const, name };
    return { kind: 'happened', what, chat, people, by: read.operator_id?.open_id, external, at };
  };
}

const readers: Record<string, Reader> = {
  'im.message.receive_v1': message,
  'card.action.trigger': press,
  'im.chat.member.bot.added_v1': happened('bot-added'),
  'im.chat.member.bot.deleted_v1': happened('bot-removed'),
  'im.chat.member.user.added_v1': happened('joined'),
  'im.chat.member.user.deleted_v1': happened('left'),
  'im.chat.member.user.withdrawn_v1': happened('left'),
  'im.chat.updated_v1': happened('owner-changed'),
  'im.chat.disbanded_v1': happened('disbanded'),
};
