import {
  leaveLine,
  leaveRound,
  leaveToast,
  madeUpLine,
  madeUpToast,
  makeUpRound,
} from '../../cards/rounds/leave.ts';
import type { KnownFeatures } from '../../cards/rounds/round-feature.ts';
import type { Bot } from '../../src/bot/bot.ts';
import type { RoundId } from '../../src/base/ids.ts';
import type { Roster } from '../../src/people/roster/service.ts';
import type { Rounds } from '../../src/rounds/service.ts';
import { both } from '../../src/bot/both.ts';
import { defineCommand } from '../../src/bot/command.ts';
import { longestReason } from '../../src/bot/parts/line.ts';
import { maybe } from '../../src/bot/parts/part.ts';
import { round } from '../../src/bot/parts/round.ts';
import { text } from '../../src/bot/parts/text.ts';
import { longestAnswer } from '../../src/base/text.ts';
import { createMeantRound } from './meant-round.ts';

/** 我想请假去接孩子: what is said beside it is the reason. */
const reasonIn = (text: string) =>
  text
    .replace(
      /^(?:我|本人)?(?:今天|明天)?(?:要|想|得|需要|申请)*(?:请(?:个|一?[天次下]|半天)?假|告假)[\s,，。]*/,
      '',
    )
    .replace(/[。!！~]+$/, '');

export const leaveCommand = defineCommand({
  name: 'leave',
  word: both('请假', 'leave'),
  who: 'member',
  does: both('请假', 'asks for leave'),
  example: both('请假 12 出差', 'leave 12 travelling'),
  inOwnWords: {
    ofSelf:
      /^(?:我|本人)?.{0,12}?(?:要|想|得|需要|申请)?(?:请(?:个|一?[天次下]|半天)?假|告假)(?!的|.{0,3}(?:制度|条|单|表|手续|记录))|(?:我|本人).{0,20}(?:来不了|参加不了|去不了|到不了|不能参加|无法参加|赶不[上过]来|赶不回)|i (?:want|need|would like) to (?:ask|take) (?:for )?leave|i can.?t (?:come|attend|make it)/i,
    rest: reasonIn,
  },
  parts: { round: round(), why: maybe(text(both('原因', 'why'), { limit: longestReason })) },
});

export const makeUpCommand = defineCommand({
  name: 'makeup',
  word: both('补', 'makeup'),
  who: 'member',
  does: both('补做', 'makes up for it'),
  example: both('补 12 已自学', 'makeup 12 studied on my own'),
  isEveryday: true,
  inOwnWords: { ofSelf: /^我?(?:想|要|来)*补(?:签到?|学|课|做|打卡|一下|上)[!！。~]*$/ },
  parts: {
    round: round(),
    text: maybe(text(both('内容', 'text'), { limit: longestAnswer, lines: true })),
  },
});

interface LeaveParts {
  bot: Bot;
  rounds: Rounds;
  roster: Roster;
  kinds: KnownFeatures;
}

/** 请假 and 补: what somebody says about a round they do not, or did not, take part in. */
export function registerLeave({ bot, rounds, roster, kinds }: LeaveParts) {
  const meantRound = createMeantRound({ rounds, roster });

  bot.onCommand(leaveCommand, (said) => {
    const { from, place, at, reader } = said;
    const { round: number, why: text } = said.parts;
    const choice = (round: RoundId) => leaveRound.with({ round, text });
    return meantRound.ofMember(said, number, choice, async ({ id: round, kind }) => {
      const own = kinds.of(kind).leave;
      if (own) return own.byWord({ from, place, at, reader, round, text });
      const leave = await rounds.leaves.ask({ round, person: from, text, at });
      return { text: leaveLine(reader, leave, { why: text, place: place.kind }) };
    });
  });

  bot.onPress(leaveRound, async ({ value, ...speaker }) => {
    const { from: person, place, at, reader } = speaker;
    const own = kinds.of((await rounds.find(value.round)).kind).leave;
    if (own) return own.byPress({ ...speaker, ...value });
    const leave = await rounds.leaves.ask({ ...value, person, at });
    return { toast: leaveToast(reader, leave, { why: value.text, place: place.kind }) };
  });

  bot.onCommand(makeUpCommand, (said) => {
    const { from, at, parts, reader } = said;
    const { round: number, text } = parts;
    const choice = (round: RoundId) => makeUpRound.with({ round, text });
    return meantRound.ofMember(said, number, choice, async ({ id: round }) => {
      const madeUp = await rounds.makeups.record({ round, person: from, text, at });
      return { text: madeUpLine(reader, madeUp) };
    });
  });

  bot.onPress(makeUpRound, async ({ from, at, value, reader }) => ({
    toast: madeUpToast(reader, await rounds.makeups.record({ ...value, person: from, at })),
  }));
}
