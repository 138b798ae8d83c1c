/** Everything the fake platform remembers: plain data, so that it can stand in a file. */
export interface State {
  people: PersonRecord[];
  chats: ChatRecord[];
  messages: MessageRecord[];
  files: FileRecord[];
  /** Cards that lie at the platform, sent or not. */
  entities: EntityRecord[];
  /** Sends that succeeded, by their `uuid`: the platform repeats none of them for an hour. */
  uuids: Record<string, { message: string; at: number }>;
  /** Events not yet taken by the app. */
  deliveries: Delivery[];
  /** The opening scene has been played. */
  opened: boolean;
}

export interface PersonRecord {
  id: string;
  handle: string;
  name: string;
  title: string;
  reach: Reach;
}
/** Whether the bot can write to somebody: why not, as the platform sees it. */
export type Reach = 'open' | 'outside' | 'blocked' | 'resigned';

export interface ChatRecord {
  id: string;
  kind: 'group' | 'p2p';
  name: string;
  /** People only; whether the bot is in stands in `withBot`. */
  members: string[];
  owner?: string;
  withBot: boolean;
  external: boolean;
  disbanded: boolean;
}

export type MessageType =
  'text' | 'post' | 'interactive' | 'file' | 'image' | 'system' | (string & {});

export interface MessageRecord {
  id: string;
  chat: string;
  /** `ou_…`, the bot's included; empty for the platform's own lines. */
  sender: string;
  at: number;
  type: MessageType;
  /** The platform's JSON string, whose shape depends on `type`. */
  content: string;
  mentions: MentionRecord[];
  version: number;
  edits: number;
  recalled: boolean;
  replyTo?: string;
}
export interface MentionRecord {
  key: string;
  /** Empty for everybody (`@_all`). */
  id: string;
  name: string;
}

/** An uploaded file or picture; its bytes lie beside the state. */
export interface FileRecord {
  key: string;
  name: string;
  size: number;
  /** The person or bot who put it there. */
  owner: string;
}

/** A card that lies at the platform: sent once, and changed by its own calls. */
export interface EntityRecord {
  id: string;
  /** Its JSON as it stands now. */
  card: string;
  madeAt: number;
  /** The message it was sent with. */
  message?: string;
  /** The highest so far. */
  sequence: number;
  /** Changes that succeeded. */
  uuids: string[];
}

/** An event on its way. It is sealed anew in each run: the app's keys may have changed in between. */
export interface Delivery {
  id: string;
  type: string;
  /** Milliseconds since 1970. */
  madeAt: number;
  event: unknown;
  attempts: number;
  nextAt: number;
}
