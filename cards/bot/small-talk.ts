import type { SmallTalk } from '../../src/bot/small-talk.ts';
import type { Reader } from '../../src/bot/talk.ts';
import { inBoth } from './words.ts';

const replies = inBoth<Record<SmallTalk, string>>(
  {
    thanks: '不客气，有问题随时问我。',
    greeting: '你好，我是学伴。可以直接提问，或发「帮助」看看能做什么。',
    received: '好的。',
  },
  {
    thanks: "You're welcome. Ask me any time.",
    greeting: 'Hello, I am Xueban. Ask me a question, or send "help" to see what I can do.',
    received: 'All right.',
  },
);

/** One short line back, for private chats only. */
export const smallTalkLine = ({ locale }: Reader, smallTalk: SmallTalk): string =>
  replies[locale][smallTalk];
