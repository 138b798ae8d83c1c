import type { Card, CardElement, Outgoing, Reader } from '../../src/bot/talk.ts';
import type { Nudge, Nudged, NudgeReport, Passed } from '../../src/rounds/nudges/types.ts';
import type { Round } from '../../src/rounds/types.ts';
import { card, note, plain } from '../bot/kit.ts';
import { timeLine, type RoundFaces } from './rounds.ts';
import { inBoth } from '../bot/words.ts';
import type { Sentences } from '../../src/bot/refusals.ts';
import type { NudgeRefusals } from '../../src/rounds/nudges/refusals.ts';

const words = inBoth(
  {
    title: '提醒：还等你完成',
    number: (number: number, branch: string) => `编号 #${number} · ${branch}`,
    more: (n: number) => `另有 ${n} 个，发「我的」可以看全。`,
    foot: (number: number) => `来不了可以请假，例如：请假 ${number} 出差。已经完成的不用理会。`,
    starting: (n: number) => `马上私下提醒 ${n} 人，发完告诉你结果。`,
    nobody: '没有要提醒的人',
    reminded: (n: number) => `已私下提醒 ${n} 人`,
    lately: (n: number) => `${n} 人近 4 小时内提醒过`,
    held: (n: number) => `${n} 人在免打扰时段，等到早上再提醒`,
    unreached: (n: number) => `${n} 人提醒不到`,
    unknown: (n: number) => `${n} 人不确定是否收到`,
    waiting: (n: number) => `${n} 人还在发送`,
    comma: '，',
    stop: '。',
  },
  {
    title: 'Reminder: this waits for you',
    number: (number, branch) => `No. #${number} · ${branch}`,
    more: (n) => `${n} more: send “me” to see all.`,
    foot: (number) =>
      `If you cannot take part, ask for leave, for example: leave ${number} travelling. Ignore this if you have answered.`,
    starting: (n) => `Reminding ${n} in private now; I will tell you how it went.`,
    nobody: 'Nobody to remind',
    reminded: (n) => `${n} reminded in private`,
    lately: (n) => `${n} reminded within the last 4 hours`,
    held: (n) => `${n} in their quiet hours, held until morning`,
    unreached: (n) => `${n} cannot be reached`,
    unknown: (n) => `${n} may or may not have got it`,
    waiting: (n) => `${n} still on their way`,
    comma: ', ',
    stop: '.',
  },
);

/** The words of the setting for automatic reminders. */
export const automaticNudgeWords = inBoth(
  { name: '自动催办', explains: '截止前 2 小时，私下提醒还没有完成的人一次。' },
  {
    name: 'auto remind',
    explains: 'Two hours before an end, who has not answered is reminded once in private.',
  },
);

// A card holds 200 elements: so many rounds stand on it.
const listed = 12;

/** A reminder for one person: every round that waits for them, with what they press. */
export function reminderCard(reader: Reader, faces: RoundFaces, rounds: Round[]): Card {
  const say = words[reader.locale];
  const shown = rounds.slice(0, listed);
  const more = rounds.length - shown.length;
  return card(say.title, 'plain', [
    ...shown.flatMap((round) => waitingRound(reader, faces, round)),
    ...(more > 0 ? [note(say.more(more))] : []),
    note(say.foot(shown[0]?.number ?? 1)),
  ]);
}

function waitingRound(reader: Reader, faces: RoundFaces, round: Round): CardElement[] {
  const say = words[reader.locale];
  const button = faces.of(round.kind).face.answerButton?.(reader, round);
  return [
    plain(round.title),
    plain(timeLine(reader, faces, round)),
    ...(button ? [button] : []),
    note(say.number(round.number, round.branch.name)),
  ];
}

/** The reminders as messages, one a person. */
export function reminders(
  reader: Reader,
  faces: RoundFaces,
  nudged: Nudged[],
  rounds: Round[],
  subject?: string,
): Outgoing[] {
  return nudged.map(({ person, rounds: mine }) => {
    const shown = rounds.filter(({ id }) => mine.includes(id));
    return { to: { person }, content: { card: reminderCard(reader, faces, shown) }, subject };
  });
}

/** Said at once: how many are reminded, or why nobody is. Counts only, as all of these. */
export function startedLine(reader: Reader, nudge: Nudge): string {
  const say = words[reader.locale];
  if (nudge.now.length > 0) return say.starting(nudge.now.length);
  return [say.nobody, ...passed(reader, nudge)].join(say.comma) + say.stop;
}

/** Said once the messages have left. */
export function reportLine(reader: Reader, report: NudgeReport): string {
  const say = words[reader.locale];
  const { reminded, unknown, waiting } = report;
  const unsure = [
    ...(unknown > 0 ? [say.unknown(unknown)] : []),
    ...(waiting > 0 ? [say.waiting(waiting)] : []),
  ];
  return [say.reminded(reminded), ...passed(reader, report), ...unsure].join(say.comma) + say.stop;
}

function passed({ locale }: Reader, { lately, held, unreached }: Passed): string[] {
  const say = words[locale];
  return [
    ...(lately > 0 ? [say.lately(lately)] : []),
    ...(held > 0 ? [say.held(held)] : []),
    ...(unreached > 0 ? [say.unreached(unreached)] : []),
  ];
}

export const nudgeRefusals = inBoth<Sentences<NudgeRefusals>>(
  {
    NOTHING_OPEN: () =>
      '现在没有进行中的事项，不用催。要发起，例如：签到 主题党日学习 截止 明天 18:00',
  },
  {
    NOTHING_OPEN: () =>
      'Nothing is open, so nobody needs a reminder. Open one, for example: checkin Theme day study by tomorrow 18:00',
  },
);
