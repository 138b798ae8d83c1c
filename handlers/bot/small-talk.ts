import { smallTalkLine } from '../../cards/bot/small-talk.ts';
import type { Bot } from '../../src/bot/bot.ts';
import { Refusal } from '../../src/base/errors.ts';

/** Thanks and greetings get a line in private and nothing in a group; what cannot be read gets a line on what can. */
export function registerSmallTalk({ bot }: { bot: Bot }) {
  bot.onSmallTalk(({ place, reader, smallTalk }) =>
    Promise.resolve(place.kind === 'group' ? {} : { text: smallTalkLine(reader, smallTalk) }),
  );

  bot.onOther(() => Promise.reject(new Refusal('MESSAGE_KIND')));
}
