import { localDay, type Clock } from '../../base/clock.ts';
import type { Db } from '../../database/db.ts';
import type { Edition } from '../types.ts';

/** `older`: the document `$1` with those whose place it took, and theirs. */
export const withOlder = `
  with recursive older as (
    select $1::int as id union select d.id from document d join older o on d.replaced_by_id = o.id
  )`;

/** A day as the database stores it. */
export const asDate = (day: string | undefined) => (day ? new Date(`${day}T00:00:00Z`) : null);

/** Decides from which day on a newer document answers in the place of an older one. */
export function createSuperseding({ db, clock, zone }: { db: Db; clock: Clock; zone: string }) {
  const today = () => localDay(clock.now(), zone);

  /**
   * Replaces document `id` by `next`. It answers until `next` comes into force: now, or on the later day that
   * `next` names. The same goes for documents that `id` itself was to replace later.
   */
  async function replace(id: number, next: number, { from = '' }: Edition): Promise<void> {
    const day = from > today() ? from : today();
    const data = { replacedById: next, supersededOn: asDate(day) };
    await db.client.document.update({ where: { id }, data });
    await db.sql(
      `${withOlder} update document set superseded_on = $2::date
       where id in (select id from older) and superseded_on > $2::date`,
      ...[id, day],
    );
    if (day === today())
      await db.sql(
        `${withOlder} delete from posting where document_id in (select id from older)`,
        id,
      );
  }

  /** Sets, for the folder's documents of one title, the day on which the next edition comes into force. */
  const updateEndsOfEditions = (title: string) =>
    db.sql(
      `with standing as (
         select id, edition_on, coalesce(valid_from, edition_on) as holds from document
         where branch_id is null and replaced_by_id is null and title = $1
       ), given_way as (
         select s.id, (select n.holds from standing n where n.edition_on > s.edition_on
           order by n.edition_on limit 1) as day
         from standing s
       )
       update document d set superseded_on = g.day from given_way g
       where d.id = g.id and d.superseded_on is distinct from g.day`,
      title,
    );

  return { replace, updateEndsOfEditions };
}
