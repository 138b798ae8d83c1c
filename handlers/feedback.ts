import {
  feedbackCard,
  feedbackSent,
  finishedCard,
  finishedToast,
  finishFeedback,
  markAnswer,
  markedToast,
  feedbackRefusals,
} from '../cards/feedback.ts';
import type { Bot } from '../src/bot/bot.ts';
import { privately } from '../src/bot/privately.ts';
import type { Feedback } from '../src/feedback/service.ts';
import type { FeedbackId, PersonId } from '../src/ids.ts';
import type { Cleaning } from '../src/jobs/clean.ts';
import type { Roster } from '../src/roster/service.ts';
import type { Vain } from '../src/vain/service.ts';

interface FeedbackParts {
  bot: Bot;
  feedback: Feedback;
  vain: Vain;
  roster: Roster;
  cleaning: Cleaning;
}

/** What people think of answers: three buttons under each, and 反馈 for their secretaries. */
export function registerFeedback({ bot, feedback, vain, roster, cleaning }: FeedbackParts) {
  bot.says(feedbackRefusals);
  cleaning.on((before) => feedback.forget(before));
  const finish = async (person: PersonId, which: FeedbackId) =>
    feedback.finish(await roster.asSecretaryAnywhere(person), which);

  bot.onPress(markAnswer, async ({ value, from: person, place, reader }) => {
    const branches = await roster.asMember(person, place);
    const reads = await roster.mayRead(person, place);
    const marked = await feedback.mark({ ...value, person, branches, reads });
    // The weekly note says how many wait.
    if (marked.mark !== 'helpful' && marked.how !== 'same') await vain.plan(marked.branches);
    return { toast: markedToast(reader, marked) };
  });

  bot.onCommand('feedback', async (said) => {
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
