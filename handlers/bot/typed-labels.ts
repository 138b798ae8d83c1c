import type { Bot } from '../../src/bot/bot.ts';
import type { Outbox } from '../../src/queue/outbox.ts';

/** The words on a button that was shown, typed, do what the button does. */
export const registerTypedLabels = ({ bot, outbox }: { bot: Bot; outbox: Outbox }) =>
  bot.onTypedLabel(({ text, place, from }) =>
    outbox.buttonTyped({ label: text.trim(), place, from }),
  );
