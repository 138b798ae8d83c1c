import {
  announcedCard,
  arrivedLine,
  arrivedToast,
  comingLine,
  comingToast,
  giveReason,
  meetingCard,
  meetingFace,
  meetingTitle,
  missingLine,
  missingToast,
  notedReason,
  overlapCard,
  reasonName,
  thanksCard,
  whyCard,
} from '../../cards/rounds/meetings.ts';
import { comeToMeeting, missMeeting, signInToMeeting } from '../../cards/rounds/meetings-facts.ts';
import { meetingRefusals } from '../../cards/rounds/meetings-refusals.ts';
import {
  defineRoundEdit,
  type LeaveByKind,
  type RoundFeature,
  type RoundFeatures,
} from '../../cards/rounds/round-feature.ts';
import { attendanceCard } from '../../cards/rounds/attendance.ts';
import { meetingChange, meetingParts } from '../../cards/rounds/meetings-edit.ts';
import { weeklyMessagesWords } from '../../cards/people/burden.ts';
import type { Offers } from '../../cards/people/settings.ts';
import { weeklyMessages } from '../../src/people/burden/settings.ts';
import type { Bot } from '../../src/bot/bot.ts';
import type { Outgoing } from '../../src/bot/talk.ts';
import { atTimeOfDay } from '../../src/base/clock.ts';
import { Refusal } from '../../src/base/errors.ts';
import type { RoundId } from '../../src/base/ids.ts';
import {
  registerCallMeeting,
  registerTellMoved,
  type CallMeetingNeeds,
} from '../../jobs/rounds/call-meeting.ts';
import { shortLine } from '../../src/base/text.ts';
import type { Meetings } from '../../src/rounds/meetings/service.ts';
import { startOf } from '../../src/rounds/meetings/rules.ts';
import type { Roster } from '../../src/people/roster/service.ts';
import type { Rounds } from '../../src/rounds/service.ts';
import { subjectOf } from '../../src/rounds/rules.ts';
import { createMeantRound } from './meant-round.ts';
import { goingCommand, hereCommand, meetingCommand, notGoingCommand } from './meetings-commands.ts';

interface MeetingParts {
  bot: Bot;
  meetings: Meetings;
  rounds: Rounds;
  roster: Roster;
  kinds: RoundFeatures;
}

/** 会议: its card goes to the group; everybody says whether they come, and signs in when they are there. */
export function registerMeeting(parts: MeetingParts & CallMeetingNeeds & { offers: Offers }) {
  parts.bot.says(meetingRefusals);
  parts.kinds.add(meetingFeature(parts));
  registerAnnouncing(parts);
  registerReplies(parts);
  registerSignIn(parts);
  registerCallMeeting(parts);
  registerTellMoved(parts);
  parts.offers.add({ setting: weeklyMessages, words: weeklyMessagesWords });
}

function registerAnnouncing({ bot, meetings, roster }: MeetingParts) {
  bot.onCommand(meetingCommand, async ({ from, place, parts, reader }) => {
    const acting = await roster.acting(from, place);
    const title = meetingTitle(reader, parts.type);
    const { until, ...said } = parts;
    const ends = until === undefined ? undefined : atTimeOfDay(said.time, until, reader.zone);
    if (ends && ends <= said.time) throw new Refusal('PART_UNREADABLE', { part: 'until' });
    const { round, overlaps } = await meetings.announce({ ...acting, title, ...said, ends });
    const content = { card: meetingCard(reader, round) };
    const send: Outgoing[] = [{ to: { chat: round.chat }, content, subject: subjectOf(round) }];
    if (place.kind === 'private') return { send, card: announcedCard(reader, round, overlaps) };
    if (overlaps.length === 0) return { send };
    const warning = { card: overlapCard(reader, round, overlaps) };
    return { send: [...send, { to: { person: from }, content: warning }] };
  });
}

function registerReplies(parts: MeetingParts) {
  const { bot, meetings } = parts;
  const leave = leaveMeeting(parts);
  const meantRound = createMeantRound(parts);

  bot.onCommand(goingCommand, (said) => {
    const { from, at, parts, reader } = said;
    const choice = (round: RoundId) => comeToMeeting.with({ round });
    return meantRound.ofMember(said, parts.round, choice, async ({ id: round }) => ({
      text: comingLine(reader, await meetings.going({ round, person: from, at })),
    }));
  });

  bot.onCommand(notGoingCommand, (said) => {
    const { from, place, at, reader } = said;
    const { round: number, why: text } = said.parts;
    const choice = (round: RoundId) => missMeeting.with({ round, text });
    return meantRound.ofMember(said, number, choice, ({ id: round }) =>
      leave.byWord({ from, place, at, reader, round, text }),
    );
  });

  bot.onPress(comeToMeeting, async ({ from, value, at, reader }) => ({
    toast: comingToast(reader, await meetings.going({ ...value, person: from, at })),
  }));

  bot.onPress(missMeeting, ({ value, ...speaker }) => leave.byPress({ ...speaker, ...value }));

  bot.onPress(giveReason, async ({ from, value, form, at, reader }) => {
    const written = form[reasonName];
    const text = shortLine(typeof written === 'string' ? written : '', 'reason', 200);
    const taken = await meetings.notGoing({ ...value, person: from, text, at });
    return taken.outcome === 'answered'
      ? { toast: missingToast(reader, taken, { place: 'private' }) }
      : { replace: thanksCard(reader, taken) };
  });
}

/**
 * `不参加` and `请假` of a meeting. A reason written in a group is answered in private; whoever pressed and so
 * gave none is asked for it there.
 */
const leaveMeeting = ({ meetings, rounds }: Replying): LeaveByKind => ({
  async byWord({ from, place, at, reader, round, text }) {
    const leave = await meetings.notGoing({ round, person: from, text, at });
    const line = missingLine(reader, leave, { why: text, place: place.kind });
    if (place.kind === 'private' || !text || leave.outcome !== 'recorded') return { text: line };
    const content = { text: notedReason(reader, await rounds.find(round), text) };
    return { text: line, send: [{ to: { person: from }, content }] };
  },

  async byPress({ from, place, at, reader, round, text }) {
    const leave = await meetings.notGoing({ round, person: from, text, at });
    const toast = missingToast(reader, leave, { why: text, place: place.kind });
    if (text || leave.outcome !== 'recorded') return { toast };
    const content = { card: whyCard(reader, await rounds.find(round)) };
    return { toast, send: [{ to: { person: from }, content }] };
  },
});

function registerSignIn(parts: MeetingParts) {
  const { bot, meetings } = parts;
  const meantRound = createMeantRound(parts);

  bot.onCommand(hereCommand, (said) => {
    const { from, place, at, reader } = said;
    const choice = (round: RoundId) => signInToMeeting.with({ round });
    return meantRound.ofMember(said, said.parts.round, choice, async ({ id: round }) => {
      const signed = await meetings.signIn({ round, person: from, at });
      return { text: arrivedLine(reader, signed, place.kind) };
    });
  });

  bot.onPress(signInToMeeting, async ({ from, value, at, reader }) => ({
    toast: arrivedToast(reader, await meetings.signIn({ ...value, person: from, at })),
  }));
}

type Replying = Pick<MeetingParts, 'meetings' | 'rounds'>;

/** `答 编号` on a meeting means coming, and once it has begun being there. */
const answerByWord =
  ({ meetings, rounds }: Replying): RoundFeature['byWord'] =>
  async ({ from: person, place, at, reader }, round) => {
    const deciding = { round, person, at };
    if (at < startOf(await rounds.find(round)))
      return { text: comingLine(reader, await meetings.going(deciding)) };
    return { text: arrivedLine(reader, await meetings.signIn(deciding), place.kind) };
  };

const signInHere =
  ({ meetings }: Pick<MeetingParts, 'meetings'>): RoundFeature['signIn'] =>
  async ({ from: person, place, at, reader }, branches) => {
    const signed = await meetings.signInHere({ person, branches, at });
    return signed && { text: arrivedLine(reader, signed, place.kind) };
  };

const editMeeting = ({ meetings }: Pick<MeetingParts, 'meetings'>) =>
  defineRoundEdit({
    parts: meetingParts,
    change: meetings.edit,
    told: meetingChange,
    /** Whoever moved a meeting hears what else is then. */
    async aside(reader, round, { startsAt }) {
      const overlaps = startsAt ? await meetings.overlapping(round) : [];
      return overlaps.length > 0 ? overlapCard(reader, round, overlaps) : undefined;
    },
  });

/** In which a meeting differs from other rounds. */
const meetingFeature = (parts: Replying): RoundFeature => ({
  kind: parts.meetings.kind,
  face: meetingFace,
  byWord: answerByWord(parts),
  signIn: signInHere(parts),
  leave: leaveMeeting(parts),
  edit: editMeeting(parts),
  reports: async ({ reader, scope, round }) => [
    attendanceCard(reader, round, await parts.meetings.attendance(scope, round)),
  ],
});
