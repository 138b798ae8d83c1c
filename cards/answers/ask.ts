import { z } from 'zod';
import { defineAction } from '../../src/bot/action.ts';
import type { Card, CardElement, Place, Reader } from '../../src/bot/talk.ts';
import type { Answer, Context, Quote } from '../../src/answers/ask/types.ts';
import { PassageId, type PersonId } from '../../src/base/ids.ts';
import { editionText } from '../library/edition.ts';
import { markRow } from './feedback.ts';
import { button, buttonRow, card, line, mention, note, plain, slip } from '../bot/kit.ts';
import { pinAnswer, standardCard } from './standard.ts';
import { counted, inBoth, shorten } from '../bot/words.ts';
import type { Sentences } from '../../src/bot/refusals.ts';
import type { AskRefusals } from '../../src/answers/ask/refusals.ts';

/** Shows a passage with what stands around it, to the presser alone. */
export const readAround = defineAction('ask.around', z.object({ passage: PassageId }));
/** Asks again in private, where there is room for more quotes. */
export const readMore = defineAction(
  'ask.more',
  z.object({ question: z.string().min(1).max(1000) }),
);

const words = inBoth(
  {
    cite: (title: string, edition: string, heading: string, isPart: boolean) =>
      `—— 《${title}》${edition && `（${edition}）`}${heading && ` ${heading}`}${isPart ? '（节选）' : ''}`,
    also: '还可能有关：',
    related: '找到可能有关的原文',
    relatedIntro: '下面几段不一定就是答案，请看原文再判断：',
    around: '读前后文',
    understood: (question: string) => `接着上一个问题，理解为：${question}`,
    aroundTitle: (title: string) => `《${title}》`,
    more: '看更多',
    pin: '设为标准答案',
    sentPrivately: '已私聊发给你',
    nothing: '资料里没有找到这个问题的依据，所以不作回答。',
    nearest: '最接近的是下面几处，不一定有关：',
    spot: (title: string, heading: string) => `· 《${title}》${heading && ` ${heading}`}`,
    hint: '可以换个说法，用资料里的词再问一次；或者请书记把相关资料私聊发给我。',
    titles: (count: number, titles: string) => `现有 ${count} 份资料，例如：${titles}`,
    empty: '还没有学习资料，暂时答不了。',
    howToAdd:
      '书记把 .docx、.pdf、.md、.txt 或 .html 文件私聊发给我，确认后就能提问。大家共用的资料由管理员放入。',
    listed: (titles: string[]) => titles.map((title) => `《${title}》`).join('、'),
  },
  {
    cite: (title, edition, heading, isPart) =>
      `— "${title}"${edition && ` (${edition})`}${heading && `, ${heading}`}${isPart ? ' (excerpt)' : ''}`,
    also: 'May be related as well:',
    related: 'Passages that may be related',
    relatedIntro: 'Whether these answer it is not certain; please judge by the text itself:',
    around: 'Read around it',
    understood: (question) => `Following your last question, understood as: ${question}`,
    aroundTitle: (title) => `"${title}"`,
    more: 'More',
    pin: 'Make it the standard answer',
    sentPrivately: 'Sent to you in private',
    nothing: 'The documents hold nothing that answers this, so I do not answer.',
    nearest: 'Nearest, perhaps of no use:',
    spot: (title, heading) => `· "${title}"${heading && `, ${heading}`}`,
    hint: 'Try other words, ones the documents use; or ask a secretary to send me a document about it.',
    titles: (count, titles) =>
      `The library holds ${counted(count, 'document')}, such as: ${titles}`,
    empty: 'There are no study documents yet, so I cannot answer.',
    howToAdd:
      'A secretary sends me a .docx, .pdf, .md, .txt or .html file in private and confirms it; then it can be asked. An administrator adds documents that all share.',
    listed: (titles) => titles.map((title) => `"${title}"`).join(', '),
  },
);

interface ShownAnswer {
  question: string;
  place: Place['kind'];
  answer: Answer;
  /** A UUID of its own, by which it can be marked. */
  id: string;
  /** What the text was nearly, offered at the end. */
  near: CardElement[];
  /** The question leans on the one before, and is shown as it was understood. */
  follows?: boolean;
  /** In a group: who asked. */
  asker?: PersonId;
}

/** The answer to a study question: quotes word for word, each with its source, or an honest no. */
export function answerCard(reader: Reader, shown: ShownAnswer): Card {
  return withOpening(reader, shown, cardWithoutOpening(reader, shown));
}

/** A card that begins with whom it answers, and how the question was understood. */
export function withOpening(
  { locale }: Reader,
  { question, follows, asker }: Pick<ShownAnswer, 'question' | 'follows' | 'asker'>,
  { body, ...around }: Card,
): Card {
  const { understood } = words[locale];
  const opening = [
    ...(asker === undefined ? [] : [mention(asker)]),
    ...(follows ? [note(understood(shorten(question, 60)))] : []),
  ];
  return { ...around, body: { elements: [...opening, ...body.elements] } };
}

function cardWithoutOpening(
  reader: Reader,
  { question, place, answer, id, near }: ShownAnswer,
): Card {
  if (answer.is === 'nothing') return nothingCard(reader, answer, near);
  if (answer.is === 'empty') return emptyCard(reader, near);
  const say = words[reader.locale];
  if (answer.is === 'standard') {
    const around = aroundButton(reader)(answer.standard.source);
    return standardCard(reader, { ...answer, question, place, id, near, around });
  }
  // In a group one quote is enough for all; who wants to read on does so in private.
  const room = place === 'group' ? 1 : 3;
  const quotes = answer.quotes.slice(0, room);
  const also = answer.also.slice(0, room - quotes.length);
  const hasMore = place === 'group' && answer.quotes.length + answer.also.length > room;
  const cites = [...quotes, ...also].map(placeOf);
  const elements = [
    ...quoteElements(reader, quotes),
    ...(also.length > 0 ? [line, note(say.also), ...quoteElements(reader, also)] : []),
    ...rowOf([
      ...(hasMore ? [moreButton(reader, question)] : []),
      ...(answer.mayPin ? [pinButton(reader, { question, cites })] : []),
    ]),
    ...markRow(reader, { answer: id, question, cites }),
    ...near,
  ];
  return answer.is === 'answer'
    ? card(titleOf(question), 'plain', elements)
    : // Looks unlike an answer, because it is none.
      card(say.related, 'over', [plain(say.relatedIntro), line, ...elements]);
}

const rowOf = (buttons: CardElement[]) => (buttons.length > 0 ? [buttonRow(buttons)] : []);

/** Where in its passage a quote stands. */
export const placeOf = ({ passage, start, text }: Quote) => ({
  passage,
  start,
  end: start + text.length,
});

/** Each quote is an element of its own that holds nothing but the words of the document. */
function quoteElements(reader: Reader, quotes: Quote[]): CardElement[] {
  return quotes.flatMap((quote, i) => [
    ...(i > 0 ? [line] : []),
    plain(quote.text),
    note(citation(reader, quote)),
    buttonRow([aroundButton(reader)(quote)]),
  ]);
}

/** Where a quote stands, in one line. */
export function citation(reader: Reader, { title, edition, heading, isPart }: Quote): string {
  return words[reader.locale].cite(title, editionText(reader, { edition }), heading, isPart);
}

/** To read on around a quote; `mark` tells which where there are several. */
export const aroundButton =
  ({ locale }: Reader, mark = '') =>
  ({ passage }: Quote) =>
    button(words[locale].around + mark, readAround.with({ passage }), 'default');
/** To make it the branch's standard answer. */
export const pinButton = ({ locale }: Reader, pinned: Parameters<typeof pinAnswer.with>[0]) =>
  button(words[locale].pin, pinAnswer.with(pinned), 'default');
/** To ask the same in private, where there is more room. */
export const moreButton = ({ locale }: Reader, question: string) =>
  button(words[locale].more, readMore.with({ question }), 'default');

function nothingCard(
  { locale }: Reader,
  { nearest, documents, titles }: Answer & { is: 'nothing' },
  near: CardElement[],
): Card {
  const say = words[locale];
  const spots = nearest.map(({ title, heading }) => say.spot(title, heading));
  return slip(say.nothing, [
    plain(say.nothing),
    ...(spots.length > 0 ? [note([say.nearest, ...new Set(spots)].join('\n'))] : []),
    note(say.hint),
    note(say.titles(documents, say.listed(titles))),
    ...near,
  ]);
}

function emptyCard({ locale }: Reader, near: CardElement[]): Card {
  const say = words[locale];
  return slip(say.empty, [plain(say.empty), note(say.howToAdd), ...near]);
}

/** A passage and its neighbours, as they stand in the document. */
export function contextCard({ locale }: Reader, { title, passages }: Context): Card {
  const elements = passages.flatMap(({ heading, text }) => [
    ...(heading ? [note(heading)] : []),
    plain(shorten(text, 1500)),
  ]);
  return card(words[locale].aroundTitle(shorten(title, 60)), 'plain', elements);
}

export const sentPrivatelyToast = ({ locale }: Reader) => words[locale].sentPrivately;

/** Whom an answer names: in a group who asked, in private nobody. */
export const askerIn = ({ kind }: Pick<Place, 'kind'>, person: PersonId): PersonId | undefined =>
  kind === 'group' ? person : undefined;

/** A question as the title of its answer. */
export const titleOf = (question: string): string => shorten(question, 60);

export const askRefusals = inBoth<Sentences<AskRefusals>>(
  {
    PASSAGE_GONE: () => '这段资料已经更新或移除，请重新提问。',
  },
  {
    PASSAGE_GONE: () => 'This passage was changed or removed since. Please ask again.',
  },
);
