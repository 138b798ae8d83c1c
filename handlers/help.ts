import { helpCard, runCommand, showUsage, usageCard, usageToast } from '../cards/help.ts';
import type { Bot } from '../src/bot/bot.ts';
import { commandTable } from '../src/bot/command-table.ts';
import type { Place } from '../src/bot/talk.ts';
import { Refusal } from '../src/errors.ts';
import type { PersonId } from '../src/ids.ts';
import type { Standing } from '../src/roster/types.ts';

/** Who a person is at a place; the roster knows. */
export interface Standings {
  standing(person: PersonId, place: Place): Promise<Standing>;
}

/** 帮助: what this person can do here, and how each command is written. */
export function registerHelp({ bot, roster }: { bot: Bot; roster: Standings }) {
  bot.onCommand('help', async ({ from, place, reader }) => {
    const standing = await roster.standing(from, place);
    return { card: helpCard(reader, { standing, place: place.kind }) };
  });

  bot.onPress(showUsage, ({ place, reader, value: { command } }) => {
    if (!commandTable[command].isThere) throw new Refusal('NOT_YET', { command });
    const content = usageToast(reader, command);
    const isAlone = place.kind === 'private';
    return Promise.resolve(
      isAlone ? { card: usageCard(reader, command) } : { toast: { type: 'info', content } },
    );
  });

  bot.onPress(runCommand, async (press) => {
    const { text, ...reply } = await bot.carryOut(press.value.command, press);
    if (text === undefined || press.place.kind === 'private') return { ...reply, text };
    // In the group it would stand under nobody's message: only the presser knows what it is about.
    return { ...reply, toast: { type: 'info', content: text } };
  });
}
