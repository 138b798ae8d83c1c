import type { FetchedDocument, GroupInfo, Messenger, Sent } from '../../src/bot/messenger.ts';
import type { Card, Content } from '../../src/bot/talk.ts';
import { Refusal } from '../../src/base/errors.ts';
import type { ChatId, MessageId, PersonId } from '../../src/base/ids.ts';
import { readCard } from '../../simulator/card-rules.ts';

/** One message as it stands now on the pretended platform. */
export interface Shown {
  id: MessageId;
  to: { chat: ChatId } | { person: PersonId };
  content: Content;
  replyTo?: MessageId;
  recalled: boolean;
  /** How often its card was replaced. */
  updates: number;
}
export interface PretendGroup extends GroupInfo {
  people: Map<PersonId, string>;
}

/** A card entity that the pretended platform keeps. */
export interface PretendEntity {
  card: Card;
  sequence: number;
  isGrowing: boolean;
  streamed: string[];
  /** The message it was sent with. */
  message?: MessageId;
}

/** A pretended platform: it keeps what is sent, once per key, and knows who is in which group. */
export interface FakeMessenger extends Messenger {
  readonly messages: Shown[];
  readonly groups: Map<ChatId, PretendGroup>;
  /** Files people sent, by the message they came with. */
  readonly files: Map<MessageId, Uint8Array>;
  /** Documents of the platform by their token, or why one cannot be read. */
  readonly documents: Map<string, FetchedDocument | Error>;
  /** Who cannot be written to; nobody at first. */
  isGone(to: Shown['to']): boolean;
  /** Card entities by their id, with every text that was streamed into them. */
  readonly entities: Map<string, PretendEntity>;
  /** Whether card entities can be created: the platform may refuse it, or never answer. */
  cardCreation: 'works' | 'refused' | 'hangs';
  /** While set, asking about a group fails with it. */
  failure?: Error;
  groupOf(chat: ChatId): PretendGroup;
  replace(message: MessageId, card: Card): void;
}

/** The platform refuses a card that breaks its rules; here that is a mistake and ends the test. */
function check(content: Content) {
  const known = { person: () => false, image: () => false };
  if ('card' in content) readCard(JSON.stringify(content.card), known);
}

/** The card with another text in the element of this id, which has to be there. */
function withText(card: Card, id: string, text: string): Card {
  let found = 0;
  const changed = JSON.parse(JSON.stringify(card), (_, value: Record<string, unknown> | null) => {
    if (value?.element_id !== id) return value;
    found += 1;
    return { ...value, content: text };
  }) as Card;
  if (found !== 1) throw new Error(`${found} elements are called ${id}`);
  return changed;
}

export function fakeMessenger(): FakeMessenger {
  const messages: Shown[] = [];
  const groups = new Map<ChatId, PretendGroup>();
  const files = new Map<MessageId, Uint8Array>();
  const documents: FakeMessenger['documents'] = new Map();
  const entities = new Map<string, PretendEntity>();
  const keys = new Map<string, MessageId>();
  const find = (id: MessageId) => messages.find((message) => message.id === id);

  function change(id: MessageId, how: (message: Shown) => void): Promise<Sent> {
    const message = find(id);
    if (!message) return Promise.resolve({ outcome: 'refused', reason: 'no such message' });
    how(message);
    return Promise.resolve({ outcome: 'sent', message: id });
  }
  function knownGroup(chat: ChatId): PretendGroup {
    const group = groups.get(chat);
    if (!group) throw new Error('no such group');
    return group;
  }
  function asked(chat: ChatId): PretendGroup {
    if (messenger.failure) throw messenger.failure;
    return knownGroup(chat);
  }

  /** Whatever is done to an entity has to carry a higher number than everything before. */
  function changing(id: string, sequence: number, how: (entity: PretendEntity) => void) {
    const entity = entities.get(id);
    if (!entity) return Promise.resolve({ outcome: 'refused' as const, reason: '200750' });
    if (sequence <= entity.sequence)
      return Promise.resolve({ outcome: 'later' as const, reason: '300317' });
    entity.sequence = sequence;
    how(entity);
    if (entity.message)
      void change(entity.message, (shown) => (shown.content = { card: entity.card }));
    return Promise.resolve({ outcome: 'changed' as const });
  }

  const messenger: FakeMessenger = {
    messages,
    entities,
    cardCreation: 'works',
    isGone: () => false,
    groups,
    files,
    documents,
    groupOf: knownGroup,
    replace: (id, card) => {
      const message = find(id);
      if (message) message.content = { card };
    },
    send(to, content, { key, replyTo }) {
      check(content);
      const known = keys.get(key);
      if (known) return Promise.resolve({ outcome: 'sent', message: known });
      if (messenger.isGone(to)) return Promise.resolve({ outcome: 'gone', reason: '230013' });
      const id = `om_${messages.length + 1}` as MessageId;
      if ('entity' in content && content.entity !== undefined) {
        const entity = entities.get(content.entity);
        if (!entity || entity.message)
          return Promise.resolve({ outcome: 'refused', reason: '300311' });
        entity.message = id;
        content = { card: entity.card };
      }
      keys.set(key, id);
      messages.push({ id, to, content, replyTo, recalled: false, updates: 0 });
      return Promise.resolve({ outcome: 'sent', message: id });
    },
    update(id, content) {
      check(content);
      return change(id, (message) => {
        message.content = content;
        message.updates += 1;
      });
    },
    createCard(card) {
      check({ card });
      if (messenger.cardCreation === 'hangs') return new Promise(() => {});
      if (messenger.cardCreation === 'refused')
        return Promise.resolve({ outcome: 'refused', reason: '99991672' });
      const id = `card_${entities.size + 1}`;
      entities.set(id, { card, sequence: 0, isGrowing: true, streamed: [] });
      return Promise.resolve({ outcome: 'created', entity: id });
    },
    streamText: (id, { element, text, sequence }) =>
      changing(id, sequence, (entity) => {
        if (!entity.isGrowing) throw new Error('this card does not grow any more');
        entity.streamed.push(text);
        entity.card = withText(entity.card, element, text);
      }),
    finishCard(id, card, sequence) {
      check({ card });
      return changing(id, sequence + 1, (entity) => {
        Object.assign(entity, { card, isGrowing: false });
      });
    },
    recall: (id) => change(id, (message) => (message.recalled = true)),
    fetchFile({ message }, maxBytes) {
      const bytes = files.get(message);
      if (!bytes) return Promise.reject(new Refusal('FILE_GONE'));
      if (bytes.length <= maxBytes) return Promise.resolve(bytes);
      return Promise.reject(new Refusal('FILE_TOO_BIG', { limit: 10 }));
    },
    fetchDocument(link) {
      const document = documents.get(link.token);
      if (document instanceof Error) return Promise.reject(document);
      return document ? Promise.resolve(document) : Promise.reject(new Refusal('LINK_GONE'));
    },
    group: (chat) => Promise.resolve().then(() => asked(chat)),
    async *members(chat) {
      const people = [...asked(chat).people].map(([person, name]) => ({ person, name }));
      for (let i = 0; i < people.length; i += 100)
        yield await Promise.resolve(people.slice(i, i + 100));
    },
  };
  return messenger;
}
