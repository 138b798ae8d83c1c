import type { Card, Reader } from '../../src/bot/talk.ts';
import type { QuizReport } from '../../src/rounds/quiz/types.ts';
import { card, line, note, plain } from '../bot/kit.ts';
import { choiceName } from './quiz-choices.ts';
import { shortened } from './rounds.ts';
import { inBoth, shorten } from '../bot/words.ts';

const words = inBoth(
  {
    number: (number: number, branch: string) => `编号 #${number} · ${branch}`,
    comma: '、',
    report: (title: string) => `测验结果 · ${title}`,
    forYou: '只发给书记，请不要转到群里。',
    rate: (place: number, percent: number, text: string) => `${place}. 答对 ${percent}% · ${text}`,
    spread: (each: string[]) => each.join('　'),
    option: (letter: string, times: number, isRight: boolean) =>
      `${letter}${isRight ? '（正确）' : ''} ${times} 人`,
    scores: (list: string) => `得分：${list}`,
    score: (name: string, right: number, of: number) => `${name} ${right}/${of}`,
    more: (count: number) => `……另有 ${count} 项`,
    nobody: '还没有人交卷。',
    unnamed: '（未知姓名）',
  },
  {
    number: (number, branch) => `No. #${number} · ${branch}`,
    comma: ', ',
    report: (title) => `Quiz result · ${title}`,
    forYou: 'For secretaries only: please do not pass it on to the group.',
    rate: (place, percent, text) => `${place}. ${percent}% right · ${text}`,
    spread: (each) => each.join('   '),
    option: (letter, times, isRight) => `${letter}${isRight ? ' (right)' : ''} ${times}`,
    scores: (list) => `Scores: ${list}`,
    score: (name, right, of) => `${name} ${right}/${of}`,
    more: (count) => `… and ${count} more`,
    nobody: 'Nobody has handed in.',
    unnamed: '(no name)',
  },
);

// So many stand on one card.
const questionsTold = 30;
const scoresTold = 200;

/** How a quiz went: for a secretary's private chat only. */
export function quizReportCard(reader: Reader, { round, questions, scores }: QuizReport): Card {
  const say = words[reader.locale];
  const heading = say.report(round.title);
  const foot = note(say.number(round.number, round.branch.name));
  if (scores.length === 0) return card(heading, 'over', [plain(say.nobody), foot]);
  const told = questions
    .slice(0, questionsTold)
    .map((each) => spreadOf(reader, each, scores.length));
  const left = questions.length - told.length;
  return card(heading, 'over', [
    ...told.map(plain),
    ...(left > 0 ? [note(say.more(left))] : []),
    line,
    plain(scoreLine(reader, scores, questions.length)),
    note(say.forYou),
    foot,
  ]);
}

function spreadOf(reader: Reader, question: QuizReport['questions'][number], people: number) {
  const say = words[reader.locale];
  const { position, kind, text, chosen, answer, right } = question;
  const each = chosen.map((times, option) =>
    say.option(choiceName(reader, kind, option), times, answer.includes(option)),
  );
  const percent = Math.round((right / people) * 100);
  return `${say.rate(position + 1, percent, shorten(text, 40))}\n${say.spread(each)}`;
}

function scoreLine({ locale }: Reader, scores: QuizReport['scores'], of: number): string {
  const say = words[locale];
  const told = scores
    .slice(0, scoresTold)
    .map(({ name, right }) => say.score(shortened(name) || say.unnamed, right, of));
  const left = scores.length - told.length;
  return say.scores([...told, ...(left > 0 ? [say.more(left)] : [])].join(say.comma));
}
