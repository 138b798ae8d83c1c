import { quietLine, quietRefusals } from '../../cards/people/quiet.ts';
import type { Bot } from '../../src/bot/bot.ts';
import { clockRange, type ClockTime } from '../../src/bot/parts/clock.ts';
import type { Quiet } from '../../src/people/quiet/service.ts';
import { both } from '../../src/bot/both.ts';
import { defineCommand } from '../../src/bot/command.ts';
import { ways } from '../../src/bot/parts/ways.ts';

export const quietCommand = defineCommand({
  name: 'quiet',
  word: both('勿扰', 'quiet'),
  who: 'anyone',
  does: both('设免打扰时间', 'your quiet hours'),
  example: both('勿扰 21:00-8:00', 'quiet 21:00-8:00'),
  glued: (rest) => /^(?:\d|关闭?$)/.test(rest),
  inOwnWords: {
    todo: /(?:不要|别|不想|停止|关掉|不用|勿)(?:再|老|总)*.{0,4}(?:给我|跟我|向我|收到?|让我)?.{0,4}(?:发|推送?|收|打扰|骚扰|烦|吵|提醒)(?:我|了)?.{0,4}(?:消息|通知|提醒|信息|东西)?(?:了|我)?[吧啊!！。~]*$|免打扰|stop (?:sending|messaging|bothering)/i,
  },
  parts: {
    set: ways({
      on: { parts: { hours: clockRange() } },
      off: { word: both('关', 'off'), also: ['关闭'] },
    }),
  },
});

const minutes = ({ hour, minute }: ClockTime) => hour * 60 + minute;

/** 勿扰: when somebody wants no reminders. */
export function registerQuiet({ bot, quiet }: { bot: Bot; quiet: Quiet }) {
  bot.says(quietRefusals);
  bot.onCommand(quietCommand, async ({ from, parts, reader }) => {
    if (parts.set === 'on') {
      const { from: begin, to: end } = parts.hours;
      const hours = await quiet.set(from, minutes(begin), minutes(end));
      return { text: quietLine(reader, hours) };
    }
    await quiet.switchOff(from);
    return { text: quietLine(reader, undefined) };
  });
}
