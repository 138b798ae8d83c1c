import type { Quote, Sentence } from '../../src/answers/ask/types.ts';
import type { Card, CardElement, Place, Reader } from '../../src/bot/talk.ts';
import {
  aroundButton,
  citation,
  moreButton,
  withOpening,
  pinButton,
  placeOf,
  titleOf,
} from './ask.ts';
import { markRow } from './feedback.ts';
import { buttonRow, card, growing, line, note, plain, streamed } from '../bot/kit.ts';
import { inBoth } from '../bot/words.ts';

const words = inBoth(
  {
    looking: '正在查阅资料…',
    writing: '由模型根据查到的原文写成，写完后附上原文。',
    written: '由模型根据以下原文写成，请以原文为准。',
    between: '',
  },
  {
    looking: 'Looking it up…',
    writing: 'Written by a model from what was found; the text itself follows.',
    written: 'Written by a model from the text below. The text itself decides.',
    between: ' ',
  },
);

/** The element of the card whose text grows while the answer is written. */
export const writtenElement = 'answer';

/** The card while its answer is written: nothing stands on it yet, and later only what was checked. */
export function writingCard(reader: Reader, asked: Opening): Card {
  const say = words[reader.locale];
  const elements = [growing(writtenElement, say.looking), note(say.writing)];
  return streamed(withOpening(reader, asked, card(titleOf(asked.question), 'plain', elements)));
}

/** The same where a card cannot grow. */
export const waitingCard = (reader: Reader, asked: Opening): Card =>
  withOpening(
    reader,
    asked,
    card(titleOf(asked.question), 'plain', [plain(words[reader.locale].looking)]),
  );

/**
 * The sentences in a row, the lines of a list each on its own, with the numbers of their sources: those count
 * in the order of their first use.
 */
export function writtenText({ locale }: Reader, sentences: readonly Sentence[]): string {
  const order = citedIn(sentences);
  return sentences
    .map(({ text, cites, isItem, endsList }, i) => {
      const gap = i === 0 ? '' : isItem || endsList ? '\n' : words[locale].between;
      const marks = cites.map((cite) => markOf(order.indexOf(cite))).join('');
      return gap + (isItem ? '• ' : '') + text + marks;
    })
    .join('');
}

/** Whom a card answers, and how their question was understood. */
export type Opening = Parameters<typeof withOpening>[1];

interface WrittenAnswer extends Opening {
  place: Place['kind'];
  sentences: readonly Sentence[];
  /** What the model was given, word for word. */
  sources: readonly Quote[];
  /** By which it can be marked. */
  id: string;
  /** The asker is a secretary and alone: it can become a standard answer. */
  mayPin: boolean;
  /** What the text was nearly, offered at the end. */
  near: CardElement[];
}

/** An answer in a model's words, with the words of the documents it rests on below. */
export function writtenCard(reader: Reader, answer: WrittenAnswer): Card {
  const { question, place, sentences, id, mayPin, near } = answer;
  const sources = citedIn(sentences).flatMap((cite) => answer.sources[cite] ?? []);
  // In a group one quote is enough for all; the others are named, and shown to who asks in private.
  const quoted = sources.slice(0, place === 'group' ? 1 : sources.length);
  const cites = sources.map(placeOf);
  const hasMore = sources.length > quoted.length;
  const label = (i: number) => (quoted.length > 1 ? ` ${markOf(i)}` : '');
  const written = card(titleOf(question), 'plain', [
    plain(writtenText(reader, sentences)),
    note(words[reader.locale].written),
    line,
    ...sources.flatMap((source, i) => [
      ...(i < quoted.length ? [plain(source.text)] : []),
      note(`${markOf(i)} ${citation(reader, source)}`),
    ]),
    buttonRow([
      ...quoted.map((quote, i) => aroundButton(reader, label(i))(quote)),
      ...(hasMore ? [moreButton(reader, question)] : []),
      ...(mayPin ? [pinButton(reader, { question, cites })] : []),
    ]),
    ...markRow(reader, { answer: id, question, cites }),
    ...near,
  ]);
  return withOpening(reader, answer, written);
}

const markOf = (place: number): string => `[${place + 1}]`;

/** The places of the cited passages, each once, in the order of their first use. */
function citedIn(sentences: readonly Sentence[]): number[] {
  return [...new Set(sentences.flatMap(({ cites }) => cites))];
}
