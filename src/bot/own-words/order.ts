import type { Command } from '../command.ts';
import type { Commands } from '../commands.ts';
import { halfWidth } from '../text.ts';
import type { InOwnWords, WrittenIn } from './in-own-words.ts';

/** What somebody asked for in their own words. */
export interface Order {
  command: Command;
  /** The command as it would be typed. */
  line: string;
  how: 'todo' | 'toSee' | 'ofSelf';
}

/** So much is an order; who writes more tells or asks something. */
const longest = 120;
/** Somebody is asked to do it, so that a question's form is only polite: 能不能帮我发起一个签到？ */
const polite =
  /^(?:(?:你|您)?(?:能不能|能否|可不可以|可以|能|请|麻烦|劳驾|帮忙|快|赶紧)*(?:你|您)?(?:帮我|帮忙|给我|替我|为我|帮大家|给大家)|(?:can|could|would) you |please )/i;
/** A text with one of these asks what something is or how it goes. */
const asking =
  /[?？]\s*$|[吗么呢]\s*[?？。]?$|怎么|怎样|如何|要不要|该不该|需不需要|应不应该|会不会|算不算|什么|啥|哪些|哪个|哪里|为何|为什么|多少|是否|有没有|几[次天年个人名种条点]|谁|规定|要求|流程|程序|条件|意义|区别|依据|标准|^(?:how|what|why|when|who|which|where|is|are|do|does|may|must|should)\b/i;

/** The order that a text is, if it is one. */
export function orderIn(text: string, commands: Commands, written: WrittenIn): Order | undefined {
  const said = withoutAddress(halfWidth(text).trim());
  if (said === '' || said.length > longest) return undefined;
  const isAsking = asking.test(said) && !polite.test(said);
  const known = commands.all();
  const found =
    first(known, 'toSee', said) ??
    (isAsking ? undefined : (first(known, 'todo', said) ?? first(known, 'ofSelf', said)));
  if (!found) return undefined;
  const { command, how } = found;
  const rest = command.inOwnWords?.rest?.(said, written);
  const line = [command.word[written.locale], rest].filter(Boolean).join(' ');
  return { command, how, line };
}

function first(commands: Command[], how: Order['how'], said: string) {
  const fits = (words?: InOwnWords) => words?.[how]?.test(said) === true;
  const command = commands.find(({ inOwnWords }) => fits(inOwnWords));
  return command && { command, how };
}

/** Whom a sentence speaks to says nothing of what is wanted. */
const withoutAddress = (text: string) =>
  text.replace(/^(?:学伴|小伴|机器人|小助手|助手|xueban|bot)\s*[,，:：!！]?\s*/i, '');
