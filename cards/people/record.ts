import type { Card, CardElement, Place, Reader } from '../../src/bot/talk.ts';
import type { OwnRecord } from '../../src/people/record/types.ts';
import type { OwnAnswers, Round } from '../../src/rounds/types.ts';
import type { StudyMonth } from '../../src/people/study/types.ts';
import { button, buttonRow, card, line, note, plain } from '../bot/kit.ts';
import { leaveRound } from '../rounds/leave.ts';
import { hoursText } from './quiet.ts';
import { timeLine, type RoundFaces } from '../rounds/rounds.ts';
import { dayAndTime } from '../bot/times.ts';
import { counted, inBoth } from '../bot/words.ts';

const words = inBoth(
  {
    title: '我的记录',
    waiting: (n: number) => (n === 0 ? '现在没有等你完成的。' : `等你完成的有 ${n} 个：`),
    ask: (number: number, title: string) => `#${number} ${title}`,
    time: (time: string, branch: string) => `${time} · ${branch}`,
    upcoming: '接下来的会议：',
    leave: '请假',
    more: (n: number) => `另有 ${n} 个没有列出。`,
    answered: (n: number) => `本月完成了 ${n} 次`,
    studied: (minutes: number, times: number) => `本月学习 ${minutes} 分钟，记了 ${times} 次`,
    stretch: (time: string, minutes: number, what: string) =>
      `${time} ${minutes} 分钟${what && ` ${what}`}`,
    quiet: (hours: string) => `免打扰：每天 ${hours}`,
    noQuiet: '免打扰：没有设',
    foot: '只有你自己看得到。记学习时间，例如：学习 30 党章。看存了什么：隐私',
    sent: '已私聊发给你。',
    logged: (minutes: number, all: number) =>
      `已记下 ${minutes} 分钟，本月共 ${all} 分钟。只有你自己看得到。`,
    loggedInGroup: '已记下，只有你自己看得到。发「我的」看合计。',
  },
  {
    title: 'My record',
    waiting: (n) => (n === 0 ? 'Nothing waits for you now.' : `Waiting for you: ${n}`),
    ask: (number, title) => `#${number} ${title}`,
    time: (time, branch) => `${time} · ${branch}`,
    upcoming: 'Meetings ahead:',
    leave: 'Ask for leave',
    more: (n) => `And ${n} more, not listed here.`,
    answered: (n) => `Answered this month: ${n}`,
    studied: (minutes, times) =>
      `Studied this month: ${counted(minutes, 'minute')}, logged ${counted(times, 'time')}`,
    stretch: (time, minutes, what) => `${time} ${counted(minutes, 'minute')}${what && ` ${what}`}`,
    quiet: (hours) => `Quiet hours: ${hours}`,
    noQuiet: 'Quiet hours: none',
    foot: 'Only you can see this. To log study time, for example: study 30 Constitution. What is stored about you: privacy',
    sent: 'Sent to you in private.',
    logged: (minutes, all) =>
      `Logged ${counted(minutes, 'minute')}, ${all} this month. Only you can see this.`,
    loggedInGroup: 'Logged; only you can see it. Send “me” for the sum.',
  },
);

// A card holds 200 elements, and an ask is a dozen.
const listed = 8;

/** A person's own record: for their private chat only. */
export function recordCard(reader: Reader, faces: RoundFaces, record: OwnRecord): Card {
  const say = words[reader.locale];
  const { asks, upcoming, answered, study, quiet } = record;
  const more = asks.length - listed;
  return card(say.title, 'plain', [
    plain(say.waiting(asks.length)),
    ...asks.slice(0, listed).flatMap((round) => askOf(reader, faces, round)),
    ...(more > 0 ? [note(say.more(more))] : []),
    ...(upcoming.length > 0 ? [plain(say.upcoming)] : []),
    ...upcoming.slice(0, listed).flatMap((round) => aheadOf(reader, faces, round)),
    line,
    ...answersOf(reader, answered),
    line,
    ...studyOf(reader, study),
    line,
    plain(quiet ? say.quiet(hoursText(reader, quiet)) : say.noQuiet),
    note(say.foot),
  ]);
}

function askOf(reader: Reader, faces: RoundFaces, round: Round): CardElement[] {
  const say = words[reader.locale];
  const { face } = faces.of(round.kind);
  const answer = face.answerButton?.(reader, round);
  const leave = button(say.leave, leaveRound.with({ round: round.id }), 'default');
  const takesLeave = face.takesLeave?.(reader, round) ?? true;
  return [
    plain(say.ask(round.number, round.title)),
    note(say.time(timeLine(reader, faces, round), round.branch.name)),
    buttonRow([...(answer ? [answer] : []), ...(takesLeave ? [leave] : [])]),
  ];
}

/** A meeting they come to: it asks nothing more until people sign in. */
function aheadOf(reader: Reader, faces: RoundFaces, round: Round): CardElement[] {
  const say = words[reader.locale];
  return [
    plain(say.ask(round.number, round.title)),
    note(say.time(timeLine(reader, faces, round), round.branch.name)),
  ];
}

function answersOf(reader: Reader, { count, latest }: OwnAnswers): CardElement[] {
  const say = words[reader.locale];
  const lines = latest.map(({ number, title, at }) =>
    note(`${dayAndTime(reader, at)} ${say.ask(number, title)}`),
  );
  return [plain(say.answered(count)), ...lines];
}

function studyOf(reader: Reader, { minutes, times, latest }: StudyMonth): CardElement[] {
  const say = words[reader.locale];
  const lines = latest.map((each) =>
    note(say.stretch(dayAndTime(reader, each.at), each.minutes, each.what ?? '')),
  );
  return [plain(say.studied(minutes, times)), ...lines];
}

/** All a group hears of what only one person may read. */
export const sentPrivately = ({ locale }: Reader): string => words[locale].sent;

/** After logging study time: the sum is for the person's private chat. */
export function loggedLine(
  { locale }: Reader,
  minutes: number,
  month: StudyMonth,
  place: Place['kind'],
): string {
  const say = words[locale];
  return place === 'group' ? say.loggedInGroup : say.logged(minutes, month.minutes);
}
