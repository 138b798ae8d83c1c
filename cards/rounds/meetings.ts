import { z } from 'zod';
import { defineAction } from '../../src/bot/action.ts';
import type { Card, CardElement, Reader, Toast } from '../../src/bot/talk.ts';
import { signInFrom, startOf } from '../../src/rounds/meetings/rules.ts';
import type { SignedIn } from '../../src/rounds/meetings/types.ts';
import type { Answered, Leave, Round } from '../../src/rounds/types.ts';
import type { MeetingType } from './meetings-types.ts';
import { card, form, input, note, plain, slip, submit } from '../bot/kit.ts';
import { callCards } from './meetings-calls.ts';
import {
  comeButton,
  isCalledOff,
  isOff,
  meetingCounts,
  meetingFacts,
  meetingFoot,
  replyButtons,
  signInButton,
} from './meetings-facts.ts';
import type { RoundFace } from './round-feature.ts';
import { afterOpening, shortened } from './rounds.ts';
import { dayAndTime } from '../bot/times.ts';
import { inBoth } from '../bot/words.ts';
import { RoundId } from '../../src/base/ids.ts';

export const giveReason = defineAction('meeting.reason', z.object({ round: RoundId }));
export const reasonName = 'reason';

const words = inBoth(
  {
    name: '会议',
    items: {
      reply: '回复',
      coming: '参加',
      leave: '请假',
      arrival: '签到',
      here: '准时',
      late: '迟到',
    },
    types: {
      general: '党员大会',
      committee: '支委会',
      group: '党小组会',
      lecture: '党课',
      themeday: '主题党日',
      orglife: '组织生活会',
      review: '民主评议',
      theory: '中心组学习',
      study: '集中学习',
    },
    title: { open: '会议', closed: '会议已结束', recalled: '会议已撤回' },
    off: '会议不开了',
    offLine: (number: number, title: string, time: string) =>
      `#${number} ${title}（${time}）不开了，不用参加。`,
    takenBack: '这次会议不开了，不用参加。',
    moved: '这张卡片用得太久了，请到下面的新卡片上回复。',
    announced: '会议通知已经发到群里了',
    calls: '提前 1 天和 1 小时在群里提醒，开始前 15 分钟发签到卡，开始时把到会名单私聊发给你。',
    overlap: (number: number, title: string, time: string) =>
      `注意：同一时间还有 #${number} ${title}（${time}）。`,
    overlapTitle: '时间重叠',
    fix: (number: number) => `要改时间，例如：改 ${number} 时间 明天 15:00`,
    comes: (number: number) => `#${number} 已记下：参加。开始前可以改。`,
    comesAlready: (number: number) => `#${number} 你已经回复参加了，没有改动。`,
    misses: (number: number) => `#${number} 请假已记下，开始前可以改。`,
    missesAlready: (number: number) => `#${number} 已经请过假了，没有改动。`,
    isHere: (number: number) => `#${number} 你已经签到了，不用请假。`,
    reason: '原因只有书记能看到。',
    inPrivate: '原因我私聊回你。',
    noted: (number: number, title: string, why: string) =>
      `#${number} ${title} 请假原因记为：${why}。只有书记能看到；要改就私聊发，例如：请假 ${number} 出差`,
    why: (title: string) => `已请假 · ${title}`,
    askWhy: '方便的话写一句原因，只有书记能看到；不写也可以。',
    whyHere: '例如：出差',
    send: '提交',
    thanks: (number: number) => `#${number} 原因已记下，只有书记能看到。`,
    arrived: (number: number) => `#${number} 已签到。`,
    arrivedLate: (number: number) => `#${number} 已签到，记为迟到。`,
    arrivedAlready: (number: number) => `#${number} 你已经签到了，没有改动。`,
    when: (time: string) => `开始 ${time}`,
    unanswered: '未回复',
    absent: '未到',
  },
  {
    name: 'Meeting',
    items: {
      reply: 'Reply',
      coming: 'coming',
      leave: 'on leave',
      arrival: 'Sign-in',
      here: 'in time',
      late: 'late',
    },
    types: {
      general: 'General meeting',
      committee: 'Committee meeting',
      group: 'Group meeting',
      lecture: 'Party lecture',
      themeday: 'Theme day',
      orglife: 'Organisation life meeting',
      review: 'Democratic review',
      theory: 'Theory study group',
      study: 'Study session',
    },
    title: { open: 'Meeting', closed: 'Meeting over', recalled: 'Meeting taken back' },
    off: 'Meeting called off',
    offLine: (number, title, time) =>
      `#${number} ${title} (${time}) does not take place. There is no need to come.`,
    takenBack: 'This meeting does not take place. There is no need to come.',
    moved: 'This card has grown old. Please use the new one further down.',
    announced: 'The meeting was announced in the group',
    calls:
      'The group is reminded 1 day and 1 hour before; the sign-in card comes 15 minutes before the start, and at the start you get the list in private.',
    overlap: (number, title, time) => `Note: #${number} ${title} is at the same time (${time}).`,
    overlapTitle: 'Same time',
    fix: (number) => `To move it, for example: edit ${number} time tomorrow 15:00`,
    comes: (number) => `#${number}: noted, you are coming. You can change it until the start.`,
    comesAlready: (number) => `#${number}: you are coming already. Nothing was changed.`,
    misses: (number) => `#${number}: your leave is noted. You can change it until the start.`,
    missesAlready: (number) => `#${number}: you are on leave already. Nothing was changed.`,
    isHere: (number) => `#${number}: you have signed in, so you need no leave.`,
    reason: ' Only the secretary can see the reason.',
    inPrivate: ' About the reason I answer you in private.',
    noted: (number, title, why) =>
      `#${number} ${title}: the reason of your leave is noted: ${why}. Only the secretary can see it; to change it, send me in private for example: leave ${number} travelling`,
    why: (title) => `On leave · ${title}`,
    askWhy: 'If you like, give the reason in a few words: only the secretary can see it.',
    whyHere: 'For example: travelling',
    send: 'Send',
    thanks: (number) => `#${number}: the reason is noted; only the secretary can see it.`,
    arrived: (number) => `#${number}: you are signed in.`,
    arrivedLate: (number) => `#${number}: you are signed in, as late.`,
    arrivedAlready: (number) => `#${number}: you are signed in already. Nothing was changed.`,
    when: (time) => `Begins ${time}`,
    unanswered: 'Not answered',
    absent: 'Not here',
  },
);

/** A meeting is called by its type. */
export const meetingTitle = ({ locale }: Reader, type: MeetingType) => words[locale].types[type];

const isAhead = ({ now }: Reader, meeting: Round) => now < startOf(meeting);
const takesSignIns = ({ now }: Reader, meeting: Round) => now >= signInFrom(meeting);

/** The card of a meeting in its group: counts and no names. */
export function meetingCard(reader: Reader, round: Round): Card {
  const say = words[reader.locale];
  const { state, title } = round;
  const heading = `${isCalledOff(round) ? say.off : say.title[state]} · ${title}`;
  const foot = meetingFoot(reader, round);
  if (isOff(round)) return card(heading, 'over', [plain(say.takenBack), foot]);
  const counts = meetingCounts(reader, round).join(' · ');
  const body = [...meetingFacts(reader, round), plain(counts)];
  if (state === 'closed') return card(heading, 'over', [...body, foot]);
  const asks = isAhead(reader, round) ? [replyButtons(reader, round)] : [];
  return card(heading, 'plain', [...body, ...asks, foot]);
}

function movedCard(reader: Reader, round: Round): Card {
  const say = words[reader.locale];
  const foot = meetingFoot(reader, round);
  return card(`${say.title.open} · ${round.title}`, 'over', [plain(say.moved), foot]);
}

/** Tells a secretary in private that the announcement is out, what comes by itself, and what else is then. */
export function announcedCard(reader: Reader, round: Round, overlaps: Round[]): Card {
  const say = words[reader.locale];
  return card(say.announced, 'good', [
    plain(round.title),
    ...meetingFacts(reader, round),
    ...overlapLines(reader, overlaps),
    note(say.calls),
    meetingFoot(reader, round),
    afterOpening(reader, round),
  ]);
}

/** Tells a secretary in private what else is at the same time, where the announcement itself was made in the group. */
export function overlapCard(reader: Reader, round: Round, overlaps: Round[]): Card {
  const say = words[reader.locale];
  return card(`${say.overlapTitle} · ${round.title}`, 'warning', [
    ...meetingFacts(reader, round),
    ...overlapLines(reader, overlaps),
    note(say.fix(round.number)),
    meetingFoot(reader, round),
  ]);
}

function overlapLines(reader: Reader, overlaps: Round[]): CardElement[] {
  const say = words[reader.locale];
  return overlaps
    .slice(0, 5)
    .map((other) =>
      plain(say.overlap(other.number, shortened(other.title), dayAndTime(reader, startOf(other)))),
    );
}

export function comingLine({ locale }: Reader, { outcome, round }: Answered): string {
  const say = words[locale];
  return outcome === 'kept' ? say.comesAlready(round.number) : say.comes(round.number);
}
export const comingToast = (reader: Reader, answered: Answered): Toast => ({
  type: answered.outcome === 'kept' ? 'info' : 'success',
  content: comingLine(reader, answered),
});

/** Whether a reason came with it, and whether others read the line. */
interface LeaveContext {
  why?: string;
  place: 'group' | 'private';
}

/** The reason itself is not said again: others may be reading. */
export function missingLine(
  { locale }: Reader,
  { outcome, number }: Leave,
  { why, place }: LeaveContext,
): string {
  const say = words[locale];
  if (outcome === 'answered') return say.isHere(number);
  if (outcome === 'kept') return say.missesAlready(number);
  if (!why) return say.misses(number);
  return say.misses(number) + (place === 'group' ? say.inPrivate : say.reason);
}
export const missingToast = (reader: Reader, leave: Leave, context: LeaveContext): Toast => ({
  type: leave.outcome === 'recorded' ? 'success' : 'info',
  content: missingLine(reader, leave, context),
});

/** Asks in private for the reason of a leave that was pressed without one. */
export function whyCard(reader: Reader, round: Round): Card {
  const say = words[reader.locale];
  return card(say.why(round.title), 'plain', [
    ...meetingFacts(reader, round),
    plain(say.askWhy),
    form('why', [
      input(reasonName, say.whyHere, 200),
      submit(say.send, 'send', giveReason.with({ round: round.id })),
    ]),
    meetingFoot(reader, round),
  ]);
}

/** What that card becomes. */
export function thanksCard({ locale }: Reader, { number }: Leave): Card {
  const text = words[locale].thanks(number);
  return slip(text, [plain(text)]);
}

/** Where a reason was written in a group, this takes it to the private chat. */
export const notedReason = ({ locale }: Reader, { number, title }: Round, why: string): string =>
  words[locale].noted(number, title, why);

/** In a group nobody reads who came late. */
export function arrivedLine(
  { locale }: Reader,
  signed: SignedIn,
  place: LeaveContext['place'],
): string {
  const say = words[locale];
  const { number } = signed.round;
  if (signed.outcome === 'kept') return say.arrivedAlready(number);
  return signed.late && place === 'private' ? say.arrivedLate(number) : say.arrived(number);
}
/** Only the presser sees a toast, wherever the card stands. */
export const arrivedToast = (reader: Reader, signed: SignedIn): Toast => ({
  type: signed.outcome === 'kept' ? 'info' : 'success',
  content: arrivedLine(reader, signed, 'private'),
});

export const meetingFace: RoundFace = {
  name: ({ locale }) => words[locale].name,
  items: ({ locale }) => words[locale].items,
  card: meetingCard,
  movedCard,
  answeredLine: comingLine,
  answeredToast: comingToast,
  answerButton: (reader, round) =>
    takesSignIns(reader, round) ? signInButton(reader, round) : comeButton(reader, round),
  // Who is on leave, counted last, is said beside it as of every kind.
  tally: (reader, round) => meetingCounts(reader, round).slice(0, 2).join(' · '),
  when: (reader, round) => words[reader.locale].when(dayAndTime(reader, startOf(round))),
  waitedFor: (reader, round) =>
    isAhead(reader, round) ? words[reader.locale].unanswered : words[reader.locale].absent,
  off: (reader, round) => (isOff(round) ? offLine(reader, round) : undefined),
  takesLeave: isAhead,
  others: callCards,
};

const offLine = (reader: Reader, round: Round) =>
  words[reader.locale].offLine(round.number, round.title, dayAndTime(reader, startOf(round)));
