import { keepBack, keptBackToast } from '../../cards/answers/unanswered.ts';
import type { Bot } from '../../src/bot/bot.ts';
import type { Cleaning } from '../../jobs/night/clean.ts';
import {
  registerTellWeek,
  registerTellWeekHeld,
  type TellWeekNeeds,
} from '../../jobs/answers/tell-week.ts';

/** 不转告: a question that found no answer is not told to the secretary; what is told, on Monday. */
export function registerVain(parts: TellWeekNeeds & { bot: Bot; cleaning: Cleaning }) {
  const { bot, vain, roster, cleaning } = parts;
  registerTellWeek(parts);
  registerTellWeekHeld(parts);
  cleaning.on((before) => vain.forgetOld(before));
  bot.onPress(keepBack, async ({ value, from, reader }) => {
    const own = (await roster.branchesOf(from)).map(({ id }) => id);
    const isKept = await vain.takeBack(own, value.asked);
    return { toast: keptBackToast(reader, isKept) };
  });
}
