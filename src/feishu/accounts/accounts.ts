import type { Incoming } from '../../bot/talk.ts';
import type { Db } from '../../database/db.ts';
import { must } from '../../base/errors.ts';
import { type ChatId, MessageId, type PersonId } from '../../base/ids.ts';
import type { ChatKind } from '../events/events.ts';
import type { Raw, RawPress } from '../events/normalize.ts';

interface Somebody {
  openId: string;
  name?: string;
}
interface Place {
  id: ChatId;
  kind: ChatKind;
}
interface Stored {
  id: ChatId;
  /** Null: the platform has not said it yet. */
  kind: ChatKind | null;
}
const stored = ({ id, kind }: Stored) => ({ id, kind: kind ?? 'group', isKnown: kind !== null });

// People and groups of one installation fit many times over; beyond this the oldest half is forgotten.
const most = 20_000;

interface AccountsNeeds {
  db: Db;
  /** Whom a message of ours was sent to in private. */
  privateTo(message: MessageId): Promise<PersonId | undefined>;
}

/** Who is who: the platform's ids on one side, ours on the other. Nobody else knows both. */
export function createAccounts({ db, privateTo }: AccountsNeeds) {
  const people = new Map<string, PersonId>();
  const names = new Map<string, string>();
  /** Only what the platform has told this process. */
  const chats = new Map<string, Place>();

  /** Ids made in a transaction that fails do not exist: remembered only once it has committed. */
  function remember<Value>(cache: Map<string, Value>, key: string, value: Value) {
    db.afterCommit(() => {
      if (cache.size >= most)
        for (const old of [...cache.keys()].slice(0, most / 2)) cache.delete(old);
      cache.set(key, value);
    });
  }

  /** The ids of these people, made where they are new; names the platform tells are kept. */
  async function persons(them: Somebody[]): Promise<PersonId[]> {
    const isKnown = ({ openId, name }: Somebody) =>
      people.has(openId) && (!name || names.get(openId) === name);
    const unknown = new Map(them.filter((each) => !isKnown(each)).map((one) => [one.openId, one]));
    const made = new Map<string, PersonId>();
    if (unknown.size > 0) {
      const rows = await db.sql<{ id: PersonId; openId: string; name: string }>(
        `insert into person (open_id, name) select * from unnest($1::text[], $2::text[]) order by 1
         on conflict (open_id) do update set name = coalesce(nullif(excluded.name, ''), person.name)
         returning id, open_id as "openId", name`,
        [...unknown.keys()],
        [...unknown.values()].map(({ name = '' }) => name),
      );
      for (const { id, openId, name } of rows) {
        made.set(openId, id);
        remember(people, openId, id);
        remember(names, openId, name);
      }
    }
    return them.map(({ openId }) => must(made.get(openId) ?? people.get(openId)));
  }

  /**
   * A chat of which the platform says what it is. Whatever was stored otherwise gives way: a private chat is
   * its one person's, and no group of a branch.
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
    remember(chats, platformId, told);
    return told;
  }

  /**
   * A chat of which the platform says no more than its id, as it is known from what it said before. Not
   * known, it counts as a group, in which nothing private is said; stored is only that there is such a chat.
   * It is looked up each time: another process may have been told meanwhile.
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
   * Where somebody speaks or presses can be written to again. In a group that says nothing of their
   * private chat: both work there for somebody who has blocked us, too.
   */
  const reached = (person: PersonId, { id, kind }: Place, at: Date) =>
    db.sql(
      `with again as (update person set gone_at = null where id = $1 and gone_at < $3 and $4)
       update chat set gone_at = null where id = $2 and gone_at < $3`,
      person,
      id,
      at,
      kind === 'private',
    );

  async function heard(raw: Raw & { kind: 'happened' }, trace: string): Promise<Incoming> {
    const { what, external, at } = raw;
    const by = raw.by === undefined ? undefined : (await persons([{ openId: raw.by }]))[0];
    const ids = await persons(raw.people);
    const them = raw.people.map(({ name = '' }, i) => ({ person: must(ids[i]), name }));
    const where = await placeOf(raw);
    return { kind: 'happened', what, place: where, people: them, by, external, at, trace };
  }

  async function spoken(raw: Exclude<Raw, { kind: 'happened' }>, trace: string): Promise<Incoming> {
    const mentioned = raw.kind === 'said' ? raw.mentions : [];
    const [first, ...others] = await persons([{ openId: raw.from }, ...mentioned]);
    const from = must(first);
    const message = MessageId.parse(raw.message);
    const where = raw.kind === 'pressed' ? await pressedPlace(raw, from) : await placeOf(raw, from);
    await reached(from, where, raw.at);
    const basis = { message, place: where, from, at: raw.at, trace };
    switch (raw.kind) {
      case 'said': {
        const mentions = mentioned.map(({ name }, i) => ({ person: must(others[i]), name }));
        const thread = raw.thread === undefined ? undefined : MessageId.parse(raw.thread);
        return { kind: 'said', ...basis, text: raw.text, mentions, ...(thread && { thread }) };
      }
      case 'file':
        return { kind: 'file', ...basis, file: { message, key: raw.key, name: raw.name } };
      case 'other':
        return { kind: 'other', ...basis, what: raw.what };
      case 'pressed':
        return { kind: 'pressed', ...basis, action: raw.action, value: raw.value, form: raw.form };
    }
  }

  return {
    persons,
    told: toldPlace,
    /** What came in, with our ids. Joins the surrounding transaction. */
    inward: (raw: Raw, trace: string): Promise<Incoming> =>
      raw.kind === 'happened' ? heard(raw, trace) : spoken(raw, trace),
    async openIdOf(person: PersonId): Promise<string> {
      const row = await db.client.person.findUniqueOrThrow({ where: { id: person } });
      return row.openId;
    },
    async platformIdOf(chat: ChatId): Promise<string> {
      const row = await db.client.chat.findUniqueOrThrow({ where: { id: chat } });
      return row.platformId;
    },
  };
}
export type Accounts = ReturnType<typeof createAccounts>;
