import { must } from '../../base/errors.ts';
import { type ChatId, MessageId, type PersonId } from '../../base/ids.ts';
import type { Db } from '../../database/db.ts';
import type { ChatKind } from '../events/events.ts';
import type { Raw, RawPress } from '../events/normalize.ts';
import { rememberAfterCommit } from './remembering.ts';

/** A chat with our id. */
export interface Place {
  id: ChatId;
  kind: ChatKind;
}
interface Stored {
  id: ChatId;
  /** Null: the platform has not said it yet. */
  kind: ChatKind | null;
}
const stored = ({ id, kind }: Stored) => ({ id, kind: kind ?? 'group', isKnown: kind !== null });

interface ChatsNeeds {
  db: Db;
  /** Whom a message of ours was sent to in private. */
  privateTo(message: MessageId): Promise<PersonId | undefined>;
}

/** Chats by the platform's ids and by ours. */
export function createChats({ db, privateTo }: ChatsNeeds) {
  /** Only what the platform has told this process. */
  const chats = new Map<string, Place>();

  /**
   * A chat whose kind the platform tells. It replaces what was stored: a private chat belongs to its one
   * person, and is no group of a branch.
   */
  async function toldPlace(platformId: string, kind: ChatKind, person?: PersonId): Promise<Place> {
    const known = chats.get(platformId);
    if (known?.kind === kind) return known;
    return db.atomic(() => store(platformId, kind, kind === 'private' ? person : undefined));
  }

  async function store(platformId: string, kind: ChatKind, alone: PersonId | null = null) {
    if (alone !== null)
      await db.sql(
        `update chat set person_id = null where person_id = $1 and platform_id <> $2`,
        alone,
        platformId,
      );
    const [row] = await db.sql<{ id: ChatId }>(
      `insert into chat (platform_id, kind, person_id) values ($1, $2, $3::int)
       on conflict (platform_id) do update set kind = excluded.kind,
         person_id = case when excluded.kind = 'private' then coalesce(excluded.person_id, chat.person_id) end,
         branch_id = case when excluded.kind = 'group' then chat.branch_id end,
         bound_at = case when excluded.kind = 'group' then chat.bound_at end
       returning id`,
      platformId,
      kind,
      alone,
    );
    const told = { id: must(row).id, kind };
    rememberAfterCommit(db, chats, platformId, told);
    return told;
  }

  /**
   * A chat of which the platform gives only the id now. Its kind is what the platform said before. If that is
   * unknown, the chat counts as a group, so that nothing private is said in it; the guess is not stored. It is
   * looked up each time, since another process may have learnt it meanwhile.
   */
  async function untoldPlace(platformId: string): Promise<Place & { isKnown: boolean }> {
    const known = chats.get(platformId);
    if (known) return { ...known, isKnown: true };
    const find = () =>
      db.sql<Stored>(`select id, kind from chat where platform_id = $1`, platformId);
    const [found] = await find();
    if (found) return stored(found);
    const [made] = await db.sql<Stored>(
      `insert into chat (platform_id) values ($1) on conflict do nothing returning id, kind`,
      platformId,
    );
    return stored(must(made ?? (await find())[0]));
  }

  /** A press does not say whether its chat is a group; a card that we sent to the presser alone does. */
  async function pressedPlace({ chat, message }: RawPress, from: PersonId): Promise<Place> {
    const { isKnown, ...place } = await untoldPlace(chat.platformId);
    if (isKnown) return place;
    const isAlone = (await privateTo(MessageId.parse(message))) === from;
    return isAlone ? toldPlace(chat.platformId, 'private', from) : place;
  }

  async function placeOf({ chat: { platformId, kind } }: Raw, person?: PersonId): Promise<Place> {
    if (kind) return toldPlace(platformId, kind, person);
    const { id, kind: known } = await untoldPlace(platformId);
    return { id, kind: known };
  }

  /**
   * A chat in which somebody speaks or presses can be written to again. In a group that says nothing of their
   * private chat: somebody who has blocked the bot can do both there, too.
   */
  const markReachable = (person: PersonId, { id, kind }: Place, at: Date) =>
    db.sql(
      `with again as (update person set gone_at = null where id = $1 and gone_at < $3 and $4)
       update chat set gone_at = null where id = $2 and gone_at < $3`,
      person,
      id,
      at,
      kind === 'private',
    );

  return {
    toldPlace,
    pressedPlace,
    placeOf,
    markReachable,
    async platformIdOf(chat: ChatId): Promise<string> {
      const row = await db.client.chat.findUniqueOrThrow({ where: { id: chat } });
      return row.platformId;
    },
  };
}
export type Chats = ReturnType<typeof createChats>;
