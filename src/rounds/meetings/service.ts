import type { Clock } from '../../base/clock.ts';
import type { Db } from '../../database/db.ts';
import { Refusal } from '../../base/errors.ts';
import type { BranchId, PersonId } from '../../base/ids.ts';
import type { Queue } from '../../queue/job.ts';
import { oneLine, severalLines } from '../../base/text.ts';
import type { Acting } from '../../people/roster/service.ts';
import type { Rounds } from '../service.ts';
import type { Decision, Round } from '../types.ts';
import { createAttendance } from './attendance.ts';
import { createMeetingKind, meeting as kind } from './kind.ts';
import { createPlanning } from './planning.ts';
import { createReplying } from './replying.ts';
import { endOf, signInFrom, startOf } from './rules.ts';
import type { Announced, MeetingReply, MeetingEdit, SignedIn } from './types.ts';

interface MeetingsNeeds {
  db: Db;
  clock: Clock;
  queue: Queue;
  rounds: Rounds;
}
interface Announcement extends Acting {
  type: string;
  title: string;
  time: Date;
  /** Two hours after the start where it is not said. */
  ends?: Date;
  at?: string;
  agenda?: string;
}
interface MemberHere {
  person: PersonId;
  branches: readonly BranchId[];
  at: Date;
}

/** Meetings as people announce them, say whether they come, and sign in. */
export function createMeetings({ db, clock, queue, rounds }: MeetingsNeeds) {
  const planning = createPlanning({ clock, queue, rounds });

  /** They are there. Whoever did not say before that they come, or is on leave, may come all the same. */
  async function signIn(deciding: MeetingReply): Promise<SignedIn> {
    const answered = await rounds.answers.give({ ...deciding, kind });
    return { ...answered, late: deciding.at >= startOf(answered.round) };
  }

  /** The other meetings of its branch at the same time, the first coming first. */
  async function overlapping(meeting: Round): Promise<Round[]> {
    const open = await rounds.openOfKind(kind, meeting.branch.id);
    return open
      .filter(({ id, closesAt }) => id !== meeting.id && closesAt > startOf(meeting))
      .filter((other) => startOf(other) < meeting.closesAt)
      .toSorted(byStart);
  }

  /** The new times of a meeting; where only the start moves, the end moves along. */
  function timesOf({ startsAt, closesAt }: MeetingEdit, before: Round) {
    const now = clock.now();
    if ([startsAt, closesAt].some((time) => time && time <= now))
      throw new Refusal('TIME_PAST', {});
    const start = startsAt ?? startOf(before);
    const moved = start.getTime() - startOf(before).getTime();
    const end = closesAt ?? new Date(before.closesAt.getTime() + moved);
    if (end <= start) throw new Refusal('MEETING_END', { number: before.number });
    return { start, closesAt: closesAt ?? (startsAt && end) };
  }

  return {
    kind: createMeetingKind({ db, clock }),
    ...createAttendance({ db, rounds }),
    ...createReplying({ db, rounds }),
    standing: planning.findPlanned,
    undecided: planning.undecidedPeople,
    overlapping,

    /** Announces a meeting, whose card goes to this group. */
    announce: ({ scope, branch, group, ...meeting }: Announcement): Promise<Announced> =>
      db.atomic(async () => {
        const { type, title, time: startsAt, ends = endOf(startsAt), at, agenda } = meeting;
        const round = await rounds.open({
          ...{ scope, kind, branch: branch.id, chat: group, title, closesAt: ends },
          spec: { type, ...specOf({ at, agenda }) },
          keep: (roundId) => db.client.meeting.create({ data: { roundId, startsAt } }),
        });
        await planning.planCalls(round);
        return { round, overlaps: await overlapping(round) };
      }),

    signIn,

    /**
     * Signs in to the one meeting of these branches that can be signed in to; undefined where there is none,
     * or more than one.
     */
    signInHere: ({ person, branches, at }: MemberHere): Promise<SignedIn | undefined> =>
      db.atomic(async () => {
        const asking = await rounds.ofPerson.roundsAsking({ person, branches, kind, at });
        const taking = asking.rounds.filter((round) => at >= signInFrom(round));
        const open = taking.filter(({ answered }) => !answered);
        const [only, ...more] = open.length > 0 ? open : taking;
        return only && more.length === 0 ? signIn({ round: only.id, person, at }) : undefined;
      }),

    /** Meetings that this person is asked to and not on leave from, ahead or going on, the next one first. */
    upcoming: async (person: PersonId): Promise<Round[]> =>
      (await rounds.ofPerson.roundsExpecting(kind, person)).toSorted(byStart),

    /** Changes an announced meeting. What was planned for an earlier time is planned anew. */
    edit: (decision: Decision, { at, agenda, ...edit }: MeetingEdit): Promise<Round> =>
      db.atomic(async () => {
        const { before, round } = await rounds.edit(decision, async (now) => {
          const { start: startsAt, closesAt } = timesOf(edit, now);
          await db.client.meeting.update({ where: { roundId: now.id }, data: { startsAt } });
          const isSaid = at !== undefined || agenda !== undefined;
          return { title: edit.title, closesAt, spec: isSaid ? specOf({ at, agenda }) : undefined };
        });
        if (startOf(round).getTime() === startOf(before).getTime()) return round;
        // Sign-ins from before the new time's signing in were for another meeting.
        await rounds.answers.dropBefore(round.id, signInFrom(round));
        await planning.planCalls(round);
        await planning.tellMoved(before);
        return rounds.find(round.id);
      }),
  };
}
export type Meetings = ReturnType<typeof createMeetings>;

const byStart = (a: Round, b: Round) => startOf(a).getTime() - startOf(b).getTime() || a.id - b.id;

const specOf = ({ at, agenda }: Pick<MeetingEdit, 'at' | 'agenda'>) => ({
  ...(at && { place: oneLine(at) }),
  ...(agenda && { agenda: severalLines(agenda) }),
});
