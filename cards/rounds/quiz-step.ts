import { z } from 'zod';
import { defineAction } from '../../src/bot/action.ts';
import type { Card, CardElement, Reader } from '../../src/bot/talk.ts';
import type { Overview, QuizOf, Sheet, Step } from '../../src/rounds/quiz/types.ts';
import { button, buttonRow, card, checker, form, note, plain, submit } from '../bot/kit.ts';
import { choiceLabels, choiceName, letterOf } from './quiz-choices.ts';
import { resultCard } from './quiz-result.ts';
import { shortened } from './rounds.ts';
import { dayAndTime } from '../bot/times.ts';
import { inBoth } from '../bot/words.ts';
import { AttemptId } from '../../src/base/ids.ts';

const place = z.int().min(1).max(101);
const atPlace = z.object({ attempt: AttemptId, place });
export const chooseOption = defineAction(
  'quiz.choose',
  atPlace.extend({ option: z.int().min(0).max(5) }),
);
/** Several options of one question, ticked in a form. */
export const chooseOptions = defineAction('quiz.tick', atPlace);
export const showQuestion = defineAction('quiz.show', atPlace);
export const handInQuiz = defineAction(
  'quiz.hand-in',
  z.object({ attempt: AttemptId, anyway: z.boolean() }),
);

const words = inBoth(
  {
    heading: (title: string, place: number, of: number) => `${title} · 第 ${place} / ${of} 题`,
    kinds: { single: '单选', multiple: '多选，选好后点「确定」', truth: '判断' },
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
  },
  {
    heading: (title, place, of) => `${title} · ${place} of ${of}`,
    kinds: {
      single: 'One is right',
      multiple: 'Several are right; tick them, then OK',
      truth: 'True or false',
    },
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
  },
);

/** What a person sees of their quiz, whatever comes next. */
export function stepCard(reader: Reader, step: Step): Card {
  if (step.is === 'question') return questionCard(reader, step);
  return step.is === 'overview' ? overviewCard(reader, step) : resultCard(reader, step);
}

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
