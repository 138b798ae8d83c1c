import { z } from 'zod';
import { defineAction } from '../../src/bot/action.ts';
import type { Card, CardElement, Reader, Toast } from '../../src/bot/talk.ts';
import type {
  Cited,
  CitedPlace,
  Mark,
  Marked,
  MarkedAnswer,
  MarkedList,
} from '../../src/answers/feedback/types.ts';
import { FeedbackId, PassageId, StandardId } from '../../src/base/ids.ts';
import { editionText } from '../library/edition.ts';
import { button, buttonRow, card, line, note, plain, slip, smallButton } from '../bot/kit.ts';
import { counted, inBoth, shorten } from '../bot/words.ts';
import type { Sentences } from '../../src/bot/refusals.ts';
import type { FeedbackRefusals } from '../../src/answers/feedback/refusals.ts';

const place = z.int().min(0).max(10_000_000).optional();
const cited = z.object({
  passage: PassageId,
  start: place,
  end: place,
});
/** What the buttons of an answer carry: never believed when it comes back. */
export const citedPlaces = z.array(cited).min(1).max(6);
/** Says what the presser thinks of an answer. */
export const markAnswer = defineAction(
  'feedback.mark',
  z.object({
    answer: z.uuid(),
    mark: z.enum(['helpful', 'unhelpful', 'source']),
    question: z.string().min(1).max(1000),
    cites: citedPlaces,
    standard: StandardId.optional(),
  }),
);
const ofFeedback = z.object({ feedback: FeedbackId });
/** A secretary has dealt with what was marked. */
export const finishFeedback = defineAction('feedback.finish', ofFeedback);
/** Opens the form for a standard answer to the question. */
export const answerFeedback = defineAction('feedback.answer', ofFeedback);

const words = inBoth(
  {
    marks: { helpful: '有用', unhelpful: '没用', source: '出处不对' },
    new: (mark: string) => `已记下「${mark}」`,
    changed: (mark: string) => `已改成「${mark}」`,
    same: (mark: string) => `你已经标过「${mark}」，没有改动`,
    passedOn: '，会把问题和出处列给书记看，不带你的名字',
    title: '大家对回答的反馈',
    open: (count: number) =>
      count > 0 ? `还没处理的有 ${count} 条，排在前面。` : '没有要处理的。',
    helpful: (count: number) => `近 90 天里，标「有用」的有 ${count} 次。`,
    none: '近 90 天里没有人标过「没用」或「出处不对」。',
    head: (number: number, mark: string) => `${number} · ${mark}`,
    done: '已处理',
    question: (text: string) => `问：${text}`,
    answer: (text: string) => `答：${text}`,
    cite: (title: string, edition: string, heading: string) =>
      `—— 《${title}》${edition && `（${edition}）`}${heading && ` ${heading}`}`,
    write: '写标准答案',
    finish: '处理完',
    more: (count: number) => `还有 ${count} 条没有列出，处理掉几条后会排上来。`,
    how: '写好标准答案，下次有人这样问就先给它。不用写的，按「处理完」，或发：反馈 处理完 编号。90 天后自动删掉。',
    finished: {
      done: (number: number) => `反馈 ${number} 已处理`,
      before: (number: number) => `反馈 ${number} 之前已经处理，没有改动`,
    },
    sent: '已私聊发给你',
  },
  {
    marks: { helpful: 'Helpful', unhelpful: 'Not helpful', source: 'Wrong source' },
    new: (mark) => `Noted: ${mark}`,
    changed: (mark) => `Changed to: ${mark}`,
    same: (mark) => `You had said so: ${mark}; nothing was changed`,
    passedOn: '. Question and source are listed for the secretary, without your name',
    title: 'What people think of the answers',
    open: (count) =>
      count > 0 ? `${count} to deal with, first on the list.` : 'Nothing to deal with.',
    helpful: (count) => `Marked as helpful in the last 90 days: ${counted(count, 'time')}.`,
    none: 'In the last 90 days nobody marked an answer as not helpful or resting on a wrong source.',
    head: (number, mark) => `${number} · ${mark}`,
    done: 'done',
    question: (text) => `Asked: ${text}`,
    answer: (text) => `Answered: ${text}`,
    cite: (title, edition, heading) =>
      `— "${title}"${edition && ` (${edition})`}${heading && `, ${heading}`}`,
    write: 'Write standard answer',
    finish: 'Done',
    more: (count) => `${count} more; they move up as these are dealt with.`,
    how: 'A standard answer comes first when somebody asks so again. Where none is needed press "Done", or send: feedback done ID. All of it is deleted after 90 days.',
    finished: {
      done: (number) => `Feedback ${number} is dealt with`,
      before: (number) => `Feedback ${number} was dealt with before; nothing was changed`,
    },
    sent: 'Sent to you in private',
  },
);

/** An answer as its buttons know it. */
export interface Markable {
  /** A UUID made with the card. */
  answer: string;
  question: string;
  cites: CitedPlace[];
  standard?: StandardId;
}

/** The row under every answer: what the presser thinks of it. Nothing where nothing was cited. */
export function markRow({ locale }: Reader, markable: Markable): CardElement[] {
  const { marks } = words[locale];
  const { cites } = markable;
  if (cites.length === 0) return [];
  const about = { ...markable, cites: cites.slice(0, 6) };
  const each = (mark: Mark) => smallButton(marks[mark], markAnswer.with({ ...about, mark }));
  return [buttonRow([each('helpful'), each('unhelpful'), each('source')])];
}

/** What the presser hears, alone. */
export function markedToast({ locale }: Reader, { mark, how }: Marked): Toast {
  const say = words[locale];
  const told = say[how](say.marks[mark]);
  const isPassedOn = how !== 'same' && mark !== 'helpful';
  const content = isPassedOn ? `${told}${say.passedOn}` : told;
  return { type: how === 'same' ? 'info' : 'success', content };
}

/** So many fit on a card that people read to its end. */
const mostShown = 5;

/** What was marked, for a secretary alone: what is open with its buttons, and nobody's name. */
export function feedbackCard(reader: Reader, { answers, open, helpful }: MarkedList): Card {
  const say = words[reader.locale];
  const shown = answers.slice(0, mostShown);
  const left = open - shown.filter(({ isDone }) => !isDone).length;
  return card(say.title, 'plain', [
    plain(answers.length > 0 ? say.open(open) : say.none),
    ...(helpful > 0 ? [note(say.helpful(helpful))] : []),
    ...shown.flatMap((each) => [line, ...markedElements(reader, each)]),
    ...(left > 0 ? [line, note(say.more(left))] : []),
    ...(answers.length > 0 ? [line, note(say.how)] : []),
  ]);
}

function markedElements(reader: Reader, marked: MarkedAnswer): CardElement[] {
  const say = words[reader.locale];
  const { id: feedback, mark, question, cites, text, isDone } = marked;
  const head = [say.head(feedback, say.marks[mark]), ...(isDone ? [say.done] : [])].join(' · ');
  const write = button(say.write, answerFeedback.with({ feedback }), 'default');
  const finish = button(say.finish, finishFeedback.with({ feedback }), 'default');
  return [
    note(head),
    plain(say.question(shorten(question, 200))),
    ...(text ? [plain(say.answer(shorten(text, 400)))] : []),
    ...cites.slice(0, 3).flatMap((each) => citedElements(reader, each)),
    buttonRow(isDone ? [write] : [write, finish]),
  ];
}

/** A piece as it was cited, and where it stands. */
export function citedElements(
  reader: Reader,
  { title, edition, heading, text }: Cited,
): CardElement[] {
  const { cite } = words[reader.locale];
  return [
    plain(shorten(text, 200)),
    note(cite(shorten(title, 60), editionText(reader, { edition }), shorten(heading, 60))),
  ];
}

/** After 反馈 处理完 by word. */
export function finishedCard(
  { locale }: Reader,
  { id: number, how }: { id: FeedbackId; how: 'done' | 'before' },
): Card {
  const told = words[locale].finished[how](number);
  return slip(told, [plain(told)]);
}

export function finishedToast(
  { locale }: Reader,
  { id: number, how }: { id: FeedbackId; how: 'done' | 'before' },
): Toast {
  return {
    type: how === 'done' ? 'success' : 'info',
    content: words[locale].finished[how](number),
  };
}

export const feedbackSent = ({ locale }: Reader) => words[locale].sent;

export const feedbackRefusals = inBoth<Sentences<FeedbackRefusals>>(
  {
    FEEDBACK_UNKNOWN: ({ number }) =>
      `没有编号为 ${number} 的反馈，没有改动。发「反馈」看看有哪些。`,
  },
  {
    FEEDBACK_UNKNOWN: ({ number }) =>
      `There is no feedback numbered ${number}; nothing was changed. Send "feedback" to see what there is.`,
  },
);
