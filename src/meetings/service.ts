import type { Clock } from '../clock.ts';
import type { Db } from '../db.ts';
import { Refusal } from '../errors.ts';
import type { BranchId, PersonId } from '../ids.ts';
import type { Queue } from '../jobs/job.ts';
import { oneLine, severalLines } from '../line.ts';
import type { Acting } from '../roster/service.ts';
import type { Rounds } from '../rounds/service.ts';
import type { Decision, Round } from '../rounds/types.ts';
import { createAttendance } from './attendance.ts';
import { createMeetingKind } from './kind.ts';
import { createPlanning } from './planning.ts';
import { createReplying } from './replying.ts';
import {
  endOf,
  signInFrom,
  startOf,
  type Announced,
  type Deciding,
  type MeetingEdit,
  type SignedIn,
} from './types.ts';

interface MeetingsNeeds {
  db: Db;
  clock: Clock;
  queue: Queue;
  rounds: Rounds;
}
interface Announcing extends Acting {
  type: string;
  title: string;
  time: Date;
  at?: string;
  agenda?: string;
}
interface SigningInHere {
  person: PersonId;
  branches: readonly BranchId[];
  at: Date;
}

/** Meetings as people announce them, say whether they come, and sign in. */
export function createMeetings({ db, clock, queue, rounds }: MeetingsNeeds) {
  const planning = createPlanning({ db, clock, queue, rounds });

  /** Drops sign-ins from before the new time's signing in: they were for another meeting. */
  async function dropEarly(meeting: Round): Promise<void> {
    const early = { roundId: meeting.id, at: { lt: signInFrom(meeting) } };
    await db.client.answer.deleteMany({ where: early });
  }

  /** They are there. Whoever did not say before that they come, or is on leave, may come all the same. */
  const signIn = ({ round: id, person, at }: Deciding): Promise<SignedIn> =>
    db.atomic(async () => {
      await rounds.requireAsked({ round: id, person, at, kind: 'meeting' });
      const round = await rounds.find(id);
      if (at < signInFrom(round)) throw new Refusal('SIGN_IN_EARLY', { number: round.number });
      const answered = await rounds.answer({ round: id, person, at });
      return { ...answered, late: at >= startOf(round) };
    });

  return {
    kind: createMeetingKind(db),
    ...createAttendance(db),
    ...createReplying({ db, rounds }),
    standing: planning.standing,
    undecided: planning.undecided,

    /** Announces a meeting, whose card goes to this group. */
    announce: ({ scope, branch, group, ...meeting }: Announcing): Promise<Announced> =>
      db.atomic(async () => {
        const { type, title, time, at, agenda } = meeting;
        const spec = { type, ...specOf({ at, agenda }) };
        const opening = { scope, kind: 'meeting', branch: branch.id, chat: group, title, spec };
        const times = { startsAt: time, closesAt: endOf(time) };
        const round = await rounds.open({ ...opening, ...times });
        await planning.plan(round);
        return { round, overlaps: await rounds.overlapping(round) };
      }),

    signIn,

    /**
     * Signs in to the one meeting of these branches that can be signed in to; undefined where there is none,
     * or more than one.
     */
    signInHere: ({ person, branches, at }: SigningInHere): Promise<SignedIn | undefined> =>
      db.atomic(async () => {
        const asking = await rounds.asking({ person, branches, kind: 'meeting', at });
        const taking = asking.rounds.filter((round) => at >= signInFrom(round));
        const open = taking.filter(({ answered }) => !answered);
        const [only, ...more] = open.length > 0 ? open : taking;
        return only && more.length === 0 ? signIn({ round: only.id, person, at }) : undefined;
      }),

    /** Changes an announced meeting. What was planned for an earlier time is planned anew. */
    edit: (decision: Decision, { at, agenda, ...edit }: MeetingEdit): Promise<Round> =>
      db.atomic(async () => {
        const spec = at !== undefined || agenda !== undefined ? specOf({ at, agenda }) : undefined;
        const { before, round } = await rounds.edit(decision, { ...edit, spec });
        if (startOf(round).getTime() === startOf(before).getTime()) return round;
        await dropEarly(round);
        await planning.plan(round);
        await planning.forget(before);
        return rounds.find(round.id);
      }),
  };
}
export type Meetings = ReturnType<typeof createMeetings>;

const specOf = ({ at, agenda }: Pick<MeetingEdit, 'at' | 'agenda'>) => ({
  ...(at && { place: oneLine(at) }),
  ...(agenda && { agenda: severalLines(agenda) }),
});
