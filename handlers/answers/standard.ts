import { answerFeedback } from '../../cards/answers/feedback.ts';
import {
  changedStandardCard,
  changedToast,
  changeStandard,
  draftCard,
  editStandard,
  filledIn,
  pinAnswer,
  savedCard,
  savedToast,
  saveStandard,
  standardsCard,
  standardSent,
} from '../../cards/answers/standard.ts';
import { standardRefusals } from '../../cards/answers/standard-refusals.ts';
import type { Bot } from '../../src/bot/bot.ts';
import type { Press } from '../../src/bot/handler.ts';
import type { PartsOf } from '../../src/bot/command.ts';
import { cardToPresser, privately } from '../../src/bot/privately.ts';
import type { Card, Reader } from '../../src/bot/talk.ts';
import { Refusal } from '../../src/base/errors.ts';
import type { Feedback } from '../../src/answers/feedback/service.ts';
import type { Roster } from '../../src/people/roster/service.ts';
import type { SecretaryScope } from '../../src/people/roster/types.ts';
import type { Standards } from '../../src/answers/standard/service.ts';
import { standardCommand } from './standard-commands.ts';

interface StandardParts {
  bot: Bot;
  standards: Standards;
  feedback: Feedback;
  roster: Roster;
}

/** 标准答案: written, listed and retired by secretaries, in private. */
export function registerStandard(given: StandardParts) {
  const { bot, standards, roster } = given;
  bot.says(standardRefusals);
  async function carryOut(
    scope: SecretaryScope,
    parts: PartsOf<typeof standardCommand>,
    reader: Reader,
  ): Promise<Card> {
    if (parts.does === 'list')
      return standardsCard(reader, await standards.list(scope, parts.search));
    if (parts.does === 'write') return savedCard(reader, await standards.saveByWord(scope, parts));
    const { which, does: change } = parts;
    return changedStandardCard(reader, await standards.change(scope, which, change));
  }

  bot.onCommand(standardCommand, async (said) => {
    const { from: person, place, parts, reader } = said;
    const card = await carryOut(await roster.asSecretaryHere(person, place), parts, reader);
    return privately(said, { card }, standardSent(reader));
  });

  registerForm(given);

  bot.onPress(changeStandard, async ({ value, from: person, place, reader }) => {
    const { standard: which, change, list } = value;
    const scope = await roster.asSecretaryHere(person, place);
    const changed = await standards.change(scope, which, change);
    const toast = changedToast(reader, changed);
    if (!list || place.kind === 'group') return { toast };
    const shown = await standards.list(scope, list.search);
    return { replace: standardsCard(reader, shown), toast };
  });
}

/** The form: opened from an answer, from what was marked, or from the list; stored when it is handed in. */
function registerForm({ bot, standards, feedback, roster }: StandardParts) {
  const scopeOf = ({ from, place }: Press<unknown>) => roster.asSecretaryHere(from, place);
  const show = (press: Press<unknown>, draft: Parameters<typeof draftCard>[1]) =>
    Promise.resolve(cardToPresser(press, draftCard(press.reader, draft)));

  bot.onPress(pinAnswer, {
    look: async (press) => standards.draft(await scopeOf(press), press.value),
    reply: show,
  });

  bot.onPress(answerFeedback, {
    async look(press) {
      const marked = await feedback.one(
        await roster.asSecretaryAnywhere(press.from),
        press.value.feedback,
      );
      const { question } = marked;
      const cites = marked.cites.map(({ passage, start, text }) => {
        return { passage, start, end: start + text.length };
      });
      const about = { question, cites, answer: '', branches: marked.branches };
      const draft = await standards.draft(await scopeOf(press), about);
      return { ...draft, feedback: marked.id };
    },
    reply: show,
  });

  bot.onPress(editStandard, {
    async look(press) {
      const [scope, replaces] = [await scopeOf(press), press.value.standard];
      const { question, answer, cites, branch } = await standards.one(scope, replaces);
      const about = { question, cites, answer, branches: [branch.id] };
      return { ...(await standards.draft(scope, about)), replaces };
    },
    reply: show,
  });

  bot.onPress(saveStandard, async ({ value, form, from: person, reader }) => {
    const { question, answer, source } = filledIn.parse(form);
    if (!source) throw new Refusal('PART_MISSING', { part: 'source' });
    const { branch, replaces } = value;
    const scope = await roster.asSecretaryAnywhere(person);
    const saved = await standards.save(scope, { branch, question, answer, source, replaces });
    if (value.feedback) await feedback.finish(scope, value.feedback);
    return { replace: savedCard(reader, saved), toast: savedToast(reader, saved) };
  });
}
