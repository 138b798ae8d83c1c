import type { Db } from '../db.ts';
import { oneLine } from '../line.ts';
import type { BranchId, ChatId, PersonId } from '../ids.ts';
import type { Branch, GroupSeen, Moved, Person } from './types.ts';

type Someone = { person: PersonId; name: string };

/**
 * Who is in which group, kept in step with the platform. What concerns one person is decided by the
 * platform's time: an old event that comes late does not undo a newer one.
 */
export function createMembership(db: Db) {
  /** What a name is called now; an empty name changes nothing. */
  const rename = (people: Someone[]) =>
    db.sql(
      `update person p set name = v.name from jsonb_to_recordset($1::jsonb) as v(person int, name text)
       where p.id = v.person and v.name <> '' and p.name <> v.name`,
      asJson(people),
    );

  async function branchOf(chat: ChatId): Promise<Branch | undefined> {
    const [branch] = await db.sql<Branch>(
      `select b.id, b.name from branch b join chat c on c.branch_id = b.id where c.id = $1`,
      chat,
    );
    return branch;
  }

  const moved = async (chat: ChatId, ids: { id: PersonId }[]): Promise<Moved> => ({
    branch: await branchOf(chat),
    people: await db.sql<Person>(
      `select id, name from person where id = any(array(select jsonb_array_elements_text($1::jsonb)::int)) order by id`,
      JSON.stringify(ids.map(({ id }) => id)),
    ),
  });

  return {
    /** Records who came; returns those who were not there before. */
    joined: (chat: ChatId, people: Someone[], at: Date): Promise<Moved> =>
      db.atomic(async () => {
        await rename(people);
        const ids = await db.sql<{ id: PersonId }>(
          `insert into chat_member (chat_id, person_id, since)
           select $1, v.person, $3 from jsonb_to_recordset($2::jsonb) as v(person int)
           where not exists (select from chat_member m where m.chat_id = $1 and m.person_id = v.person and m.until > $3)
           on conflict (chat_id, person_id) where until is null do nothing returning person_id as id`,
          chat,
          asJson(people),
          at,
        );
        return moved(chat, ids);
      }),

    /** Records who went; returns those who were there. */
    left: (chat: ChatId, people: Someone[], at: Date): Promise<Moved> =>
      db.atomic(async () => {
        // Ten seconds: a member read from the platform carries our clock, which may run ahead of its.
        const ids = await db.sql<{ id: PersonId }>(
          `update chat_member m set until = greatest(since, $3::timestamptz)
           from jsonb_to_recordset($2::jsonb) as v(person int)
           where m.chat_id = $1 and m.person_id = v.person and m.until is null
             and m.since <= $3::timestamptz + interval '10 seconds'
           returning m.person_id as id`,
          chat,
          asJson(people),
          at,
        );
        return moved(chat, ids);
      }),

    /**
     * Makes a group's members those the platform listed at `asOf`, which shows that the bot is in it. Whoever came or went after that
     * moment stays as the later event said.
     */
    replaceMembers: (
      chat: ChatId,
      { people, asOf, ...group }: GroupSeen,
    ): Promise<Branch | undefined> =>
      db.atomic(async () => {
        await db.client.chat.update({
          where: { id: chat },
          data: {
            name: oneLine(group.name),
            external: group.external,
            ownerId: group.owner ?? null,
            goneAt: null,
          },
        });
        await rename(people);
        await db.sql(
          `update chat_member set until = $3 where chat_id = $1 and until is null and since < $3
             and person_id not in (select person from jsonb_to_recordset($2::jsonb) as v(person int))`,
          chat,
          asJson(people),
          asOf,
        );
        await db.sql(
          `insert into chat_member (chat_id, person_id, since)
           select distinct $1::int, v.person, $3::timestamptz from jsonb_to_recordset($2::jsonb) as v(person int)
           where not exists (select from chat_member m where m.chat_id = $1 and m.person_id = v.person and m.until > $3)
           on conflict (chat_id, person_id) where until is null do nothing`,
          chat,
          asJson(people),
          asOf,
        );
        return branchOf(chat);
      }),

    /** People now in any group of the branch. */
    members: (branch: BranchId): Promise<Person[]> =>
      db.sql<Person>(
        `select distinct p.id, p.name from person p join chat_member m on m.person_id = p.id
         join chat c on c.id = m.chat_id
         where c.branch_id = $1 and c.gone_at is null and m.until is null order by p.id`,
        branch,
      ),

    async isMember(person: PersonId, branch: BranchId): Promise<boolean> {
      const rows = await db.sql(
        `select 1 from chat_member m join chat c on c.id = m.chat_id where m.person_id = $1
           and c.branch_id = $2 and c.gone_at is null and m.until is null limit 1`,
        person,
        branch,
      );
      return rows.length > 0;
    },

    /** The bot is in this group (again). `welcome` is true once in the life of a group. */
    async botAdded(chat: ChatId, at: Date): Promise<{ welcome: boolean; branch?: Branch }> {
      await db.client.chat.update({ where: { id: chat }, data: { goneAt: null } });
      const { count } = await db.client.chat.updateMany({
        where: { id: chat, welcomedAt: null },
        data: { welcomedAt: at },
      });
      return { welcome: count > 0, branch: await branchOf(chat) };
    },

    /** The bot was removed or the group dissolved: nothing is written to it any more. */
    async chatGone(chat: ChatId, at: Date): Promise<void> {
      await db.client.chat.updateMany({
        where: { id: chat, goneAt: null },
        data: { goneAt: at },
      });
    },

    /** Every group of a branch that the bot is still in. */
    async boundGroups(): Promise<ChatId[]> {
      const rows = await db.client.chat.findMany({
        where: { branchId: { not: null }, goneAt: null },
        select: { id: true },
        orderBy: { id: 'asc' },
      });
      return rows.map((row) => row.id as ChatId);
    },

    branchOf,
  };
}
export type Membership = ReturnType<typeof createMembership>;

const asJson = (people: Someone[]) =>
  JSON.stringify(people.map(({ person, name }) => ({ person, name: oneLine(name) })));
