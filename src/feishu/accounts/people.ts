import { must } from '../../base/errors.ts';
import type { PersonId } from '../../base/ids.ts';
import type { Db } from '../../database/db.ts';
import { rememberAfterCommit } from './remembering.ts';

/** A person as the platform knows them. */
interface PlatformPerson {
  openId: string;
  name?: string;
}

/** People by the platform's ids and by ours. */
export function createPeople(db: Db) {
  const people = new Map<string, PersonId>();
  const names = new Map<string, string>();

  return {
    /** The ids of these people, made where they are new; names the platform tells are kept. */
    async persons(them: PlatformPerson[]): Promise<PersonId[]> {
      const isKnown = ({ openId, name }: PlatformPerson) =>
        people.has(openId) && (!name || names.get(openId) === name);
      const unknown = new Map(
        them.filter((each) => !isKnown(each)).map((one) => [one.openId, one]),
      );
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
          rememberAfterCommit(db, people, openId, id);
          rememberAfterCommit(db, names, openId, name);
        }
      }
      return them.map(({ openId }) => must(made.get(openId) ?? people.get(openId)));
    },
    async openIdOf(person: PersonId): Promise<string> {
      const row = await db.client.person.findUniqueOrThrow({ where: { id: person } });
      return row.openId;
    },
  };
}
export type People = ReturnType<typeof createPeople>;
