import type { Db } from '../database/db.ts';
import type { PersonId } from '../base/ids.ts';
import { severalLines } from '../base/text.ts';
import { hasAnswered } from './answered.ts';
import type { Audience } from './audience/service.ts';
import type { Scheduling } from './scheduling.ts';
import type { MadeUp, Participation, StatementInWords } from './types.ts';

interface MakeupsNeeds {
  db: Db;
  audience: Audience;
  scheduling: Scheduling;
}

/** Making up for a round after its end, once per person. */
export function createMakeups({ db, audience, scheduling }: MakeupsNeeds) {
  async function write({ id, person, at }: Participation, text?: string): Promise<boolean> {
    const rows = await db.sql(
      `insert into round_makeup (round_id, person_id, at, text) values ($1, $2, $3, $4)
       on conflict (round_id, person_id) do nothing returning 1`,
      id,
      person,
      at,
      text ? severalLines(text) : null,
    );
    return rows.length > 0;
  }

  return {
    /** Makes up for a round that is over. Whoever has answered, or made it up, changes nothing. */
    record: ({ text, ...said }: StatementInWords): Promise<MadeUp> =>
      db.atomic(async () => {
        const participation = await audience.participationAfterEnd(said);
        const { number } = participation;
        if (await hasAnswered(db, participation)) return { outcome: 'answered', number };
        if (!(await write(participation, text))) return { outcome: 'kept', number };
        await scheduling.refreshSoon(said.round);
        return { outcome: 'recorded', number };
      }),

    /** Deletes their words. That they made up for it stays. Returns how many texts there were. */
    async forgetTexts(personId: PersonId): Promise<number> {
      const where = { personId, text: { not: null } };
      return (await db.client.roundMakeup.updateMany({ where, data: { text: null } })).count;
    },
  };
}
