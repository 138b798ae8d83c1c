import { contentWords } from '../words/words.ts';

/** How a question that leans on the one before begins, and how it may end. */
const lead =
  /^(?:那么|那(?!些|里|时|个时候|天|年)|还有|另外|以及|换成|如果是|要是|(?:and\b|what about|how about|what if)\s*(?:it|that|the)?)[，,、\s]*/iu;
const tail = /(?:又)?(?:呢|呐|怎么样)?[？?！!。.\s]*$/u;
const pronoun = /^(?:它|他|她|这个|这些|其中|其|该|上面(?:的|说的)?|刚才(?:的|说的)?)(?:们)?的?/u;
/** Longer ones say by themselves what they ask; English takes more letters. */
const longest = (question: string) => (/\p{Script=Han}/u.test(question) ? 24 : 60);
const asks =
  /什么|怎么|怎样|如何|为什么|为何|谁|哪|几|多少|多久|多长|是否|吗|能不能|可不可以|要不要|有没有|when|where|who|what|why|how/iu;

/**
 * A question made whole by the one before it, or undefined where it stands on its own: 那正式党员呢 after
 * 预备党员有哪些权利 asks 正式党员有哪些权利.
 */
export function followUp(question: string, earlier: string): string | undefined {
  const said = question.trim();
  if ([...said].length > longest(said)) return undefined;
  const rest = said.replace(lead, '');
  const isLed = rest !== said;
  const topic = rest.replace(tail, '').replace(pronoun, '').trim();
  const isAbout = /[呢呐][？?！!。.\s]*$/u.test(said) || pronoun.test(rest);
  const words = contentWords(topic);
  if (words.length === 0) return asks.test(said) ? `${subjectOf(earlier)}${said}` : undefined;
  if (!isLed && !isAbout) return undefined;
  const before = contentWords(earlier);
  // With a question of its own it lacks at most what the talk was about.
  if (asks.test(topic))
    return words.some((word) => before.some((each) => isLike(word, each)))
      ? topic
      : `${subjectOf(earlier)}${topic}`;
  const there = before
    .filter((word) => isLike(words.at(-1) ?? '', word) && !words.includes(word))
    .sort((one, other) => other.length - one.length)[0];
  return there ? earlier.replace(there, topic) : `${topic} ${earlier}`;
}

/** 支委会 and 党员大会 are things of one kind, as their last character tells. */
const isLike = (one: string, other: string) =>
  one === other || (one.at(-1) === other.at(-1) && /\p{Script=Han}$/u.test(one));

/** What a question was about: its longer words, without its asking and how often. */
const subjectOf = (question: string) =>
  contentWords(question)
    .filter((word) => [...word].length > 1 && !/^[一二三四五六七八九十两几每多]+.?$/u.test(word))
    .map((word) => (/^[\w-]+$/.test(word) ? `${word} ` : word))
    .join('');
