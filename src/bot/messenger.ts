import type { ChatId, MessageId, PersonId } from '../base/ids.ts';
import type { Card, Content, DocumentLink, SentFile } from './talk.ts';

/**
 * What became of one attempt to send.
 * `refused`: the platform said no for good. `gone`: this recipient can no longer be reached at all.
 * `later`: it was certainly not delivered and may be tried again after `waitMs`.
 * `unknown`: it may or may not have been delivered; only the same key within the platform's hour is safe.
 */
export type Sent =
  /** `isPlain`: the card itself was sent, since its entity could not be. */
  | { outcome: 'sent'; message: MessageId; isPlain?: true }
  | { outcome: 'later'; waitMs?: number; reason: string }
  | { outcome: 'unknown'; reason: string }
  | { outcome: 'refused' | 'gone'; reason: string };

/** A document of the platform as its reader sees it. */
export interface FetchedDocument {
  title: string;
  blocks: ({ kind: 'heading'; level: number; text: string } | { kind: 'text'; text: string })[];
}

export interface GroupInfo {
  name: string;
  owner?: PersonId;
  external: boolean;
}

/** The id of the card entity that the platform keeps now, or why there is none. */
export type CreatedCard =
  { outcome: 'created'; entity: string } | Exclude<Sent, { outcome: 'sent' }>;
/** Whether a card entity was changed, or why it was not. */
export type CardChange = { outcome: 'changed' } | Exclude<Sent, { outcome: 'sent' }>;

/** The platform as the rest of the code sees it. `src/feishu/messages/messenger.ts` is the real one; tests fake only this. */
export interface Messenger {
  /** Sends one message; `key` (at most 50 characters) makes a repeat within an hour harmless. */
  send(
    to: { chat: ChatId } | { person: PersonId },
    content: Content,
    options: { key: string; replyTo?: MessageId },
  ): Promise<Sent>;
  /** Replaces the card of a sent message. */
  update(message: MessageId, content: Content): Promise<Sent>;
  /**
   * Creates a card entity at the platform from `card` (made by `streamed` in `cards/bot/kit.ts`). It can be sent
   * once, and its texts can be streamed from then on. Each change of it needs a higher `sequence` than all before.
   */
  createCard(card: Card): Promise<CreatedCard>;
  /**
   * Makes an element of a card entity show `text`, all of it. Where that begins with what the element showed
   * before, people see the rest being typed.
   */
  streamText(
    entity: string,
    change: { element: string; text: string; sequence: number },
  ): Promise<CardChange>;
  /** Ends the streaming of a card entity and makes it show `card`. Uses two numbers: `sequence` and the next. */
  finishCard(entity: string, card: Card, sequence: number): Promise<CardChange>;
  /** Takes a sent message back, for `撤回`. */
  recall(message: MessageId): Promise<Sent>;
  /** Fetches a file a person sent; throws a Refusal when over `maxBytes` or gone. */
  fetchFile(file: SentFile, maxBytes: number): Promise<Uint8Array>;
  /** Reads a document by its link; throws a Refusal where it may not, or where it is gone or over `maxBytes`. */
  fetchDocument(
    link: Exclude<DocumentLink, { kind: 'other' }>,
    maxBytes: number,
  ): Promise<FetchedDocument>;
  group(chat: ChatId): Promise<GroupInfo>;
  /** All people in a group, page by page; bots are not among them. */
  members(chat: ChatId): AsyncIterable<{ person: PersonId; name: string }[]>;
}
