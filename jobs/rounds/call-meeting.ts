import { attendanceCard } from '../../cards/rounds/attendance.ts';
import {
  movedCallCard,
  reminderCard,
  signInCard,
  undecidedCard,
} from '../../cards/rounds/meetings-calls.ts';
import { reports } from '../../cards/rounds/round-news.ts';
import type { Outgoing, Reader } from '../../src/bot/talk.ts';
import type { Burden } from '../../src/people/burden/service.ts';
import type { Db } from '../../src/database/db.ts';
import { callMeetingJob, tellMovedJob } from '../../src/rounds/meetings/jobs.ts';
import type { Meetings } from '../../src/rounds/meetings/service.ts';
import {
  reminders,
  startOf,
  subjectOfReminder,
  subjectOfSignIn,
} from '../../src/rounds/meetings/rules.ts';
import type { Call } from '../../src/rounds/meetings/types.ts';
import type { Roster } from '../../src/people/roster/service.ts';
import type { Rounds } from '../../src/rounds/service.ts';
import type { Round } from '../../src/rounds/types.ts';
import type { WorkQueue } from '../../src/queue/job.ts';
import type { Outbox } from '../../src/queue/outbox.ts';

export interface CallMeetingNeeds {
  queue: WorkQueue;
  db: Db;
  meetings: Meetings;
  rounds: Rounds;
  roster: Roster;
  outbox: Outbox;
  burden: Burden;
  reader: () => Reader;
}
type Sends = (needs: CallMeetingNeeds, meeting: Round) => Promise<Outgoing[]>;

/**
 * What each call sends. A reminder that could leave only after the start is not sent; nor is the sign-in card
 * after the end.
 */
const calls: Record<Call, Sends> = {
  // After an outage one reminder is enough.
  day: async (needs, meeting) =>
    startOf(meeting).getTime() - needs.reader().now.getTime() <= reminders.hour
      ? []
      : groupReminder(needs, meeting),
  async hour(needs, meeting) {
    const { meetings, reader } = needs;
    const card = undecidedCard(reader(), meeting);
    const undecided = await meetings.undecided(meeting);
    const toEach = undecided.map((person) => ({
      ...asReminder(meeting),
      to: { person },
      content: { card },
    }));
    return [...(await groupReminder(needs, meeting)), ...toEach];
  },
  'sign-in': async ({ reader }, meeting) => [
    {
      to: { chat: meeting.chat },
      content: { card: signInCard(reader(), meeting) },
      subject: subjectOfSignIn(meeting.id, startOf(meeting)),
      until: meeting.closesAt,
    },
  ],
  async start({ meetings, roster, rounds, outbox, reader }, meeting) {
    await rounds.refreshCardSoon(meeting.id);
    await outbox.refresh(
      subjectOfReminder(meeting.id, startOf(meeting)),
      reminderCard(reader(), meeting),
    );
    const scope = roster.asHouse(meeting.branch, 'a meeting begins');
    const card = attendanceCard(reader(), meeting, await meetings.attendance(scope, meeting));
    return reports(await roster.secretaries(meeting.branch.id), card);
  },
};

const asReminder = (meeting: Round) => ({
  subject: subjectOfReminder(meeting.id, startOf(meeting)),
  until: startOf(meeting),
});
/** To the group, unless it has heard enough of the bot this week. */
async function groupReminder(
  { burden, reader }: CallMeetingNeeds,
  meeting: Round,
): Promise<Outgoing[]> {
  const { branch, chat } = meeting;
  if (!(await burden.hasRoom({ branch: branch.id, chat }))) return [];
  const content = { card: reminderCard(reader(), meeting) };
  return [{ ...asReminder(meeting), to: { chat }, content }];
}

/** Reminds of a meeting, has people sign in, and tells its secretaries who is there when it begins. */
export const registerCallMeeting = (needs: CallMeetingNeeds) =>
  needs.queue.on(callMeetingJob, ({ round, starts, call }) =>
    needs.db.atomic(async () => {
      const calling = { round, starts: new Date(starts) };
      const meeting = await needs.meetings.standing(calling);
      if (meeting) await needs.outbox.put(await calls[call](needs, meeting));
    }),
  );

/** The cards of a time that no longer holds say so. */
export const registerTellMoved = ({ queue, rounds, outbox, reader }: CallMeetingNeeds) =>
  queue.on(tellMovedJob, async ({ round, starts }) => {
    const meeting = await rounds.find(round);
    const then = [meeting.id, new Date(starts)] as const;
    const card = movedCallCard(reader(), meeting);
    for (const subject of [subjectOfSignIn(...then), subjectOfReminder(...then)])
      await outbox.refresh(subject, card);
  });
