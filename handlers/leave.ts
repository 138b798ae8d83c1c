import {
  leaveLine,
  leaveRound,
  leaveToast,
  madeUpLine,
  madeUpToast,
  makeUpRound,
} from '../cards/leave.ts';
import { chooseRoundCard } from '../cards/rounds.ts';
import type { Bot } from '../src/bot/bot.ts';
import type { Rounds } from '../src/rounds/service.ts';

/** 请假 and 补: what somebody says about a round they do not, or did not, take part in. */
export function registerLeave(bot: Bot, { rounds }: { rounds: Rounds }) {
  bot.onCommand('leave', async ({ from, place, at, parts, reader }) => {
    const { round: number, why: text } = parts;
    const meant = await rounds.numbered(from, place, number, 'member');
    if (meant.length > 1)
      return { card: chooseRoundCard(reader, meant, (round) => leaveRound.with({ round, text })) };
    const leave = await rounds.leave({ round: meant[0].id, person: from, text, at });
    return { text: leaveLine(reader, leave, { why: text, place: place.kind }) };
  });

  bot.onPress(leaveRound, async ({ from, place, at, value, reader }) => {
    const leave = await rounds.leave({ ...value, person: from, at });
    return { toast: leaveToast(reader, leave, { why: value.text, place: place.kind }) };
  });

  bot.onCommand('makeup', async ({ from, place, at, parts, reader }) => {
    const { round: number, text } = parts;
    const meant = await rounds.numbered(from, place, number, 'member');
    if (meant.length > 1)
      return { card: chooseRoundCard(reader, meant, (round) => makeUpRound.with({ round, text })) };
    const madeUp = await rounds.makeUp({ round: meant[0].id, person: from, text, at });
    return { text: madeUpLine(reader, madeUp) };
  });

  bot.onPress(makeUpRound, async ({ from, at, value, reader }) => ({
    toast: madeUpToast(reader, await rounds.makeUp({ ...value, person: from, at })),
  }));
}
