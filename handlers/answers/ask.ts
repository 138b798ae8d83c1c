import { randomUUID } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import {
  answerCard,
  askerIn,
  contextCard,
  readAround,
  readMore,
  sentPrivatelyToast,
  askRefusals,
} from '../../cards/answers/ask.ts';
import { nearButton } from '../../cards/bot/help.ts';
import { passedOnElements } from '../../cards/answers/unanswered.ts';
import type { Bot } from '../../src/bot/bot.ts';
import { cardToPresser } from '../../src/bot/privately.ts';
import { registerForgetTurns } from '../../jobs/answers/forget-turns.ts';
import {
  registerWriteAnswer,
  writeAnswerJob,
  type WriteAnswerNeeds,
} from '../../jobs/answers/write-answer.ts';
import type { Roster } from '../../src/people/roster/service.ts';
import type { Unanswered } from '../../src/answers/unanswered/service.ts';

interface AskParts extends WriteAnswerNeeds {
  bot: Bot;
  unanswered: Unanswered;
  roster: Roster;
}

/** Anything that is no command is a study question. */
export function registerAsk(parts: AskParts) {
  const { bot, ask, unanswered, roster, queue, writer } = parts;
  bot.says(askRefusals);
  registerWriteAnswer(parts);
  registerForgetTurns(parts);
  bot.onQuestion({
    async look(said) {
      const understood = await ask.turns.understand(said);
      const { from: person, place } = said;
      return { ...understood, ...(await ask.find({ ...understood, person, place })) };
    },
    async reply(said, { question, earlier, answer, passages, found }) {
      const { near, from: person, place, reader, message, trace } = said;
      await ask.turns.remember({ ...said, question });
      if (writer && passages.length > 0) {
        const writing = { id: uuid(), question, earlier, person, place, message, trace, found };
        const at = reader.now.getTime();
        await queue.add(writeAnswerJob, { ...writing, near: near?.name, at });
        return {};
      }
      // What was nearly a command was hardly meant as a question.
      const isUnanswered = answer.is === 'nothing' && !near;
      const own = isUnanswered ? await roster.ownHere(person, place) : [];
      const asked = own.length > 0 ? await unanswered.keep({ question, own }) : undefined;
      const offered = near ? nearButton(reader, near) : passedOnElements(reader, asked);
      const opening = { follows: earlier !== undefined, asker: askerIn(place, person) };
      const shown = { question, place: place.kind, answer, id: randomUUID(), near: offered };
      return { card: answerCard(reader, { ...shown, ...opening }) };
    },
  });

  bot.onPress(readMore, {
    // In the group the answer was the group's; what only the presser may read stays in private.
    look: ({ value: { question }, from: person, place }) => ask.answer({ question, person, place }),
    reply(press, answer) {
      const { question } = press.value;
      const asked = { question, place: 'private' as const, answer, id: randomUUID(), near: [] };
      const card = answerCard(press.reader, asked);
      return Promise.resolve(cardToPresser(press, card, sentPrivatelyToast(press.reader)));
    },
  });

  bot.onPress(readAround, async (press) => {
    const context = await ask.around({ passage: press.value.passage, person: press.from });
    return cardToPresser(
      press,
      contextCard(press.reader, context),
      sentPrivatelyToast(press.reader),
    );
  });
}
