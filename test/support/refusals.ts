import { readdirSync } from 'node:fs';
import { refusalWords } from '../../cards/bot/refusal.ts';
import { pressedLine } from '../../cards/bot/pressed.ts';
import { createBot, type Bot, type BotNeeds } from '../../src/bot/bot.ts';
import type { AnySentences } from '../../src/bot/refusals.ts';
import { openLog } from '../../src/base/log.ts';
import { handClock } from './clock.ts';
import { commands } from './commands.ts';

/** The sentences of all topics, as their cards export them. */
async function allSentences(): Promise<AnySentences[]> {
  const files = readdirSync('cards', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .sort();
  const cards = await Promise.all(
    files.map((file) => {
      const [area, topic] = file.replace('.ts', '').split('/');
      return import(`../../cards/${area}/${topic}.ts`) as Promise<Record<string, unknown>>;
    }),
  );
  const named = cards.flatMap((each) => Object.entries(each));
  return named.flatMap(([name, value]) =>
    name.endsWith('Refusals') ? [value as AnySentences] : [],
  );
}
const sentences = await allSentences();

/** A bot that has the words of every refusal and does nothing yet. */
export function speakingBot(needs: Partial<BotNeeds> = {}): Bot {
  const clock = handClock(new Date('2026-11-25T16:30:00+08:00'));
  const usual = { clock, locale: 'zh-CN', zone: 'Asia/Shanghai', log: openLog('silent') } as const;
  const bot = createBot({ ...usual, refusal: refusalWords, pressed: pressedLine, ...needs });
  for (const each of sentences) bot.says(each);
  return bot;
}

/** The bot with all other commands known as well, so that it can speak of them. */
export function knowing(bot: Bot): Bot {
  bot.comesLater(...commands.all().filter(({ name }) => !bot.commands.find(name)));
  return bot;
}
