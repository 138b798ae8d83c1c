import type { Clock } from '../../base/clock.ts';
import type { PersonId } from '../../base/ids.ts';
import type { Queue } from '../../queue/job.ts';
import type { Rounds } from '../service.ts';
import type { Round } from '../types.ts';
import { callMeetingJob, tellMovedJob } from './jobs.ts';
import { reminders, signInFrom, startOf } from './rules.ts';
import type { Call, AnnouncedTime } from './types.ts';

interface PlanningNeeds {
  clock: Clock;
  queue: Queue;
  rounds: Rounds;
}

/** What comes by itself before and at a meeting's start, and whether it still should. */
export function createPlanning({ clock, queue, rounds }: PlanningNeeds) {
  /** When each call is due; a reminder whose moment has passed is left out. */
  function callsOf(meeting: Round): [Call, Date][] {
    const start = startOf(meeting);
    const now = clock.now();
    const before = (Object.keys(reminders) as (keyof typeof reminders)[])
      .map((call): [Call, Date] => [call, new Date(start.getTime() - reminders[call])])
      .filter(([, at]) => at > now);
    const signIn = new Date(Math.max(signInFrom(meeting).getTime(), now.getTime()));
    return [...before, ['sign-in', signIn], ['start', start]];
  }

  return {
    async planCalls(meeting: Round): Promise<void> {
      const starts = startOf(meeting).getTime();
      for (const [call, at] of callsOf(meeting)) {
        const key = `meeting.call:${meeting.id}:${starts}:${call}`;
        await queue.add(callMeetingJob, { round: meeting.id, starts, call }, { at, key });
      }
    },

    /** The cards of a time that no longer holds say so. */
    tellMoved: (before: Round) =>
      queue.add(tellMovedJob, { round: before.id, starts: startOf(before).getTime() }),

    /**
     * The meeting if it still stands at this time, and nobody moves it or takes it back until the surrounding
     * transaction ends; else undefined.
     */
    async findPlanned({ round, starts }: AnnouncedTime): Promise<Round | undefined> {
      const meeting = await rounds.holdOpen(round);
      return meeting && startOf(meeting).getTime() === starts.getTime() ? meeting : undefined;
    },

    /** Whom the meeting waits for to say whether they come; from now on they count as told of it. */
    async undecidedPeople({ id: round }: Round): Promise<PersonId[]> {
      const people = (await rounds.audience.peopleAwaited([round])).filter(({ gone }) => !gone);
      await rounds.notices.add(people);
      return people.map(({ person }) => person);
    },
  };
}
