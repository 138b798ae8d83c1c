import { z } from 'zod';
import { defineAction } from '../../src/bot/action.ts';
import type { Card, Reader, Toast } from '../../src/bot/talk.ts';
import type { Answered, AskedRound, Outcome, Round } from '../../src/rounds/types.ts';
import { bigButton, button, card, note, plain } from '../bot/kit.ts';
import type { RoundFace } from './round-feature.ts';
import { besides, shortened } from './rounds.ts';
import { dayAndTime } from '../bot/times.ts';
import { inBoth } from '../bot/words.ts';
import { RoundId } from '../../src/base/ids.ts';

export const answerCheckin = defineAction('checkin.answer', z.object({ round: RoundId }));

const words = inBoth(
  {
    name: '签到',
    items: { text: '内容' },
    title: { open: '签到', closed: '签到已结束', recalled: '签到已撤回' },
    until: (time: string) => `截止 ${time}`,
    ended: (time: string) => `已于 ${time} 结束`,
    tally: (done: number, asked: number) => `已签到 ${done} / ${asked} 人`,
    takenBack: '这次签到已撤回，不再计入。',
    press: '签到',
    number: (number: number, branch: string) => `编号 #${number} · ${branch}`,
    which: '要签哪一个？',
    choose: '现在有几个签到，请点一个：',
    moved: '这张卡片用得太久了，请到下面的新卡片上签到。',
    recorded: '签到成功',
    replaced: '已更新你写的内容',
    kept: '你已经签过了',
    withNumber: (text: string, number: number) => `${text}（#${number}）`,
  },
  {
    name: 'Check-in',
    items: { text: 'Text' },
    title: { open: 'Check-in', closed: 'Check-in closed', recalled: 'Check-in taken back' },
    until: (time) => `Until ${time}`,
    ended: (time) => `Ended ${time}`,
    tally: (done, asked) => `${done} of ${asked} checked in`,
    takenBack: 'This check-in was taken back and no longer counts.',
    press: 'Check in',
    number: (number, branch) => `No. #${number} · ${branch}`,
    which: 'Which check-in?',
    choose: 'Several check-ins are open. Please pick one:',
    moved: 'This card has grown old. Please use the new one further down.',
    recorded: 'Checked in',
    replaced: 'Your text was updated',
    kept: 'You have already checked in',
    withNumber: (text, number) => `${text} (#${number})`,
  },
);

/** The card of a check-in in its group: the same for all who see it, so counts and no names. */
export function checkinCard(reader: Reader, round: Round): Card {
  const say = words[reader.locale];
  const { state, title, number, branch, tally } = round;
  const heading = `${say.title[state]} · ${title}`;
  const count = plain(say.tally(tally.done, tally.asked) + besides(reader, tally));
  const foot = note(say.number(number, branch.name));
  if (state === 'recalled') return card(heading, 'over', [plain(say.takenBack), foot]);
  if (state === 'closed') {
    const ended = plain(say.ended(dayAndTime(reader, round.closedAt ?? round.closesAt)));
    return card(heading, 'over', [count, ended, foot]);
  }
  const press = bigButton(say.press, answerCheckin.with({ round: round.id }));
  const until = plain(say.until(dayAndTime(reader, round.closesAt)));
  return card(heading, 'plain', [count, until, press, foot]);
}

/** So many buttons are still a choice. */
const offered = 12;

/** What an old card becomes once a new one has taken its place. */
function movedCard({ locale }: Reader, { title, number, branch }: Round): Card {
  const say = words[locale];
  const foot = note(say.number(number, branch.name));
  return card(`${say.title.open} · ${title}`, 'over', [plain(say.moved), foot]);
}

/** For `签到` alone where several are open. */
export function chooseCheckinCard(reader: Reader, rounds: AskedRound[]): Card {
  const say = words[reader.locale];
  const choices = rounds
    .slice(0, offered)
    .map((round) =>
      button(`#${round.number} ${shortened(round.title)}`, answerCheckin.with({ round: round.id })),
    );
  return card(say.which, 'plain', [plain(say.choose), ...choices]);
}

const toastType: Record<Outcome, Toast['type']> = {
  recorded: 'success',
  replaced: 'success',
  kept: 'info',
};

/** What only the presser sees. */
export function answeredToast({ locale }: Reader, { outcome }: Answered): Toast {
  return { type: toastType[outcome], content: words[locale][outcome] };
}

/** The short line under a check-in given by command. */
export function answeredLine({ locale }: Reader, { outcome, round }: Answered): string {
  return words[locale].withNumber(words[locale][outcome], round.number);
}

export const checkinFace: RoundFace = {
  name: ({ locale }) => words[locale].name,
  items: ({ locale }) => words[locale].items,
  card: checkinCard,
  movedCard,
  answeredLine,
  answeredToast,
  answerButton: ({ locale }, { id }) =>
    button(words[locale].press, answerCheckin.with({ round: id })),
  tally: ({ locale }, { tally }) => words[locale].tally(tally.done, tally.asked),
};
