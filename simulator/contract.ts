/**
 * What the chat page and the simulator's server say to each other: types only. Every path is
 * relative to the page (`/simulator/`). A request names the person it acts as; ids are those of the
 * fake platform (`ou_…` people, `oc_…` chats, `om_…` messages). Times are milliseconds since 1970.
 *
 * | call                             | takes                  | gives                    |
 * | -------------------------------- | ---------------------- | ------------------------ |
 * | `GET api/world`                  |                        | `World`                  |
 * | `GET api/chats?as=`              |                        | `Chat[]`, newest first   |
 * | `GET api/messages?as=&chat=`     | `before=ID`, `limit=N` | `Message[]`, oldest first |
 * | `POST api/say`                   | `SayRequest`           | `Message`                |
 * | `POST api/press`                 | `PressRequest`         | `PressAnswer`            |
 * | `POST api/file?as=&chat=&name=`  | the file's bytes       | `Message`                |
 * | `GET api/file?as=&message=`      |                        | the file's bytes         |
 * | `POST api/sample`                | `SampleRequest`        | `Message`                |
 * | `POST api/group`                 | `GroupRequest`         | `Chat`                   |
 * | `POST api/bad-day`               | `BadDayRequest`        | `World`                  |
 * | `POST api/clock`                 | `ClockRequest`         | `World`, once it is there |
 * | `GET api/events?as=`             |                        | server-sent `PageEvent`s |
 *
 * A POST carries `Content-Type: application/json` (a file: `application/octet-stream`) and comes
 * from the page's own origin. A refusal is HTTP 4xx with a `Fault`.
 */

import type { BadDay } from './bad-day-names.ts';

export type { BadDay };

import type { Bilingual } from './bilingual.ts';

export interface World {
  bot: Person;
  /** Everybody one may be. */
  people: Person[];
  now: number;
  /** Milliseconds by which the clock of this world is ahead of the true time. */
  offsetMs: number;
  /** Whether the clock can be moved on. */
  isMovable: boolean;
  /** IANA zone in which the page writes times. */
  zone: string;
  /** What goes wrong on the platform now, if anything. */
  badDay?: BadDay;
}

export interface BadDayRequest {
  /** Nothing: the platform is well again. */
  badDay?: BadDay;
}

/**
 * How far the clock is moved on: by so many milliseconds, to the next day's 8:00, or until the bot says
 * something by itself. It never goes back, and not where nothing is due within a month.
 */
export type ClockRequest = { kind: 'by'; ms: number } | { kind: 'tomorrow' } | { kind: 'next' };

export interface Person {
  id: string;
  /** Short and stable, for `?as=lin` in the page's own address. */
  handle: string;
  name: string;
  /** What the person is in the sample world, such as 支部书记; empty for the bot. */
  title: string;
}

export interface Chat {
  id: string;
  kind: 'group' | 'p2p';
  /** The group's name; for a private chat the other one's name. */
  name: string;
  /** Everybody in it, the bot too when it is there. */
  members: string[];
  /** The group's owner. */
  owner?: string;
  withBot: boolean;
  disbanded: boolean;
  /** The newest message. */
  last?: { at: number };
}

/** A message as one person sees it. It comes again, with the same id, whenever it changes. */
export interface Message {
  id: string;
  chat: string;
  /** A person's or the bot's id; empty for a line of the platform itself (`system`). */
  sender: string;
  at: number;
  content: Content;
  /** Bumped by every change: an older version that arrives late is dropped. */
  version: number;
  edited: boolean;
  recalled: boolean;
  /** The message this one answers. */
  replyTo?: string;
}

export type Content =
  | { kind: 'text'; parts: TextPart[] }
  | { kind: 'post'; title: string; lines: TextPart[][] }
  | { kind: 'card'; card: Card }
  | { kind: 'file'; name: string; size: number }
  | { kind: 'image'; name: string; size: number }
  | ({ kind: 'system' } & Bilingual);

export type TextPart =
  | { kind: 'text'; text: string }
  | { kind: 'at'; id: string; name: string }
  | { kind: 'link'; text: string; href: string };

/** Card JSON 2.0, as it was sent and as the card rules let it pass. */
export interface Card {
  schema: '2.0';
  config?: Record<string, unknown>;
  header?: Record<string, unknown>;
  body: { elements: CardElement[]; [property: string]: unknown };
}
export interface CardElement {
  tag: string;
  [property: string]: unknown;
}

export interface SayRequest {
  as: string;
  chat: string;
  /** Plain text; a mention stands in it as `@Name`, or as `@all` / `@所有人`. */
  text: string;
  /**
   * Who the `@Name`s are. Left out, every `@Name` of somebody in the chat is taken as a mention, as
   * if it had been picked from the list.
   */
  mentions?: string[];
  /** The message this one answers. */
  replyTo?: string;
}

export interface PressRequest {
  as: string;
  message: string;
  /** JSON pointer to the pressed element in the card, such as `/body/elements/2/columns/0/elements/0`. */
  at: string;
  /** What stands in the form around a submit button, by component name. */
  form?: Record<string, FieldValue>;
  /** Of the pressed element itself, outside a form. Dates: `2026-12-01`, `18:30`, `2026-12-01 18:30`. */
  input?: string;
  option?: string;
  options?: string[];
  checked?: boolean;
}
export type FieldValue = string | string[] | boolean;

/** What the press brought. A new card arrives as a `message` event, for everyone who sees it. */
export interface PressAnswer {
  toast?: Toast;
}

export interface Toast {
  type: 'info' | 'success' | 'error' | 'warning';
  content: string;
  /** The same in English, where the platform speaks and not the app. */
  en?: string;
}

/** A file that is ready to be sent: a question bank or a questionnaire, filled in. */
export type SampleFile = 'bank' | 'survey';
export interface SampleRequest {
  as: string;
  chat: string;
  sample: SampleFile;
}

/** Things people do with groups; each makes the event the platform would send. */
export interface GroupRequest {
  as: string;
  chat: string;
  change: GroupChange;
}
export type GroupChange =
  | { kind: 'invite'; people: string[] }
  | { kind: 'remove'; people: string[] }
  | { kind: 'leave' }
  | { kind: 'add-bot' }
  | { kind: 'remove-bot' }
  | { kind: 'owner'; person: string }
  | { kind: 'rename'; name: string }
  | { kind: 'disband' };

/**
 * The stream of what one person comes to see. Each event is a `data:` line of JSON with an `id:`; a
 * browser that comes back with `Last-Event-ID` is told what it missed, or `reset` where that is no
 * longer known: then everything is to be read anew.
 */
export type PageEvent =
  | { kind: 'message'; message: Message }
  | { kind: 'chat'; chat: Chat }
  /** The person is no longer in it. */
  | { kind: 'chat-gone'; chat: string }
  /** The clock was moved on. */
  | { kind: 'clock'; offsetMs: number }
  | { kind: 'reset' };

export interface Fault {
  /** One sentence for the person at the page. */
  fault: string;
  /** The same in English. */
  en: string;
}
