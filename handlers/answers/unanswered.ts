import { keepBack, keptBackToast } from '../../cards/answers/unanswered.ts';
import type { Bot } from '../../src/bot/bot.ts';
import type { Cleaning } from '../../jobs/night/clean.ts';
import {
  registerTellWeek,
  registerTellWeekHeld,
  type TellWeekNeeds,
} from '../../jobs/answers/tell-week.ts';

/** 不转告: the secretaries are not told this question. All others they are told on Monday. */
export function registerUnanswered(parts: TellWeekNeeds & { bot: Bot; cleaning: Cleaning }) {
  const { bot, unanswered, roster, cleaning } = parts;
  registerTellWeek(parts);
  registerTellWeekHeld(parts);
  cleaning.on((before) => unanswered.forgetOld(before));
  bot.onPress(keepBack, async ({ value, from, reader }) => {
    const own = (await roster.branchesOf(from)).map(({ id }) => id);
    const isKept = await unanswered.takeBack(own, value.asked);
    return { toast: keptBackToast(reader, isKept) };
  });
}
