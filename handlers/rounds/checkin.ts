import type { Bot } from '../../src/bot/bot.ts';
import {
  answerCheckin,
  answeredLine,
  answeredToast,
  checkinCard,
  checkinFace,
  chooseCheckinCard,
} from '../../cards/rounds/checkin.ts';
import type { Speaker, RoundFeatures } from '../../cards/rounds/round-feature.ts';
import { openedCard } from '../../cards/rounds/rounds.ts';
import { checkinKind, type Checkins } from '../../src/rounds/checkin/service.ts';
import { Refusal } from '../../src/base/errors.ts';
import type { BranchId } from '../../src/base/ids.ts';
import type { Roster } from '../../src/people/roster/service.ts';
import type { Rounds } from '../../src/rounds/service.ts';
import { subjectOf } from '../../src/rounds/rules.ts';
import type { AskedRound } from '../../src/rounds/types.ts';
import { checkinAnswerCommand, checkinOpenCommand } from './checkin-commands.ts';

interface CheckinParts {
  bot: Bot;
  checkins: Checkins;
  rounds: Rounds;
  roster: Roster;
  kinds: RoundFeatures;
}

/**
 * 打卡: its card goes to the group; a tap or the word answers it. Where no check-in asks a person the word may sign
 * them in to a meeting.
 */
export function registerCheckin({ bot, checkins, rounds, roster, kinds }: CheckinParts) {
  kinds.add({ kind: checkinKind, face: checkinFace });

  bot.onCommand(checkinOpenCommand, async ({ from, place, parts, reader }) => {
    const round = await checkins.open({ ...(await roster.acting(from, place)), ...parts });
    const content = { card: checkinCard(reader, round) };
    const send = [{ to: { chat: round.chat }, content, subject: subjectOf(round) }];
    return place.kind === 'group' ? { send } : { send, card: openedCard(reader, round) };
  });

  bot.onCommand(checkinAnswerCommand, async (said) => {
    const { from: person, place, at, reader } = said;
    const branches = await roster.branchesMeant(person, place);
    const { rounds: askingRounds, isNone } = await checkins.roundsAsking({ person, branches, at });
    const [first, ...more] = askingRounds;
    if (!first) return elsewhere(said, branches, isNone);
    const answered = await checkins.answerOne([first, ...more], { person, at });
    if (!Array.isArray(answered)) return { text: answeredLine(reader, answered) };
    // In a group the card does not tell what the person has answered.
    const isOffered = (round: AskedRound) => place.kind === 'group' || !round.answered;
    return { card: chooseCheckinCard(reader, answered.filter(isOffered)) };
  });

  /** What the word means to another kind where no check-in asks this person. */
  async function elsewhere(speaker: Speaker, branches: BranchId[], isNone: boolean) {
    for (const { signIn } of kinds.all()) {
      const reply = await signIn?.(speaker, branches);
      if (reply) return reply;
    }
    throw new Refusal(isNone ? 'NO_OPEN_ROUND' : 'NOT_IN_ROUND');
  }

  bot.onPress(answerCheckin, async ({ from, value, at, reader }) => {
    const answered = await rounds.answers.give({
      ...value,
      person: from,
      at,
      kind: checkinKind.name,
    });
    return { toast: answeredToast(reader, answered) };
  });
}
