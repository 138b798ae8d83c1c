import type { Db } from '../../database/db.ts';
import { Refusal } from '../../base/errors.ts';
import type { Rounds } from '../service.ts';
import type { Answered, Participation, Leave } from '../types.ts';
import { meeting } from './kind.ts';
import { startOf } from './rules.ts';
import type { MeetingReply } from './types.ts';

const keyOf = ({ id, person }: Participation) => ({ roundId: id, personId: person });

/** Saying before the start whether one comes. */
export function createReplying({ db, rounds }: { db: Db; rounds: Rounds }) {
  /**
   * Handles the replies of one person one after the other. Of "I come" and "I do not come" the one said later
   * counts, in whichever order they arrive.
   */
  async function askedAhead({ round, person, at }: MeetingReply): Promise<Participation> {
    const asked = await rounds.audience.participation({ round, person, at, kind: meeting });
    const { number } = asked;
    if (at >= startOf(asked)) throw new Refusal('MEETING_STARTED', { number });
    await rounds.audience.holdParticipant(asked);
    const where = { roundId_personId: keyOf(asked) };
    const coming = await db.client.roundComing.findUnique({ where });
    const said = [coming?.at, await rounds.leaves.since(asked)];
    if (said.some((since) => since && since > at)) throw new Refusal('ANSWERED_SINCE', { number });
    return asked;
  }

  /** True where they had not said so before; said again, it is said later. */
  async function writeComing({ id, person, at }: Participation): Promise<boolean> {
    const [row] = await db.sql<{ fresh: boolean }>(
      `insert into round_coming (round_id, person_id, at) values ($1, $2, $3)
       on conflict (round_id, person_id) do update set at = excluded.at returning xmax = 0 as fresh`,
      id,
      person,
      at,
    );
    return row?.fresh === true;
  }

  return {
    /** They come after all: until the start the later word counts. */
    going: (deciding: MeetingReply): Promise<Answered> =>
      db.atomic(async () => {
        const asked = await askedAhead(deciding);
        await rounds.leaves.end(asked);
        const isNew = await writeComing(asked);
        if (isNew) await rounds.refreshCardSoon(asked.id);
        return { outcome: isNew ? 'recorded' : 'kept', round: asked, content: null };
      }),

    /** They do not come; their reason is for the secretaries alone. */
    notGoing: ({ text, ...deciding }: MeetingReply & { text?: string }): Promise<Leave> =>
      db.atomic(async () => {
        const asked = await askedAhead(deciding);
        const leave = await rounds.leaves.record(asked, text);
        if (leave.outcome === 'answered') return leave;
        await db.client.roundComing.deleteMany({ where: keyOf(asked) });
        await rounds.leaves.renew(asked);
        return leave;
      }),
  };
}
