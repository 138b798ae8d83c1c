import {
  automaticNudgeWords,
  nudgeRefusals,
  reminders,
  startedLine,
} from '../../cards/rounds/nudges.ts';
import { nudgeRound } from '../../cards/rounds/rounds.ts';
import type { Offers } from '../../cards/people/settings.ts';
import type { Bot } from '../../src/bot/bot.ts';
import type { Place, Reader, Reply } from '../../src/bot/talk.ts';
import { Refusal } from '../../src/base/errors.ts';
import type { MessageId, RoundId } from '../../src/base/ids.ts';
import type { Cleaning } from '../../jobs/night/clean.ts';
import {
  registerReportNudge,
  reportNudge,
  type ReportNudgeNeeds,
} from '../../jobs/rounds/report-nudge.ts';
import { registerSendHeld, type SendHeldNeeds } from '../../jobs/rounds/send-held.ts';
import { registerRemindOfEnd, type RemindOfEndNeeds } from '../../jobs/rounds/remind-of-end.ts';
import { automaticNudges } from '../../src/rounds/nudges/settings.ts';
import { subjectOfNudge } from '../../src/rounds/nudges/rules.ts';
import type { SecretaryScope } from '../../src/people/roster/types.ts';
import type { Round } from '../../src/rounds/types.ts';
import { both } from '../../src/bot/both.ts';
import { defineCommand } from '../../src/bot/command.ts';
import { maybe } from '../../src/bot/parts/part.ts';
import { round } from '../../src/bot/parts/round.ts';
import { createMeantRound } from './meant-round.ts';

export const nudgeCommand = defineCommand({
  name: 'nudge',
  word: both('催办', 'nudge'),
  who: 'secretary',
  does: both('私下提醒还没完成的人', 'reminds in private'),
  example: both('催办 12', 'nudge 12'),
  inOwnWords: {
    todo: /^(?:帮我|麻烦|请|快|再)*(?:催(?:办?一?下|一催|催|促)?|提醒(?:一?下)?)(?:他们|大家|没.{0,10}的(?:人|同志)?|还没.{0,10}|未.{0,10}的(?:人|同志)?)?(?:一下)?[吧啊呗!！。~]*$|^(?:nudge|remind) (?:them|everyone|those)/i,
  },
  parts: { round: maybe(round()) },
});

type NudgesParts = ReportNudgeNeeds &
  SendHeldNeeds &
  RemindOfEndNeeds & { bot: Bot; offers: Offers; cleaning: Cleaning };
interface NudgeRequest {
  scope: SecretaryScope;
  place: Place;
  message?: MessageId;
  reader: Reader;
}

/** 催办: reminds in private those a round waits for; whoever asked hears counts, first and last. */
export function registerNudges(parts: NudgesParts) {
  const { bot, nudges, rounds, roster, kinds, offers, cleaning } = parts;
  const meantRound = createMeantRound(parts);
  bot.says(nudgeRefusals);
  registerReportNudge(parts);
  registerSendHeld(parts);
  registerRemindOfEnd(parts);
  offers.add({ setting: automaticNudges, words: automaticNudgeWords });
  cleaning.on((before) => nudges.forget(before(1)));

  async function nudge(
    { scope, place, message, reader }: NudgeRequest,
    meant: Round[],
  ): Promise<Reply> {
    const nudge = await nudges.nudge(scope, meant);
    const { id, now, lately, held, unreached } = nudge;
    const text = startedLine(reader, nudge);
    if (now.length === 0) return { text };
    const passed = { lately, held, unreached };
    await reportNudge(parts, { nudge: id, chat: place.id, message, ...passed });
    return { text, send: reminders(reader, kinds, now, meant, subjectOfNudge(id)) };
  }

  /** All that is open in the branch a command given here acts in. */
  async function openHere({ scope, place }: NudgeRequest): Promise<Round[]> {
    const open = await rounds.openOf(scope);
    const { branch } = await roster.branchHere(scope.by, place);
    const here = open.filter((round) => round.branch.id === branch.id);
    if (open.length === 0) throw new Refusal('NOTHING_OPEN');
    return here.length > 0 ? here : open;
  }

  const choice = (round: RoundId) => nudgeRound.with({ round });
  bot.onCommand(nudgeCommand, async (said) => {
    const { from, place, parts, reader } = said;
    const message = place.kind === 'group' ? said.message : undefined;
    if (parts.round !== undefined)
      return meantRound.ofSecretary(said, parts.round, choice, (round, scope) =>
        nudge({ scope, place, reader, message }, [round]),
      );
    const scope = await roster.asSecretaryHere(from, place);
    const request = { scope, place, reader, message };
    return nudge(request, await openHere(request));
  });

  bot.onPress(nudgeRound, async ({ from, place, value, reader }) => {
    const { round, scope } = await meantRound.pressed(from, value.round);
    return nudge({ scope, place, reader }, [round]);
  });
}
