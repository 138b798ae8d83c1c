import type { Db } from '../database/db.ts';
import type { PersonId } from '../base/ids.ts';
import { oneLine } from '../base/text.ts';
import { hasAnswered, keyOf } from './answered.ts';
import type { Audience } from './audience/service.ts';
import type { Scheduling } from './scheduling.ts';
import type { Leave, Participation, StatementInWords } from './types.ts';

interface LeavesNeeds {
  db: Db;
  audience: Audience;
  scheduling: Scheduling;
}

/** Leave from a round while it is open, once per person. */
export function createLeaves({ db, audience, scheduling }: LeavesNeeds) {
  /** True where there was no leave yet, or no reason, or another one. */
  async function write({ id, person, at }: Participation, text?: string): Promise<boolean> {
    const rows = await db.sql(
      `insert into round_leave as l (round_id, person_id, at, reason) values ($1, $2, $3, $4)
       on conflict (round_id, person_id) do update set reason = excluded.reason
         where excluded.reason is distinct from l.reason and excluded.reason is not null
       returning 1`,
      id,
      person,
      at,
      text ? oneLine(text) : null,
    );
    return rows.length > 0;
  }

  /** Leave from an open round. Whoever has answered needs none; a later reason replaces the earlier. */
  async function record(participation: Participation, text?: string): Promise<Leave> {
    const { id, number } = participation;
    if (await hasAnswered(db, participation)) return { outcome: 'answered', number };
    if (!(await write(participation, text))) return { outcome: 'kept', number };
    await scheduling.refreshSoon(id);
    return { outcome: 'recorded', number };
  }

  return {
    record,

    /** The same, by whoever says so while the round is open. */
    ask: ({ text, ...said }: StatementInWords): Promise<Leave> =>
      db.atomic(async () => record(await audience.participation(said), text)),

    /** When they asked for leave, if they did. */
    async since(participation: Participation): Promise<Date | undefined> {
      const where = { roundId_personId: keyOf(participation) };
      return (await db.client.roundLeave.findUnique({ where }))?.at;
    },

    /** Their leave counts as asked for at this moment, though nothing about it changed. */
    async renew(participation: Participation): Promise<void> {
      const data = { at: participation.at };
      await db.client.roundLeave.updateMany({ where: keyOf(participation), data });
    },

    /** They take part after all. */
    async end(participation: Participation): Promise<void> {
      await db.client.roundLeave.deleteMany({ where: keyOf(participation) });
    },

    /** Deletes their reasons. That they were on leave stays. Returns how many reasons there were. */
    async forgetReasons(personId: PersonId): Promise<number> {
      const where = { personId, reason: { not: null } };
      return (await db.client.roundLeave.updateMany({ where, data: { reason: null } })).count;
    },
  };
}
