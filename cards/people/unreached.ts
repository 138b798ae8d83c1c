import type { Reader } from '../../src/bot/talk.ts';
import { inBoth } from '../bot/words.ts';

const words = inBoth(
  '不过你收不到我的私信：请先打开和我的对话，发我一句「我的」，再来一次。',
  'But my private messages do not reach you: please open our private chat, send me “me”, then try again.',
);

/** Under what a group hears of something that was meant for this person's private chat. */
export const unreachedLine = ({ locale }: Reader): string => words[locale];
