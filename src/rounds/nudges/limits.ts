import type { Clock } from '../../base/clock.ts';
import type { Db } from '../../database/db.ts';
import type { PersonId } from '../../base/ids.ts';
import { apart, isInLastMinutes, type AwaitedRounds } from './rules.ts';

/**
 * How often a person is reminded. Each claim is one statement over all people whose rows decide, so of
 * two that ask at once one is granted; both ask in the order of people and so never wait in a circle.
 */
export function createLimits(db: Db, clock: Clock) {
  /** Those who were not reminded within the last hours; from now on they were. */
  const claimUsual = (people: PersonId[]) =>
    db.sql<{ person: PersonId }>(
      `insert into reminder as r (person_id, at) select person, $2::timestamptz from unnest($1::int[]) person order by 1
       on conflict (person_id) do update set at = excluded.at where r.at <= $3
       returning person_id as person`,
      people,
      clock.now(),
      new Date(clock.now().getTime() - apart),
    );

  /** Those who have not had the one reminder more of a round's last minutes. */
  const claimLast = (waits: AwaitedRounds[]) =>
    db.sql<{ person: PersonId }>(
      `with claimed as (
         insert into last_reminder (round_id, person_id)
         select round, person from unnest($1::int[], $2::int[]) w(round, person) order by 2, 1
         on conflict (round_id, person_id) do nothing returning person_id)
       update reminder r set at = $3::timestamptz from (select distinct person_id from claimed) c
       where r.person_id = c.person_id returning r.person_id as person`,
      waits.flat().map(({ round }) => round),
      waits.flat().map(({ person }) => person),
      clock.now(),
    );

  return {
    /** Of these people, each with what waits for them, those who may be reminded now. */
    async claim(waits: AwaitedRounds[]): Promise<AwaitedRounds[]> {
      if (waits.length === 0) return [];
      const granted = new Set<PersonId>();
      const usual = await claimUsual(waits.map(([{ person }]) => person));
      for (const { person } of usual) granted.add(person);
      const last = waits
        .filter(([{ person }]) => !granted.has(person))
        .map((mine) => mine.filter(({ closesAt }) => isInLastMinutes(closesAt, clock.now())))
        .filter((mine): mine is AwaitedRounds => mine.length > 0);
      if (last.length > 0) for (const { person } of await claimLast(last)) granted.add(person);
      return waits.filter(([{ person }]) => granted.has(person));
    },
  };
}
