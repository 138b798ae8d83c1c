import { z } from 'zod';
import { defineAction } from '../../src/bot/action.ts';
import type { CardElement, Reader } from '../../src/bot/talk.ts';
import { comingTo, endOf, startOf } from '../../src/rounds/meetings/rules.ts';
import type { Round, Tally } from '../../src/rounds/types.ts';
import { button, buttonRow, note, plain } from '../bot/kit.ts';
import { dayAndTime } from '../bot/times.ts';
import { inBoth } from '../bot/words.ts';
import { RoundId } from '../../src/base/ids.ts';

const ofRound = z.object({ round: RoundId });
export const comeToMeeting = defineAction('meeting.going', ofRound);
export const missMeeting = defineAction(
  'meeting.notgoing',
  ofRound.extend({ text: z.string().max(200).optional() }),
);
export const signInToMeeting = defineAction('meeting.here', ofRound);

const words = inBoth(
  {
    starts: (time: string) => `时间 ${time}`,
    ends: (time: string) => `结束 ${time}`,
    place: (place: string) => `地点 ${place}`,
    agenda: (lines: string[]) => ['议题', ...lines].join(lines.length > 1 ? '\n' : ' '),
    going: (count: number) => `参加 ${count}`,
    unanswered: (count: number) => `未回复 ${count}`,
    due: (count: number) => `应到 ${count}`,
    here: (count: number) => `实到 ${count}`,
    away: (count: number) => `请假 ${count}`,
    number: (number: number, branch: string) => `编号 #${number} · ${branch}`,
    come: '参加',
    miss: '请假',
    signIn: '我到了',
  },
  {
    starts: (time) => `Time: ${time}`,
    ends: (time) => `Ends: ${time}`,
    place: (place) => `Place: ${place}`,
    agenda: (lines) => ['Agenda:', ...lines].join(lines.length > 1 ? '\n' : ' '),
    going: (count) => `${count} coming`,
    unanswered: (count) => `${count} not answered`,
    due: (count) => `${count} asked`,
    here: (count) => `${count} here`,
    away: (count) => `${count} on leave`,
    number: (number, branch) => `No. #${number} · ${branch}`,
    come: 'Coming',
    miss: 'Ask for leave',
    signIn: 'I am here',
  },
);

/** It was closed before it began, and so does not take place. */
export const isCalledOff = (meeting: Round): boolean =>
  meeting.closedAt !== undefined && meeting.closedAt < startOf(meeting);

/** It does not take place, since it was called off or taken back. */
export const isOff = (meeting: Round): boolean =>
  meeting.state === 'recalled' || isCalledOff(meeting);

/** When, where and what about. */
export function meetingFacts(reader: Reader, meeting: Round): CardElement[] {
  const say = words[reader.locale];
  const { place, agenda } = meeting.spec;
  const usualEnd = endOf(startOf(meeting)).getTime() === meeting.closesAt.getTime();
  return [
    plain(say.starts(dayAndTime(reader, startOf(meeting)))),
    ...(usualEnd ? [] : [plain(say.ends(dayAndTime(reader, meeting.closesAt)))]),
    ...(place ? [plain(say.place(String(place)))] : []),
    ...(agenda ? [plain(say.agenda(String(agenda).split('\n')))] : []),
  ];
}

export const meetingFoot = ({ locale }: Reader, { number, branch }: Round): CardElement =>
  note(words[locale].number(number, branch.name));

/** Who comes, is on leave and has not said; whoever has signed in comes. Counts, which a group may see. */
export function replyCounts({ locale }: Reader, meeting: Round): string[] {
  const say = words[locale];
  const { tally } = meeting;
  const { done, onLeave = 0 } = tally;
  const coming = comingTo(meeting);
  const silent = Math.max(0, absent(tally) - coming);
  return [say.going(coming + done), say.unanswered(silent), say.away(onLeave)];
}

/** Who should be there, is, and is on leave. Counts, which a group may see. */
export function arrivalCounts({ locale }: Reader, { tally }: Pick<Round, 'tally'>): string[] {
  const say = words[locale];
  return [say.due(tally.asked), say.here(tally.done), say.away(tally.onLeave ?? 0)];
}

/** Replies until it begins, and from then on who is there. */
export const meetingCounts = (reader: Reader, meeting: Round): string[] =>
  reader.now < startOf(meeting) ? replyCounts(reader, meeting) : arrivalCounts(reader, meeting);

/** How many are neither there nor on leave. */
const absent = ({ asked, done, onLeave = 0, madeUp = 0 }: Tally) => asked - done - onLeave - madeUp;

export const replyButtons = ({ locale }: Reader, { id: round }: Round): CardElement =>
  buttonRow([
    button(words[locale].come, comeToMeeting.with({ round })),
    button(words[locale].miss, missMeeting.with({ round }), 'default'),
  ]);

export const comeButton = ({ locale }: Reader, { id: round }: Round): CardElement =>
  button(words[locale].come, comeToMeeting.with({ round }));

export const signInButton = ({ locale }: Reader, { id: round }: Round): CardElement =>
  button(words[locale].signIn, signInToMeeting.with({ round }));
