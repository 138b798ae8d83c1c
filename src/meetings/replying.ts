import type { Db } from '../db.ts';
import { Refusal } from '../errors.ts';
import type { Rounds } from '../rounds/service.ts';
import type { Answered, Leave, Round } from '../rounds/types.ts';
import { startOf, type Deciding } from './types.ts';

/** Saying before the start whether one comes. */
export function createReplying({ db, rounds }: { db: Db; rounds: Rounds }) {
  /**
   * Two words of one person, each undoing the other, come one after the other; of them the one said
   * later counts, in whichever order they reach us.
   */
  async function requireAhead({ round, person, at }: Deciding): Promise<Round> {
    await rounds.requireAsked({ round, person, at, kind: 'meeting' });
    const found = await rounds.find(round);
    if (at >= startOf(found)) throw new Refusal('MEETING_STARTED', { number: found.number });
    await db.sql(
      `select 1 from round_person where round_id = $1 and person_id = $2 for update`,
      round,
      person,
    );
    const since = await db.sql(
      `select 1 from round_coming where round_id = $1 and person_id = $2 and at > $3
       union all select 1 from round_leave where round_id = $1 and person_id = $2 and at > $3`,
      round,
      person,
      at,
    );
    if (since.length > 0) throw new Refusal('ANSWERED_SINCE', { number: found.number });
    return found;
  }

  /** True where they had not said so before; said again, it is said later. */
  async function writeComing({ round, person, at }: Deciding): Promise<boolean> {
    const [row] = await db.sql<{ fresh: boolean }>(
      `insert into round_coming (round_id, person_id, at) values ($1, $2, $3)
       on conflict (round_id, person_id) do update set at = excluded.at returning xmax = 0 as fresh`,
      round,
      person,
      at,
    );
    return row?.fresh === true;
  }

  return {
    /** They come after all: until the start the later word counts. */
    going: (deciding: Deciding): Promise<Answered> =>
      db.atomic(async () => {
        const { id, number, kind, title } = await requireAhead(deciding);
        const { round: roundId, person: personId } = deciding;
        await db.client.roundLeave.deleteMany({ where: { roundId, personId } });
        const isNew = await writeComing(deciding);
        if (isNew) await rounds.follow(roundId);
        const outcome = isNew ? 'recorded' : 'kept';
        return { outcome, round: { id, number, kind, title }, content: null };
      }),

    /** They do not come; their reason is for the secretaries alone. */
    notGoing: (deciding: Deciding & { text?: string }): Promise<Leave> =>
      db.atomic(async () => {
        await requireAhead(deciding);
        const { round: roundId, person: personId, at } = deciding;
        const leave = await rounds.leave(deciding);
        if (leave.outcome === 'answered') return leave;
        await db.client.roundComing.deleteMany({ where: { roundId, personId } });
        await db.client.roundLeave.updateMany({ where: { roundId, personId }, data: { at } });
        return leave;
      }),
  };
}
