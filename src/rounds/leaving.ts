import type { Db } from '../db.ts';
import type { PersonId, RoundId } from '../ids.ts';
import { oneLine, severalLines } from '../line.ts';
import { askedOf } from './asked.ts';
import { checkInTime, checkOver } from './rules.ts';
import type { Leave, MadeUp } from './types.ts';

interface Leaving {
  round: RoundId;
  person: PersonId;
  /** Why, or what was done to make up for it, in their own words. */
  text?: string;
  /** When they said so, by the platform's clock. */
  at: Date;
}

/** Leave from a round while it is open, and making up for it afterwards; each once per person. */
export function createLeaving(db: Db) {
  const hasAnswered = async ({ round, person }: Leaving) =>
    (await db.client.answer.count({ where: { roundId: round, personId: person } })) > 0;

  /** True where there was no leave yet, or no reason, or another one. */
  async function writeLeave({ round, person, text, at }: Leaving): Promise<boolean> {
    const rows = await db.sql(
      `insert into round_leave as l (round_id, person_id, at, reason) values ($1, $2, $3, $4)
       on conflict (round_id, person_id) do update set reason = excluded.reason
         where excluded.reason is distinct from l.reason and excluded.reason is not null
       returning 1`,
      round,
      person,
      at,
      text ? oneLine(text) : null,
    );
    return rows.length > 0;
  }

  async function writeMakeup({ round, person, text, at }: Leaving): Promise<boolean> {
    const rows = await db.sql(
      `insert into round_makeup (round_id, person_id, at, text) values ($1, $2, $3, $4)
       on conflict (round_id, person_id) do nothing returning 1`,
      round,
      person,
      at,
      text ? severalLines(text) : null,
    );
    return rows.length > 0;
  }

  return {
    /** Leave from an open round. Whoever has answered needs none; a later reason replaces the earlier. */
    leave: (leaving: Leaving): Promise<Leave> =>
      db.atomic(async () => {
        const round = await askedOf(db, leaving.round, leaving.person);
        checkInTime(round, leaving.at, round.number);
        if (await hasAnswered(leaving)) return { outcome: 'answered', number: round.number };
        const isNew = await writeLeave(leaving);
        return { outcome: isNew ? 'recorded' : 'kept', number: round.number };
      }),

    /** Makes up for a round that is over. Whoever has answered, or made it up, changes nothing. */
    makeUp: (leaving: Leaving): Promise<MadeUp> =>
      db.atomic(async () => {
        const round = await askedOf(db, leaving.round, leaving.person);
        checkOver(round, leaving.at, round.number);
        if (await hasAnswered(leaving)) return { outcome: 'answered', number: round.number };
        const isNew = await writeMakeup(leaving);
        return { outcome: isNew ? 'recorded' : 'kept', number: round.number };
      }),
  };
}
