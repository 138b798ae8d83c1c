import { keepBack, keptBackToast } from '../cards/vain.ts';
import type { Bot } from '../src/bot/bot.ts';
import type { Vain } from '../src/vain/service.ts';

/** 不转告: a question that found no answer is not told to the secretary. */
export function registerVain({ bot, vain }: { bot: Bot; vain: Vain }) {
  bot.onPress(keepBack, async ({ value, from, reader }) => {
    const isKept = await vain.takeBack(from, value.asked);
    return { toast: keptBackToast(reader, isKept) };
  });
}
