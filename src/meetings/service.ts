import type { Db } from '../db.ts';
import { Refusal } from '../errors.ts';
import type { PersonId, RoundId } from '../ids.ts';
import type { Queue } from '../jobs/job.ts';
import { oneLine } from '../line.ts';
import type { Roster } from '../roster/service.ts';
import type { Where } from '../roster/types.ts';
import type { Rounds } from '../rounds/service.ts';
import type { Answered, Leave, Round, RoundKind } from '../rounds/types.ts';
import { endOf, startOf } from './types.ts';

/** 会议: whoever will come answers, whoever will not is on leave. */
export const meetingKind: RoundKind = {
  name: 'meeting',
  read: () => null,
  merge: () => undefined,
};

interface MeetingsNeeds {
  db: Db;
  queue: Queue;
  rounds: Rounds;
  roster: Roster;
}
interface Announcing {
  person: PersonId;
  place: Where;
  type: string;
  title: string;
  time: Date;
  at?: string;
  agenda?: string;
}
interface Deciding {
  round: RoundId;
  person: PersonId;
  at: Date;
}

/** Meetings as people announce them and say whether they come. */
export function createMeetings({ db, queue, rounds, roster }: MeetingsNeeds) {
  /**
   * Two words of one person, each undoing the other, come one after the other; of them the one said
   * later counts, in whichever order they reach us.
   */
  async function requireAhead({ round, person, at }: Deciding): Promise<void> {
    await rounds.requireAsked({ round, person, at, kind: meetingKind.name });
    const found = await rounds.find(round);
    if (at >= startOf(found)) throw new Refusal('MEETING_STARTED', { number: found.number });
    await db.sql(
      `select 1 from round_person where round_id = $1 and person_id = $2 for update`,
      round,
      person,
    );
    const since = await db.sql(
      `select 1 from answer where round_id = $1 and person_id = $2 and at > $3
       union all select 1 from round_leave where round_id = $1 and person_id = $2 and at > $3`,
      round,
      person,
      at,
    );
    if (since.length > 0) throw new Refusal('ANSWERED_SINCE', { number: found.number });
  }

  return {
    /** Announces a meeting in this group, or from a private chat in the branch's first group. */
    announce: ({ person, place, type, title, time, at, agenda }: Announcing): Promise<Round> =>
      db.atomic(async () => {
        const { branch, group } = await roster.branchHere(person, place);
        const spec = {
          type,
          starts: time.getTime(),
          ...(at && { place: oneLine(at) }),
          ...(agenda && { agenda: oneLine(agenda) }),
        };
        const opening = { kind: meetingKind.name, branch: branch.id, chat: group, title, spec };
        const round = await rounds.open({ ...opening, by: person, closesAt: endOf(time) });
        // From then on the card no longer asks who will come.
        const key = `meeting.start:${round.id}:${time.getTime()}`;
        await queue.add('round.refresh', { round: round.id }, { at: time, key });
        return round;
      }),

    /** They come after all: until the start the later word counts. */
    going: (deciding: Deciding): Promise<Answered> =>
      db.atomic(async () => {
        await requireAhead(deciding);
        const { round: roundId, person: personId } = deciding;
        await db.client.roundLeave.deleteMany({ where: { roundId, personId } });
        return rounds.answer(deciding);
      }),

    /** They do not come; their reason is for the secretaries alone. */
    notGoing: (deciding: Deciding & { text?: string }): Promise<Leave> =>
      db.atomic(async () => {
        await requireAhead(deciding);
        const { round: roundId, person: personId } = deciding;
        await db.client.answer.deleteMany({ where: { roundId, personId } });
        return rounds.leave(deciding);
      }),
  };
}
export type Meetings = ReturnType<typeof createMeetings>;
