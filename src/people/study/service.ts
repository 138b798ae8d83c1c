import { monthBegan, type Clock } from '../../base/clock.ts';
import type { Db } from '../../database/db.ts';
import type { PersonId } from '../../base/ids.ts';
import { oneLine } from '../../base/text.ts';
import type { StudyMonth, Studied } from './types.ts';

interface StudyNeeds {
  db: Db;
  clock: Clock;
  zone: string;
}
interface Logging {
  person: PersonId;
  minutes: number;
  what?: string;
  /** When they said so, by the platform's clock. */
  at: Date;
}

const latest = 5;

/** Own study time: what somebody wrote down, for themselves alone. Nobody else's question reads it. */
export function createStudy({ db, clock, zone }: StudyNeeds) {
  /** A person's month so far, in the bot's zone. */
  async function month(person: PersonId): Promise<StudyMonth> {
    const where = { personId: person, at: { gte: monthBegan(clock.now(), zone) } };
    const sum = await db.client.studyLog.aggregate({
      where,
      _sum: { minutes: true },
      _count: true,
    });
    const rows: Studied[] = await db.client.studyLog.findMany({
      where,
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
      take: latest,
      select: { minutes: true, what: true, at: true },
    });
    return { minutes: sum._sum.minutes ?? 0, times: sum._count, latest: rows };
  }

  return {
    month,

    /** Deletes all that this person wrote down; returns how much it was. */
    async forgetOf(person: PersonId): Promise<number> {
      return (await db.client.studyLog.deleteMany({ where: { personId: person } })).count;
    },

    /** Writes minutes down (1 to 1440, which the database checks too) and returns the month so far. */
    async log({ person, minutes, what, at }: Logging): Promise<StudyMonth> {
      const text = what === undefined ? undefined : oneLine(what);
      await db.client.studyLog.create({ data: { personId: person, minutes, what: text, at } });
      return month(person);
    },
  };
}
export type Study = ReturnType<typeof createStudy>;
