import { z } from 'zod';
import { apologyCard } from '../../cards/bot/apology.ts';
import { answerCard, askerIn } from '../../cards/answers/ask.ts';
import { nearButton } from '../../cards/bot/help.ts';
import {
  waitingCard,
  writingCard,
  writtenCard,
  writtenElement,
  writtenText,
} from '../../cards/answers/written.ts';
import type { Ask } from '../../src/answers/ask/service.ts';
import type { Feedback } from '../../src/answers/feedback/service.ts';
import type { Findings, Sentence, Writer } from '../../src/answers/ask/types.ts';
import type { Bot } from '../../src/bot/bot.ts';
import type { Reader } from '../../src/bot/talk.ts';
import type { Clock } from '../../src/base/clock.ts';
import { ChatId, MessageId, PassageId, PersonId } from '../../src/base/ids.ts';
import { traced } from '../../src/base/log.ts';
import type { GrowingCards } from './growing-cards.ts';
import { defineJob, type Running, type WorkQueue } from '../../src/queue/job.ts';

export interface WriteAnswerNeeds {
  bot: Pick<Bot, 'commands'>;
  queue: WorkQueue;
  clock: Clock;
  ask: Ask;
  /** None: a question from when there was one is answered in the documents' words. */
  writer: Writer | undefined;
  growing: GrowingCards;
  feedback: Pick<Feedback, 'remember'>;
  reader: () => Reader;
}

const place = z.object({
  id: ChatId,
  kind: z.enum(['group', 'private']),
});
const trace = z.object({
  passage: PassageId,
  score: z.number(),
  confidence: z.number(),
  band: z.enum(['answer', 'related', 'none']),
  quote: z.object({ start: z.int(), end: z.int() }),
});
const payload = z.object({
  /** Of the message with the answer: written twice, it is sent once. */
  id: z.uuid(),
  question: z.string(),
  /** The turn before, where this one follows it up. */
  earlier: z.string().optional(),
  /** The name of a command. */
  near: z.string().optional(),
  person: PersonId,
  place,
  /** The message with the question. */
  message: MessageId,
  /** When it was asked, in milliseconds since 1970. */
  at: z.number(),
  /** What was found for it then; a job of an older build does not say it and searches by itself. */
  found: z.array(trace).default([]),
  trace: z.string().optional(),
});
type WriteAnswerPayload = z.infer<typeof payload>;
export const writeAnswerJob = defineJob({
  name: 'ask.write',
  lane: 'answering',
  outside: true,
  payload,
  remains: ({ id }) => ({ id }),
});

/** Milliseconds from the question to the end of writing: a card then needs under one more to arrive. */
const soon = 7_000;
/** With less than this left no model says anything. */
const least = 500;
/** A model that puts passages in order first has so many milliseconds for it, if there are more. */
const longestOrdering = 2_500;
/** Characters on one card; what goes on beyond is left out by whole sentences. */
const room = 2_000;

/**
 * Writes one answer with a model, on a card that grows with every checked sentence. It ends with the answer
 * in the documents' words where nothing was written in time.
 */
export function registerWriteAnswer(needs: WriteAnswerNeeds) {
  const { bot, queue, clock, ask, writer, growing, feedback, reader } = needs;
  const timeLeft = ({ at }: WriteAnswerPayload) => soon - (clock.now().getTime() - at);

  async function write(job: WriteAnswerPayload, { passages }: Findings) {
    if (!writer || timeLeft(job) < least) return undefined;
    const { question, earlier } = job;
    const card = await growing.begin(messageOf(job), {
      streamed: writingCard(reader(), openingOf(job)),
      element: writtenElement,
      plain: waitingCard(reader(), openingOf(job)),
    });
    if (!card) return undefined;
    const said: Sentence[] = [];
    const onSentence = (sentence: Sentence) => {
      said.push(sentence);
      card.show(writtenText(reader(), fitting(said)));
    };
    try {
      const patience = Math.max(0, timeLeft(job));
      const written = await writer.write({ question, earlier, passages, patience, onSentence });
      const sentences = fitting(written?.sentences ?? []);
      return sentences.length > 0 ? sentences : undefined;
    } finally {
      card.stop();
    }
  }

  async function answer(job: WriteAnswerPayload, { finish }: Running) {
    if (await growing.isFinal(job.id)) return;
    const left = timeLeft(job);
    const orderWithin = writer && left > longestOrdering ? longestOrdering : undefined;
    const find = job.found.length > 0 ? ask.findAgain : ask.find;
    const found = await find({ ...job, orderWithin });
    const sentences = found.passages.length > 0 ? await write(job, found) : undefined;
    const { id, near: meant } = job;
    const command = bot.commands.find(meant);
    const near = command ? nearButton(reader(), command) : [];
    const shown = { id, ...openingOf(job), place: job.place.kind, near };
    const mayPin = 'mayPin' in found.answer && found.answer.mayPin;
    const card = sentences
      ? writtenCard(reader(), { ...shown, sentences, sources: found.sources, mayPin })
      : answerCard(reader(), { ...shown, answer: found.answer });
    await finish(async () => {
      // Its words stand in no document: kept for the case that somebody marks it.
      if (sentences)
        await feedback.remember({ answer: id, text: writtenText(reader(), sentences) });
      await growing.finish(messageOf(job), card);
    });
  }

  const run = (job: WriteAnswerPayload, running: Running) =>
    traced(job.trace, () => answer(job, running));
  queue.on(writeAnswerJob, run, {
    // The person hears that it went wrong instead of looking at a card that never ends.
    givenUp: (job) => growing.finish(messageOf(job), apologyCard(reader())),
  });
}

const openingOf = ({ question, earlier, place, person }: WriteAnswerPayload) => ({
  question,
  follows: earlier !== undefined,
  asker: askerIn(place, person),
});

function messageOf({ id, place, message }: WriteAnswerPayload) {
  const replyTo = place.kind === 'group' ? message : undefined;
  return { id, subject: `answer:${id}`, to: { chat: place.id }, replyTo };
}

function fitting(sentences: readonly Sentence[]): Sentence[] {
  let signs = 0;
  return sentences.filter(({ text }) => (signs += text.length) <= room);
}
