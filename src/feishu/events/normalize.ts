import { z } from 'zod';
import type { Happened } from '../../bot/talk.ts';
import type { BotId, ChatKind, HappenedEvent, MessageEvent, PressEvent } from './events.ts';
import { clean, readMessage, type RawMention } from './message-text.ts';

interface Somebody {
  openId: string;
  name?: string;
}
interface Basis {
  /** `kind` only where the platform says it. */
  chat: { platformId: string; kind?: ChatKind };
  at: Date;
}
interface Spoken extends Basis {
  message: string;
  from: string;
}
type RawMessage =
  | (Spoken & { kind: 'said'; text: string; mentions: RawMention[]; thread?: string })
  | (Spoken & { kind: 'file'; key: string; name: string })
  | (Spoken & { kind: 'other'; what: string });
export interface RawPress extends Spoken {
  kind: 'pressed';
  action: string;
  value: unknown;
  form: Record<string, unknown>;
}
interface RawHappening extends Basis {
  kind: 'happened';
  what: Happened['what'];
  people: Somebody[];
  by?: string;
  external?: boolean;
}
/** What comes in, in our words but still with the platform's ids. */
export type Raw = RawMessage | RawPress | RawHappening;

/**
 * A message in our words. What people typed keeps no character that a database refuses: U+0000, other
 * control characters, halves of surrogate pairs. The bot's own mention is removed, so its id has to be known.
 */
export function messageInWords(event: MessageEvent, bot: BotId, now: Date): RawMessage {
  const { chat: platformId, chatKind: kind, at = now, message, from, thread } = event;
  const what = readMessage(event, bot);
  const basis = { chat: { platformId, kind }, at, message, from };
  return { ...basis, ...what, ...(what.kind === 'said' && thread && { thread }) };
}

export function happeningInWords(event: HappenedEvent, now: Date): RawHappening {
  const { kind, what, chat: platformId, people, by, external, at = now } = event;
  return { kind, what, chat: { platformId, kind: 'group' }, people, by, external, at };
}

const Value = z.object({ action: z.string(), value: z.unknown() });

export function pressInWords(event: PressEvent, now: Date): RawPress {
  const { chat: platformId, at = now, message, from, form } = event;
  // A forged value has no action: the router answers that there is no such button.
  const { action, value } = Value.safeParse(event.carried).data ?? { action: '', value: undefined };
  return {
    kind: 'pressed',
    chat: { platformId },
    ...{ at, message, from, action },
    value: cleaned(value),
    form: cleaned(form) as Record<string, unknown>,
  };
}

/** The same value with every text in it cleaned. */
function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return clean(value);
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, cleaned(each)]));
}
