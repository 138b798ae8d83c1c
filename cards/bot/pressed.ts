import type { Reader } from '../../src/bot/talk.ts';
import { inBoth } from './words.ts';

const words = inBoth('好了，请看新消息', 'Done: please see the new message');

/** For whoever pressed a button whose effect stands in the chat, not on the card. */
export const pressedLine = ({ locale }: Reader): string => words[locale];
