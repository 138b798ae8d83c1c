import { quietLine, quietRefusals } from '../cards/quiet.ts';
import type { Bot } from '../src/bot/bot.ts';
import type { ClockTime } from '../src/bot/commands.ts';
import type { Quiet } from '../src/quiet/service.ts';

const minutes = ({ hour, minute }: ClockTime) => hour * 60 + minute;

/** 勿扰: when somebody wants no reminders. */
export function registerQuiet({ bot, quiet }: { bot: Bot; quiet: Quiet }) {
  bot.says(quietRefusals);
  bot.onCommand('quiet', async ({ from, parts, reader }) => {
    if (parts.set === 'on') {
      const hours = await quiet.set(from, minutes(parts.from), minutes(parts.to));
      return { text: quietLine(reader, hours) };
    }
    await quiet.switchOff(from);
    return { text: quietLine(reader, undefined) };
  });
}
