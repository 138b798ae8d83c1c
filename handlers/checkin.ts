import type { Bot } from '../src/bot/bot.ts';
import {
  answerCheckin,
  answeredLine,
  answeredToast,
  checkinCard,
  chooseCheckinCard,
} from '../cards/checkin.ts';
import { arrivedLine } from '../cards/meeting.ts';
import { openedCard } from '../cards/rounds.ts';
import type { Checkins } from '../src/checkin/service.ts';
import type { Meetings } from '../src/meetings/service.ts';
import type { Roster } from '../src/roster/service.ts';
import type { Rounds } from '../src/rounds/service.ts';
import { subjectOf, type AskedRound } from '../src/rounds/types.ts';

interface CheckinParts {
  bot: Bot;
  checkins: Checkins;
  meetings: Meetings;
  rounds: Rounds;
  roster: Roster;
}

/** 打卡: its card goes to the group; a tap or the word answers it. The word signs in to a meeting as well. */
export function registerCheckin({ bot, checkins, meetings, rounds, roster }: CheckinParts) {
  bot.onCommand('checkinOpen', async ({ from, place, parts, reader }) => {
    const round = await checkins.open({ ...(await roster.acting(from, place)), ...parts });
    const content = { card: checkinCard(reader, round) };
    const send = [{ to: { chat: round.chat }, content, subject: subjectOf(round) }];
    return place.kind === 'group' ? { send } : { send, card: openedCard(reader, round) };
  });

  bot.onCommand('checkinAnswer', async ({ from, place, at, reader }) => {
    const asking = { person: from, branches: await roster.meant(from, place), at };
    const signed = await meetings.signInHere(asking);
    if (signed) return { text: arrivedLine(reader, signed, place.kind) };
    const answered = await checkins.answerHere(asking);
    if (!Array.isArray(answered)) return { text: answeredLine(reader, answered) };
    // In a group the card does not tell what the person has answered.
    const isOffered = (round: AskedRound) => place.kind === 'group' || !round.answered;
    return { card: chooseCheckinCard(reader, answered.filter(isOffered)) };
  });

  bot.onPress(answerCheckin, async ({ from, value, at, reader }) => {
    const answered = await rounds.answer({ ...value, person: from, at, kind: 'checkin' });
    return { toast: answeredToast(reader, answered) };
  });
}
