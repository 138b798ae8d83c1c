import type { ChatId, MessageId, PersonId } from '../base/ids.ts';

/** The two languages of the product; a setting of the whole bot. */
export type Locale = 'zh-CN' | 'en-US';

/** For whom a card is written: language, zone in which times are shown, and the moment "today" refers to. */
export interface Reader {
  locale: Locale;
  zone: string;
  now: Date;
}

/** Where something was said. A private chat has exactly one person in it. */
export interface Place {
  id: ChatId;
  kind: 'group' | 'private';
}

export interface Mention {
  person: PersonId;
  name: string;
}

/** A file that came with a message. `key` and `message` are opaque and only good for fetching it. */
export interface SentFile {
  message: MessageId;
  key: string;
  name: string;
  /** Bytes, where the platform tells. */
  size?: number;
}

/** A link to a document of the platform; `other` is a kind that cannot be read, such as a sheet. */
export type DocumentLink = { kind: 'docx' | 'wiki'; token: string } | { kind: 'other' };

interface Spoken {
  message: MessageId;
  place: Place;
  from: PersonId;
  /** When it was written, by the platform's clock. */
  at: Date;
  /** One id from edge to effect, for the log. */
  trace: string;
}

/** Text a person wrote to the bot; the mention of the bot itself is already taken out. */
export interface Said extends Spoken {
  kind: 'said';
  text: string;
  /** Other people mentioned, in order. In `text` each stands as `@name`. */
  mentions: Mention[];
  /** The message under which it stands, where it is a reply. */
  thread?: MessageId;
}

/** A file sent to the bot. */
export interface SaidFile extends Spoken {
  kind: 'file';
  file: SentFile;
}

/** A message the bot cannot read: sticker, picture, voice and the like. */
export interface SaidOther extends Spoken {
  kind: 'other';
  what: string;
}

/** A press on a card. `value` and `form` are untrusted input. */
export interface Pressed {
  kind: 'pressed';
  action: string;
  value: unknown;
  form: Readonly<Record<string, unknown>>;
  message: MessageId;
  place: Place;
  from: PersonId;
  at: Date;
  trace: string;
}

/** Something that happened to a group or in it. */
export interface Happened {
  kind: 'happened';
  what: 'bot-added' | 'bot-removed' | 'disbanded' | 'joined' | 'left' | 'owner-changed';
  place: Place;
  /** Who came or went, for `joined` and `left`. */
  people: { person: PersonId; name: string }[];
  by?: PersonId;
  /** An external group may be bound by administrators only. */
  external?: boolean;
  at: Date;
  trace: string;
}

export type Incoming = Said | SaidFile | SaidOther | Pressed | Happened;

/** A card in the platform's JSON 2.0 form, made by `cards/bot/kit.ts` only. */
export interface Card {
  schema: '2.0';
  config: Record<string, unknown>;
  header?: Record<string, unknown>;
  body: { elements: CardElement[] };
}
export type CardElement = { tag: string } & Record<string, unknown>;

export interface Toast {
  type: 'info' | 'success' | 'warning' | 'error';
  content: string;
}

/** `entity`: the card lies at the platform already and grows there; where that fails the card itself is sent. */
export type Content =
  | { card: Card; entity?: string }
  | { text: string }
  | { file: { name: string; bytes: Uint8Array } };

/** A message on its way out. */
export interface Outgoing {
  /** A UUID: the same one again sends nothing, so that a job may run twice. */
  id?: string;
  to: { chat: ChatId } | { person: PersonId };
  content: Content;
  /** Answers this message, so that it stands under it. */
  replyTo?: MessageId;
  /** What the message shows, such as `round:12`; cards sent under a subject can be refreshed later. */
  subject?: string;
  /** What has not begun to be sent by then is not sent. */
  until?: Date;
}

/** What a handler wants said. Empty: nothing. The router puts it into the outbox; handlers send nothing. */
export interface Reply {
  /** Said back where the person spoke; in a group under their message. */
  card?: Card;
  text?: string;
  /** Other messages, in the same transaction. */
  send?: Outgoing[];
  /** Presses only: a short line that only the presser sees. */
  toast?: Toast;
  /** Presses only: what the pressed card becomes, for all who see it. */
  replace?: Card;
}
