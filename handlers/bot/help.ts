import { helpCard, runCommand, showUsage, usageCard, usageToast } from '../../cards/bot/help.ts';
import type { Bot } from '../../src/bot/bot.ts';
import { both } from '../../src/bot/both.ts';
import { defineCommand } from '../../src/bot/command.ts';
import type { Place } from '../../src/bot/talk.ts';
import { Refusal } from '../../src/base/errors.ts';
import type { PersonId } from '../../src/base/ids.ts';
import type { Standing } from '../../src/people/roster/types.ts';

const isAtALoss =
  /你(?:都)?(?:能|会|可以)(?:做|干)?(?:什么|啥|哪些)|what can you do|使用说明|^(?:菜单|功能)$/i;

export const helpCommand = defineCommand({
  name: 'help',
  word: both('帮助', 'help'),
  who: 'anyone',
  does: both('看看能做什么', 'what I can do'),
  example: both('帮助', 'help'),
  isForgiving: true,
  isMeantBy: (text) => isAtALoss.test(text),
  parts: {},
  // Only the bot was called, or only people were named, or the person is at a loss.
  bare: ({ unnamed }) => (/^[?？\s]*$/.test(unnamed) ? {} : undefined),
});

/** Who a person is at a place; the roster knows. */
export interface Standings {
  standing(person: PersonId, place: Place): Promise<Standing>;
}

/** 帮助: what this person can do here, and how each command is written. */
export function registerHelp({ bot, roster }: { bot: Bot; roster: Standings }) {
  /** The command that a button names; a card may be older than a command's end. */
  function named(name: string) {
    const command = bot.commands.find(name);
    if (!command) throw new Refusal('BUTTON_UNKNOWN');
    if (command.isThere === false) throw new Refusal('NOT_YET', { command: name });
    return command;
  }

  bot.onCommand(helpCommand, async ({ from, place, reader }) => {
    const standing = await roster.standing(from, place);
    const commands = bot.commands.all();
    return { card: helpCard(reader, { standing, place: place.kind, commands }) };
  });

  bot.onPress(showUsage, async ({ place, reader, value }) => {
    const command = named(value.command);
    if (place.kind === 'private') return { card: usageCard(reader, command) };
    return { toast: { type: 'info', content: usageToast(reader, command) } };
  });

  bot.onPress(runCommand, async (press) => {
    const command = named(press.value.command);
    if (command.button?.does !== 'run') throw new Refusal('BUTTON_UNKNOWN');
    const { text, ...reply } = await bot.carryOut(command, press);
    if (text === undefined || press.place.kind === 'private') return { ...reply, text };
    // Sent to the presser in private: in the group nobody else would know what it refers to.
    return { ...reply, toast: { type: 'info', content: text } };
  });
}
