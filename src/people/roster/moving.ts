import type { Db } from '../../database/db.ts';
import type { ChatId, PersonId } from '../../base/ids.ts';
import { oneLine } from '../../base/text.ts';
import type { Groups } from './groups.ts';
import type { Branch, GroupSeen, Moved, Person } from './types.ts';

type Someone = { person: PersonId; name: string };

// In all of these: $1 the group, $2 its people as JSON, $3 the moment.
const listed = `jsonb_to_recordset($2::jsonb) as v(person int, name text)`;
/** Those who are not in already and of whom nothing later than this moment is known. */
const enter = `
  insert into chat_member (chat_id, person_id, since)
  select distinct $1::int, v.person, $3::timestamptz from ${listed}
  where not exists (select from chat_member m
    where m.chat_id = $1 and m.person_id = v.person and m.until > $3)
  on conflict (chat_id, person_id) where until is null do nothing returning person_id as id`;
/** Ten seconds: a member read from the platform carries our clock, which may run ahead of its. */
const leave = `
  update chat_member m set until = greatest(since, $3::timestamptz) from ${listed}
  where m.chat_id = $1 and m.person_id = v.person and m.until is null
    and m.since <= $3::timestamptz + interval '10 seconds' returning m.person_id as id`;
const leaveUnlisted = `
  update chat_member set until = $3 where chat_id = $1 and until is null and since < $3
    and person_id not in (select person from ${listed})`;
const rename = `
  update person p set name = v.name from jsonb_to_recordset($1::jsonb) as v(person int, name text)
  where p.id = v.person and v.name <> '' and p.name <> v.name`;

/**
 * People coming and going, in step with the platform. What concerns one person is decided by the
 * platform's time: an old event that comes late does not undo a newer one.
 */
export function createMoving(db: Db, { branchOf }: Groups) {
  async function move(sql: string, chat: ChatId, people: Someone[], at: Date): Promise<Moved> {
    const moved = await db.sql<{ id: PersonId }>(sql, chat, asJson(people), at);
    const where = { id: { in: moved.map(({ id }) => id) } };
    const select = { id: true, name: true };
    const named = await db.client.person.findMany({ where, select, orderBy: { id: 'asc' } });
    return { branch: await branchOf(chat), people: named as Person[] };
  }

  return {
    /** Records who came; returns those who were not there before. */
    joined: (chat: ChatId, people: Someone[], at: Date): Promise<Moved> =>
      db.atomic(async () => {
        await db.sql(rename, asJson(people));
        return move(enter, chat, people, at);
      }),

    /** Records who went; returns those who were there. */
    left: (chat: ChatId, people: Someone[], at: Date): Promise<Moved> =>
      db.atomic(() => move(leave, chat, people, at)),

    /**
     * Makes a group's members those the platform listed at `asOf`, which shows that the bot is in it.
     * For people who came or went after that moment the later event counts.
     */
    replaceMembers: (chat: ChatId, seen: GroupSeen): Promise<Branch | undefined> =>
      db.atomic(async () => {
        const { people, asOf, external, owner = null } = seen;
        const data = { name: oneLine(seen.name), external, ownerId: owner, goneAt: null };
        await db.client.chat.update({ where: { id: chat }, data });
        await db.sql(rename, asJson(people));
        await db.sql(leaveUnlisted, chat, asJson(people), asOf);
        await db.sql(enter, chat, asJson(people), asOf);
        return branchOf(chat);
      }),
  };
}
export type Moving = ReturnType<typeof createMoving>;

const asJson = (people: Someone[]) =>
  JSON.stringify(people.map(({ person, name }) => ({ person, name: oneLine(name) })));
