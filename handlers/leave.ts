import {
  leaveLine,
  leaveRound,
  leaveToast,
  madeUpLine,
  madeUpToast,
  makeUpRound,
} from '../cards/leave.ts';
import { missingLine, missingToast } from '../cards/meeting.ts';
import { chooseRoundCard } from '../cards/rounds.ts';
import type { Bot } from '../src/bot/bot.ts';
import { meetingKind, type Meetings } from '../src/meetings/service.ts';
import type { Rounds } from '../src/rounds/service.ts';

/** 请假 and 补: what somebody says about a round they do not, or did not, take part in. */
export function registerLeave(
  bot: Bot,
  { rounds, meetings }: { rounds: Rounds; meetings: Meetings },
) {
  bot.onCommand('leave', async ({ from, place, at, parts, reader }) => {
    const { round: number, why: text } = parts;
    const meant = await rounds.numbered(from, place, number, 'member');
    if (meant.length > 1)
      return { card: chooseRoundCard(reader, meant, (round) => leaveRound.with({ round, text })) };
    const given = { why: text, place: place.kind };
    const leaving = { round: meant[0].id, person: from, text, at };
    if (meant[0].kind === meetingKind.name)
      return { text: missingLine(reader, await meetings.notGoing(leaving), given) };
    const leave = await rounds.leave(leaving);
    return { text: leaveLine(reader, leave, given) };
  });

  bot.onPress(leaveRound, async ({ from, place, at, value, reader }) => {
    const given = { why: value.text, place: place.kind };
    const leaving = { ...value, person: from, at };
    const { kind } = await rounds.find(value.round);
    if (kind === meetingKind.name)
      return { toast: missingToast(reader, await meetings.notGoing(leaving), given) };
    const leave = await rounds.leave(leaving);
    return { toast: leaveToast(reader, leave, given) };
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
