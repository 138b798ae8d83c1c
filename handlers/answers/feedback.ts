import {
  feedbackCard,
  feedbackSent,
  finishedCard,
  finishedToast,
  finishFeedback,
  markAnswer,
  markedToast,
  feedbackRefusals,
} from '../../cards/answers/feedback.ts';
import type { Bot } from '../../src/bot/bot.ts';
import { privately } from '../../src/bot/privately.ts';
import type { Feedback } from '../../src/answers/feedback/service.ts';
import type { FeedbackId, PersonId } from '../../src/base/ids.ts';
import type { Cleaning } from '../../jobs/night/clean.ts';
import type { Roster } from '../../src/people/roster/service.ts';
import type { Unanswered } from '../../src/answers/unanswered/service.ts';
import { both } from '../../src/bot/both.ts';
import { defineCommand } from '../../src/bot/command.ts';
import { numberOf } from '../../src/bot/parts/number.ts';
import { ways } from '../../src/bot/parts/ways.ts';

const which = numberOf<FeedbackId>({ is: 'feedback' });

export const feedbackCommand = defineCommand({
  name: 'feedback',
  word: both('反馈', 'feedback'),
  who: 'secretary',
  does: both('看大家觉得哪些回答没用、出处不对', 'answers marked as not helpful'),
  example: both('反馈 处理完 3', 'feedback done 3'),
  isEveryday: true,
  parts: {
    does: ways({
      list: {},
      finish: { word: both('处理完', 'done'), also: ['处理', '完成'], parts: { which } },
    }),
  },
});

interface FeedbackParts {
  bot: Bot;
  feedback: Feedback;
  unanswered: Unanswered;
  roster: Roster;
  cleaning: Cleaning;
}

/** What people think of answers: three buttons under each, and 反馈 for their secretaries. */
export function registerFeedback({ bot, feedback, unanswered, roster, cleaning }: FeedbackParts) {
  bot.says(feedbackRefusals);
  cleaning.on((before) => feedback.forget(before));
  const finish = async (person: PersonId, which: FeedbackId) =>
    feedback.finish(await roster.asSecretaryAnywhere(person), which);

  bot.onPress(markAnswer, async ({ value, from: person, place, reader }) => {
    const branches = await roster.asMember(person, place);
    const reads = await roster.mayRead(person, place);
    const marked = await feedback.mark({ ...value, person, branches, reads });
    // The weekly note says how many wait.
    if (marked.mark !== 'helpful' && marked.how !== 'same')
      await unanswered.planNotes(marked.branches);
    return { toast: markedToast(reader, marked) };
  });

  bot.onCommand(feedbackCommand, async (said) => {
    const { from: person, place, parts, reader } = said;
    const card =
      parts.does === 'list'
        ? feedbackCard(reader, await feedback.list(await roster.asSecretaryHere(person, place)))
        : finishedCard(reader, await finish(person, parts.which));
    return privately(said, { card }, feedbackSent(reader));
  });

  bot.onPress(finishFeedback, async ({ value, from: person, place, reader }) => {
    const finished = await finish(person, value.feedback);
    const toast = finishedToast(reader, finished);
    if (place.kind === 'group') return { toast };
    const scope = await roster.asSecretaryHere(person, place);
    return { replace: feedbackCard(reader, await feedback.list(scope)), toast };
  });
}
