import { z } from 'zod';
import { defineAction } from '../../src/bot/action.ts';
import type { Card, Reader, Toast } from '../../src/bot/talk.ts';
import type { QuizOf } from '../../src/rounds/quiz/types.ts';
import type { Answered, Round } from '../../src/rounds/types.ts';
import { bigButton, card, note, plain } from '../bot/kit.ts';
import type { RoundFace } from './round-feature.ts';
import { besides } from './rounds.ts';
import { dayAndTime } from '../bot/times.ts';
import { inBoth } from '../bot/words.ts';
import { RoundId } from '../../src/base/ids.ts';

export const beginQuiz = defineAction('quiz.begin', z.object({ round: RoundId }));

const words = inBoth(
  {
    name: '测验',
    items: { right: '对', wrong: '错' },
    title: { open: '测验', closed: '测验已结束', recalled: '测验已撤回' },
    mixed: '综合',
    questions: (count: number) => `共 ${count} 题，私聊作答`,
    tally: (done: number, asked: number) => `已交卷 ${done} / ${asked} 人`,
    until: (time: string) => `截止 ${time}`,
    ended: (time: string) => `已于 ${time} 结束`,
    takenBack: '这次测验已撤回，不再计入。',
    moved: '这张卡片用得太久了，请到下面的新卡片上作答。',
    begin: '开始答题',
    number: (number: number, branch: string) => `编号 #${number} · ${branch}`,
    inPrivate: '题目已私聊发给你，请打开和我的对话',
    unreached: '题目发不到你的私聊，请先打开和我的对话，发我一句「我的」，再来点一次',
    noted: (place: number, number: number) => `第 ${place} 题已记下（#${number}）`,
    handedIn: (number: number) => `已交卷（#${number}），只有你能看到自己的得分。`,
  },
  {
    name: 'Quiz',
    items: { right: 'true', wrong: 'false' },
    title: { open: 'Quiz', closed: 'Quiz closed', recalled: 'Quiz taken back' },
    mixed: 'General',
    questions: (count) => `${count} ${count === 1 ? 'question' : 'questions'}, answered in private`,
    tally: (done, asked) => `${done} of ${asked} handed in`,
    until: (time) => `Until ${time}`,
    ended: (time) => `Ended ${time}`,
    takenBack: 'This quiz was taken back and no longer counts.',
    moved: 'This card has grown old. Please use the new one further down.',
    begin: 'Begin',
    number: (number, branch) => `No. #${number} · ${branch}`,
    inPrivate: 'The questions are in our private chat: please open it',
    unreached:
      'The questions cannot reach you: please open our private chat, send me “me”, then press again',
    noted: (place, number) => `Question ${place} is noted (#${number})`,
    handedIn: (number) => `Handed in (#${number}); only you see your score.`,
  },
);

/** What a quiz from every bank is called. */
export const quizTitle = ({ locale }: Reader, bank?: string) => bank ?? words[locale].mixed;

/** The card of a quiz in its group: counts alone. */
export function quizCard(reader: Reader, round: Round): Card {
  const say = words[reader.locale];
  const { state, title, number, branch, tally, spec } = round;
  const heading = `${say.title[state]} · ${title}`;
  const foot = note(say.number(number, branch.name));
  if (state === 'recalled') return card(heading, 'over', [plain(say.takenBack), foot]);
  const count = plain(say.tally(tally.done, tally.asked) + besides(reader, tally));
  if (state === 'closed') {
    const ended = plain(say.ended(dayAndTime(reader, round.closedAt ?? round.closesAt)));
    return card(heading, 'over', [count, ended, foot]);
  }
  const until = plain(say.until(dayAndTime(reader, round.closesAt)));
  const begin = bigButton(say.begin, beginQuiz.with({ round: round.id }));
  const asks = plain(say.questions(Number(spec['questions'])));
  return card(heading, 'plain', [asks, count, until, begin, foot]);
}

function movedCard({ locale }: Reader, { title, number, branch }: Round): Card {
  const say = words[locale];
  const foot = note(say.number(number, branch.name));
  return card(`${say.title.open} · ${title}`, 'over', [plain(say.moved), foot]);
}

/** What only the presser in the group sees. */
export const inPrivateToast = ({ locale }: Reader): Toast => {
  return { type: 'success', content: words[locale].inPrivate };
};
/** The questions would not arrive: they have blocked the bot, or may not use it. */
export const unreachedToast = ({ locale }: Reader): Toast => {
  return { type: 'warning', content: words[locale].unreached };
};
export const inPrivateLine = ({ locale }: Reader) => words[locale].inPrivate;

/** In a group, where nobody else should read what was chosen. */
export const notedLine = ({ locale }: Reader, at: number, { number }: QuizOf) =>
  words[locale].noted(at, number);
export const handedInLine = ({ locale }: Reader, { number }: QuizOf) =>
  words[locale].handedIn(number);

const handedIn = ({ locale }: Reader, { round }: Answered) => words[locale].handedIn(round.number);

export const quizFace: RoundFace = {
  name: ({ locale }) => words[locale].name,
  items: ({ locale }) => words[locale].items,
  card: quizCard,
  movedCard,
  answerButton: ({ locale }, { id }) =>
    bigButton(words[locale].begin, beginQuiz.with({ round: id })),
  answeredLine: handedIn,
  answeredToast: (reader, answered) => ({ type: 'info', content: handedIn(reader, answered) }),
  tally: ({ locale }, { tally }) => words[locale].tally(tally.done, tally.asked),
};
