import { z } from 'zod';
import { defineAction } from '../src/bot/action.ts';
import type { Card, CardElement, Reader, Toast } from '../src/bot/talk.ts';
import type { AttemptId } from '../src/ids.ts';
import type { QuestionKind } from '../src/library/types.ts';
import type {
  Marked,
  Overview,
  QuizOf,
  QuizReport,
  Result,
  Sheet,
  Step,
} from '../src/quiz/types.ts';
import type { Answered, Round } from '../src/rounds/types.ts';
import {
  bigButton,
  button,
  buttonRow,
  card,
  checker,
  form,
  line,
  note,
  plain,
  submit,
} from './kit.ts';
import { besides, roundIdSchema, shortened, type RoundFace } from './rounds.ts';
import { dayAndTime } from './times.ts';
import { inBoth } from './words.ts';

const attempt = z
  .int()
  .positive()
  .max(2 ** 31 - 1)
  .transform((id) => id as AttemptId);
const place = z.int().min(1).max(101);
const atPlace = z.object({ attempt, place });
export const beginQuiz = defineAction('quiz.begin', z.object({ round: roundIdSchema }));
export const chooseOption = defineAction(
  'quiz.choose',
  atPlace.extend({ option: z.int().min(0).max(5) }),
);
/** Several options of one question, ticked in a form. */
export const chooseOptions = defineAction('quiz.tick', atPlace);
export const showQuestion = defineAction('quiz.show', atPlace);
export const handInQuiz = defineAction('quiz.hand-in', z.object({ attempt, anyway: z.boolean() }));
export const showResult = defineAction(
  'quiz.result',
  z.object({ attempt, page: z.int().min(0).max(100) }),
);

const words = inBoth(
  {
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
    noted: (place: number, number: number) => `第 ${place} 题已记下（#${number}）`,
    heading: (title: string, place: number, of: number) => `${title} · 第 ${place} / ${of} 题`,
    kinds: { single: '单选', multiple: '多选，选好后点「确定」', truth: '判断' },
    truth: ['对', '错'],
    semicolon: '；',
    confirm: '确定',
    back: '上一题',
    next: '下一题',
    handIn: '交卷',
    handInAnyway: '仍然交卷',
    chosen: (letters: string) => `已选 ${letters}，交卷前可以改`,
    foot: (number: number, place: number, until: string) =>
      `也可以发：答 ${number} ${place} 选项 · 截止 ${until}`,
    allDone: (title: string) => `${title} · 都答完了`,
    someOpen: (title: string) => `${title} · 还有没答的题`,
    ready: '交卷后马上看得分和解析，不能再改。',
    openOnes: (places: string) => `还没答：第 ${places} 题`,
    goTo: (place: number) => `去答第 ${place} 题`,
    comma: '、',
    result: (title: string, right: number, of: number) => `${title} · 答对 ${right} / ${of} 题`,
    marks: { right: '✓', wrong: '✗' },
    marked: (mark: string, place: number, text: string) => `${mark} ${place}. ${text}`,
    yours: (said: string) => `你的答案：${said || '未答'}`,
    correct: (said: string) => `正确答案：${said}`,
    why: (text: string) => `解析：${text}`,
    from: (text: string) => `出处：${text}`,
    handedIn: (number: number) => `已交卷（#${number}），只有你能看到自己的得分。`,
    pages: { before: '上一页', after: '下一页' },
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
    noted: (place, number) => `Question ${place} is noted (#${number})`,
    heading: (title, place, of) => `${title} · ${place} of ${of}`,
    kinds: {
      single: 'One is right',
      multiple: 'Several are right; tick them, then OK',
      truth: 'True or false',
    },
    truth: ['True', 'False'],
    semicolon: '; ',
    confirm: 'OK',
    back: 'Back',
    next: 'Next',
    handIn: 'Hand in',
    handInAnyway: 'Hand in anyway',
    chosen: (letters) => `You chose ${letters}; you can change it until you hand in`,
    foot: (number, place, until) => `Or send: answer ${number} ${place} OPTION · until ${until}`,
    allDone: (title) => `${title} · all answered`,
    someOpen: (title) => `${title} · some are open`,
    ready: 'Score and explanations come once you hand in; then nothing can be changed.',
    openOnes: (places) => `Not answered: ${places}`,
    goTo: (place) => `Go to ${place}`,
    comma: ', ',
    result: (title, right, of) => `${title} · ${right} of ${of} right`,
    marks: { right: '✓', wrong: '✗' },
    marked: (mark, place, text) => `${mark} ${place}. ${text}`,
    yours: (said) => `You: ${said || 'no answer'}`,
    correct: (said) => `Right: ${said}`,
    why: (text) => `Why: ${text}`,
    from: (text) => `Source: ${text}`,
    handedIn: (number) => `Handed in (#${number}); only you see your score.`,
    pages: { before: 'Previous', after: 'More' },
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

/** What a person sees of their quiz, whatever comes next. */
export function stepCard(reader: Reader, step: Step): Card {
  if (step.is === 'question') return questionCard(reader, step);
  return step.is === 'overview' ? overviewCard(reader, step) : resultCard(reader, step);
}

const letterOf = (option: number) => String.fromCharCode(65 + option);

function choiceLabels({ locale }: Reader, { kind, options }: Pick<Sheet, 'kind' | 'options'>) {
  if (kind === 'truth') return words[locale].truth;
  return options.map((text, i) => `${letterOf(i)}. ${text}`);
}

/** What stands for a choice where there is little room. */
const choiceName = ({ locale }: Reader, kind: QuestionKind, option: number) =>
  kind === 'truth' ? (words[locale].truth[option] ?? '') : letterOf(option);

function questionCard(reader: Reader, sheet: Sheet): Card {
  const say = words[reader.locale];
  const { quiz, place, of, kind, text, chosen } = sheet;
  const names = chosen.map((each) => choiceName(reader, kind, each)).join(say.comma);
  return card(say.heading(shortened(quiz.title), place, of), 'plain', [
    note(say.kinds[kind]),
    plain(`${place}. ${text}`),
    ...(kind === 'multiple' ? ticks(reader, sheet) : choices(reader, sheet)),
    ...(chosen.length > 0 ? [note(say.chosen(names))] : []),
    steps(reader, sheet),
    note(say.foot(quiz.number, place, dayAndTime(reader, quiz.closesAt))),
  ]);
}

/** No more than this stands on a button on a phone. */
const buttonHolds = 30;

function choices(reader: Reader, sheet: Sheet): CardElement[] {
  const labels = choiceLabels(reader, sheet);
  const at = { attempt: sheet.quiz.attempt, place: sheet.place };
  const isLong = labels.some((label) => [...label].length > buttonHolds);
  const buttons = labels.map((label, option) => ({
    ...button(
      isLong ? letterOf(option) : label,
      chooseOption.with({ ...at, option }),
      sheet.chosen.includes(option) ? 'primary' : 'default',
    ),
    width: 'fill',
  }));
  return [...(isLong ? [plain(labels.join('\n'))] : []), ...buttons];
}

/** The name under which an option's tick comes back. */
export const tickName = (option: number) => `option_${option}`;

function ticks(reader: Reader, sheet: Sheet): CardElement[] {
  const boxes = choiceLabels(reader, sheet).map((label, option) =>
    checker(tickName(option), label, sheet.chosen.includes(option)),
  );
  const value = chooseOptions.with({ attempt: sheet.quiz.attempt, place: sheet.place });
  return [form('choices', [...boxes, submit(words[reader.locale].confirm, 'send', value)])];
}

/** Back and on, and handing in on the last one. */
function steps({ locale }: Reader, { quiz, place, of }: Sheet): CardElement {
  const say = words[locale];
  const to = (label: string, where: number) =>
    button(label, showQuestion.with({ attempt: quiz.attempt, place: where }), 'default');
  return buttonRow([
    ...(place > 1 ? [to(say.back, place - 1)] : []),
    ...(place < of ? [to(say.next, place + 1)] : []),
    ...(place === of ? [handInButton(say.handIn, quiz, false)] : []),
  ]);
}

const handInButton = (label: string, { attempt: id }: QuizOf, anyway: boolean) =>
  button(label, handInQuiz.with({ attempt: id, anyway }), anyway ? 'danger' : 'primary');

function overviewCard({ locale }: Reader, { quiz, of, open }: Overview): Card {
  const say = words[locale];
  const title = shortened(quiz.title);
  const to = (label: string, where: number) =>
    button(label, showQuestion.with({ attempt: quiz.attempt, place: where }), 'default');
  const [first] = open;
  if (first === undefined)
    return card(say.allDone(title), 'good', [
      plain(say.ready),
      buttonRow([to(say.back, of), handInButton(say.handIn, quiz, false)]),
    ]);
  return card(say.someOpen(title), 'warning', [
    plain(say.openOnes(open.join(say.comma))),
    plain(say.ready),
    buttonRow([to(say.goTo(first), first), handInButton(say.handInAnyway, quiz, true)]),
  ]);
}

/** A card holds 30 KB: so many questions with their explanations fit. */
const perPage = 8;

/** What was right and why: for the one who handed in. */
export function resultCard(reader: Reader, result: Result, page = 0): Card {
  const say = words[reader.locale];
  const { quiz, right, marked } = result;
  const shown = marked.slice(page * perPage, (page + 1) * perPage);
  const turn = (label: string, to: number) =>
    button(label, showResult.with({ attempt: quiz.attempt, page: to }), 'default');
  const turns = [
    ...(page > 0 ? [turn(say.pages.before, page - 1)] : []),
    ...((page + 1) * perPage < marked.length ? [turn(say.pages.after, page + 1)] : []),
  ];
  return card(say.result(shortened(quiz.title), right, marked.length), 'good', [
    ...shown.flatMap((each) => [plain(markedText(reader, each)), line]),
    ...(turns.length > 0 ? [buttonRow(turns)] : []),
    note(say.handedIn(quiz.number)),
  ]);
}

function markedText(reader: Reader, marked: Marked): string {
  const say = words[reader.locale];
  const { place: at, text, isRight, chosen, answer, explanation, source } = marked;
  const labels = choiceLabels(reader, marked);
  const named = (options: number[]) =>
    options.map((each) => cut(labels[each] ?? '', 40)).join(say.semicolon);
  return [
    say.marked(isRight ? say.marks.right : say.marks.wrong, at, cut(text, 200)),
    say.yours(named(chosen)),
    ...(isRight ? [] : [say.correct(named(answer))]),
    ...(explanation ? [say.why(cut(explanation, 400))] : []),
    ...(source ? [say.from(cut(source, 60))] : []),
  ].join('\n');
}

function cut(text: string, limit: number): string {
  const signs = [...text];
  return signs.length > limit ? `${signs.slice(0, limit).join('')}…` : text;
}

/** What only the presser in the group sees. */
export const inPrivateToast = ({ locale }: Reader): Toast => {
  return { type: 'success', content: words[locale].inPrivate };
};
export const inPrivateLine = ({ locale }: Reader) => words[locale].inPrivate;

/** In a group, where nobody else should read what was chosen. */
export const notedLine = ({ locale }: Reader, at: number, { number }: QuizOf) =>
  words[locale].noted(at, number);
export const handedInLine = ({ locale }: Reader, { number }: QuizOf) =>
  words[locale].handedIn(number);

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
  return `${say.rate(position + 1, percent, cut(text, 40))}\n${say.spread(each)}`;
}

function scoreLine({ locale }: Reader, scores: QuizReport['scores'], of: number): string {
  const say = words[locale];
  const told = scores
    .slice(0, scoresTold)
    .map(({ name, right }) => say.score(shortened(name) || say.unnamed, right, of));
  const left = scores.length - told.length;
  return say.scores([...told, ...(left > 0 ? [say.more(left)] : [])].join(say.comma));
}

const handedIn = ({ locale }: Reader, { round }: Answered) => words[locale].handedIn(round.number);

export const quizFace: RoundFace = {
  card: quizCard,
  movedCard,
  answerButton: ({ locale }, { id }) =>
    bigButton(words[locale].begin, beginQuiz.with({ round: id })),
  answeredLine: handedIn,
  answeredToast: (reader, answered) => ({ type: 'info', content: handedIn(reader, answered) }),
  tally: ({ locale }, { tally }) => words[locale].tally(tally.done, tally.asked),
};
