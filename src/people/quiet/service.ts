import type { Clock } from '../../base/clock.ts';
import type { Db } from '../../database/db.ts';
import { PersonId } from '../../base/ids.ts';
import { hoursOf, quietUntil, usualHours } from './rules.ts';
import type { QuietHours } from './types.ts';

interface QuietNeeds {
  db: Db;
  clock: Clock;
  zone: string;
}

/** People's own quiet hours: 21:00 to 8:00 until they say otherwise. */
export function createQuiet({ db, clock, zone }: QuietNeeds) {
  /** What they said, of those who said something; undefined: they want none. */
  async function saidBy(people: PersonId[]): Promise<Map<PersonId, QuietHours | undefined>> {
    const rows = await db.client.quietHours.findMany({ where: { personId: { in: people } } });
    return new Map(
      rows.map(({ personId, fromMinute, toMinute }) => [
        PersonId.parse(personId),
        fromMinute === null || toMinute === null ? undefined : { from: fromMinute, to: toMinute },
      ]),
    );
  }

  async function put(personId: PersonId, fromMinute: number | null, toMinute: number | null) {
    const hours = { fromMinute, toMinute };
    await db.client.quietHours.upsert({
      where: { personId },
      create: { personId, ...hours },
      update: hours,
    });
  }

  return {
    /** Deletes what this person said of them. */
    async forgetOf(person: PersonId): Promise<void> {
      await db.client.quietHours.deleteMany({ where: { personId: person } });
    },

    /** Minutes from midnight; both the same are refused. */
    async set(person: PersonId, from: number, to: number): Promise<QuietHours> {
      const hours = hoursOf(from, to);
      await put(person, hours.from, hours.to);
      return hours;
    },

    switchOff: (person: PersonId): Promise<void> => put(person, null, null),

    async of(person: PersonId): Promise<QuietHours | undefined> {
      const said = await saidBy([person]);
      return said.has(person) ? said.get(person) : usualHours;
    },

    /** Those of these people who are in their quiet hours now, and until when. */
    async untils(people: PersonId[]): Promise<Map<PersonId, Date>> {
      const said = await saidBy(people);
      const untils = new Map<PersonId, Date>();
      for (const person of people) {
        const hours = said.has(person) ? said.get(person) : usualHours;
        const until = hours && quietUntil(hours, clock.now(), zone);
        if (until) untils.set(person, until);
      }
      return untils;
    },
  };
}
export type Quiet = ReturnType<typeof createQuiet>;
