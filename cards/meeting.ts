import { z } from 'zod';
import { defineAction } from '../src/bot/action.ts';
import type { MeetingType } from '../src/bot/commands.ts';
import type { Card, Place, Reader, Toast } from '../src/bot/talk.ts';
import { startOf } from '../src/meetings/types.ts';
import type { Answered, Leave, Round, Tally } from '../src/rounds/types.ts';
import { bigButton, button, buttonRow, card, note, plain } from './kit.ts';
import { roundIdSchema, type RoundFace } from './rounds.ts';
import { dayAndTime } from './times.ts';
import { inBoth } from './words.ts';

const ofRound = z.object({ round: roundIdSchema });
export const comeToMeeting = defineAction('meeting.going', ofRound);
export const missMeeting = defineAction('meeting.notgoing', ofRound);

const words = inBoth(
  {
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
    starts: (time: string) => `时间 ${time}`,
    place: (place: string) => `地点 ${place}`,
    agenda: (agenda: string) => `议题 ${agenda}`,
    going: (count: number) => `参加 ${count}`,
    away: (count: number) => `请假 ${count}`,
    unanswered: (count: number) => `未回复 ${count}`,
    takenBack: '这次会议已撤回，不用参加了。',
    come: '参加',
    miss: '请假',
    number: (number: number, branch: string) => `编号 #${number} · ${branch}`,
    moved: '这张卡片用得太久了，请到下面的新卡片上回复。',
    comes: (number: number) => `#${number} 已记下：参加。开始前可以改。`,
    comesAlready: (number: number) => `#${number} 你已经回复参加了，没有改动。`,
    misses: (number: number) => `#${number} 请假已记下，开始前可以改。`,
    missesAlready: (number: number) => `#${number} 已经请过假了，没有改动。`,
    reason: '原因只有书记能看到。',
    inPrivate: '下次可以私聊我写原因，只有书记能看到。',
  },
  {
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
    starts: (time) => `Time: ${time}`,
    place: (place) => `Place: ${place}`,
    agenda: (agenda) => `Agenda: ${agenda}`,
    going: (count) => `${count} coming`,
    away: (count) => `${count} on leave`,
    unanswered: (count) => `${count} not answered`,
    takenBack: 'This meeting was taken back. There is no need to come.',
    come: 'Coming',
    miss: 'Ask for leave',
    number: (number, branch) => `No. #${number} · ${branch}`,
    moved: 'This card has grown old. Please use the new one further down.',
    comes: (number) => `#${number}: noted, you are coming. You can change it until the start.`,
    comesAlready: (number) => `#${number}: you are coming already. Nothing was changed.`,
    misses: (number) => `#${number}: your leave is noted. You can change it until the start.`,
    missesAlready: (number) => `#${number}: you are on leave already. Nothing was changed.`,
    reason: ' Only the secretary can see the reason.',
    inPrivate: ' Next time write the reason to me in private: only the secretary sees it.',
  },
);

/** A meeting is called by its type. */
export const meetingTitle = ({ locale }: Reader, type: MeetingType) => words[locale].types[type];

const unanswered = ({ asked, done, onLeave = 0, madeUp = 0 }: Tally) =>
  Math.max(0, asked - done - onLeave - madeUp);

/** The card of a meeting in its group: counts and no names. */
export function meetingCard(reader: Reader, round: Round): Card {
  const say = words[reader.locale];
  const { state, title, number, branch, tally } = round;
  const heading = `${say.title[state]} · ${title}`;
  const foot = note(say.number(number, branch.name));
  if (state === 'recalled') return card(heading, 'over', [plain(say.takenBack), foot]);
  const counts = [
    say.going(tally.done),
    say.away(tally.onLeave ?? 0),
    say.unanswered(unanswered(tally)),
  ].join(' · ');
  const body = [...facts(reader, round), plain(counts)];
  if (state === 'closed') return card(heading, 'over', [...body, foot]);
  const asks = reader.now < startOf(round) ? [buttons(reader, round)] : [];
  return card(heading, 'plain', [...body, ...asks, foot]);
}

function facts(reader: Reader, round: Round) {
  const say = words[reader.locale];
  const { place, agenda } = round.spec;
  return [
    plain(say.starts(dayAndTime(reader, startOf(round)))),
    ...(place ? [plain(say.place(String(place)))] : []),
    ...(agenda ? [plain(say.agenda(String(agenda)))] : []),
  ];
}

const buttons = ({ locale }: Reader, { id: round }: Round) =>
  buttonRow([
    button(words[locale].come, comeToMeeting.with({ round })),
    button(words[locale].miss, missMeeting.with({ round }), 'default'),
  ]);

function movedCard({ locale }: Reader, { title, number, branch }: Round): Card {
  const say = words[locale];
  const foot = note(say.number(number, branch.name));
  return card(`${say.title.open} · ${title}`, 'over', [plain(say.moved), foot]);
}

export function comingLine({ locale }: Reader, { outcome, round }: Answered): string {
  const say = words[locale];
  return outcome === 'kept' ? say.comesAlready(round.number) : say.comes(round.number);
}
export const comingToast = (reader: Reader, answered: Answered): Toast => ({
  type: answered.outcome === 'kept' ? 'info' : 'success',
  content: comingLine(reader, answered),
});

/** The reason itself is not said again: others may be reading. */
export function missingLine(
  { locale }: Reader,
  { outcome, number }: Leave,
  given: { why?: string; place: Place['kind'] },
): string {
  const say = words[locale];
  if (outcome !== 'recorded') return say.missesAlready(number);
  if (!given.why) return say.misses(number);
  return say.misses(number) + (given.place === 'group' ? say.inPrivate : say.reason);
}
export const missingToast = (
  reader: Reader,
  leave: Leave,
  given: { why?: string; place: Place['kind'] },
): Toast => ({
  type: leave.outcome === 'recorded' ? 'success' : 'info',
  content: missingLine(reader, leave, given),
});

export const meetingFace: RoundFace = {
  card: meetingCard,
  movedCard,
  answeredLine: comingLine,
  answeredToast: comingToast,
  answerButton: ({ locale }, { id }) =>
    bigButton(words[locale].come, comeToMeeting.with({ round: id })),
  tally: ({ locale }, tally) =>
    `${words[locale].going(tally.done)} · ${words[locale].unanswered(unanswered(tally))}`,
};
