/** Thanks, greetings and 收到: nothing was asked. */
export type SmallTalk = 'thanks' | 'greeting' | 'received';

const words: Record<SmallTalk, string[]> = {
  thanks: [
    '谢谢',
    '感谢',
    '多谢',
    '谢了',
    '谢啦',
    '辛苦',
    '辛苦了',
    '麻烦了',
    '3q',
    'thanks',
    'thank you',
    'thank you very much',
    'many thanks',
    'thx',
    'ty',
    'cheers',
  ],
  greeting: [
    '你好',
    '您好',
    '大家好',
    '老师好',
    '书记好',
    '学伴好',
    '早',
    '早上好',
    '早安',
    '上午好',
    '中午好',
    '下午好',
    '晚上好',
    '晚安',
    '在吗',
    '在么',
    '在不在',
    '嗨',
    '哈喽',
    '哈啰',
    '再见',
    '不客气',
    '不用谢',
    '拜拜',
    '新年好',
    '节日快乐',
    'hi',
    'hello',
    'hey',
    'hi there',
    'hello there',
    'good morning',
    'good afternoon',
    'good evening',
    'good night',
    'bye',
    'goodbye',
    'see you',
  ],
  received: [
    '收到',
    '好的',
    '好',
    '好滴',
    '好嘞',
    '好吧',
    '行',
    '可以',
    '嗯',
    '嗯嗯',
    '哦',
    '了解',
    '明白',
    '知道了',
    '没问题',
    '已阅',
    '哈哈',
    '哈哈哈',
    '是的',
    '对',
    '不错',
    '真棒',
    '厉害',
    '赞',
    '强',
    '鼓掌',
    'ok',
    'okay',
    'k',
    'okk',
    'okok',
    'got it',
    'roger',
    'received',
    'noted',
    'sure',
    'fine',
    'great',
    'nice',
    'cool',
    'yes',
    'yep',
    'no problem',
    'will do',
    'lol',
    'haha',
  ],
};
const meaning = new Map(
  Object.entries(words).flatMap(([kind, list]) => list.map((word) => [word, kind as SmallTalk])),
);
const longestFirst = [...meaning.keys()].sort((a, b) => b.length - a.length);
const between =
  /^(?:[\s\p{P}\p{S}\p{M}\p{Cf}]|学伴|你|您|啦|了|呀|哦|哈|啊|哟|呢|吧|们|大家|各位|同志|老师|书记|xueban|bot|all|everyone|very much|so much|a lot)+/iu;
const longest = 40;

/**
 * Thanks, greetings and 收到 in any mixture (`好的，谢谢！`), with emoji and without. Text with no letter or
 * digit in it, such as one emoji, counts as 收到.
 */
export function smallTalkIn(text: string): SmallTalk | undefined {
  if (text.length > longest) return undefined;
  if (!/[\p{L}\p{N}]/u.test(text)) return 'received';
  const kinds: SmallTalk[] = [];
  let rest = text.toLowerCase();
  while (rest) {
    const word = longestFirst.find((each) => startsWithWord(rest, each));
    const filler = word ?? between.exec(rest)?.[0];
    if (!filler) return undefined;
    if (word) kinds.push(meaning.get(word) ?? 'received');
    rest = rest.slice(filler.length).replace(between, '');
  }
  return (
    kinds.find((kind) => kind === 'thanks') ?? kinds.find((kind) => kind === 'greeting') ?? kinds[0]
  );
}

/** An English word must end where it ends: `hi` is not in `history`. */
function startsWithWord(text: string, word: string): boolean {
  if (!text.startsWith(word)) return false;
  return !/[a-z]$/.test(word) || !/^[a-z0-9]/.test(text.slice(word.length));
}
