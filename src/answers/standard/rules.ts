import { comparable, isPair, plainForm, questionTerms } from '../words/words.ts';

/** One spelling for questions that are the same but for signs and spaces. */
export const plainQuestion = (question: string) =>
  plainForm(question).replace(/[\s\p{P}\p{S}]/gu, '');

/** Said or left out, a question asks the same. */
const light = new Set(
  '享有 具有 拥有 包括 包含 具体 主要 究竟 到底 一般 通常 开 召开 举行 请教 咨询 there any have has our my me i you we'.split(
    ' ',
  ),
);

/** Asks whether; what asks otherwise in words that would count as the question's own. */
const asksWhether =
  /是否|能否|可否|([能会要该是用])不\1|可不可以|应不应该|需不需要|有没有|没有吗/gu;
const asksOtherwise = /多长时间|多少时间|什么(?:时[候间]|地方|原因|人)|哪些人|哪个部门/gu;

/** The words that tell a question from others. */
export const tellingTerms = (question: string): string[] =>
  questionTerms(plainForm(question).replace(asksWhether, ' ').replace(asksOtherwise, ' ')).filter(
    (term) => !isPair(term) && !light.has(term),
  );

/** What is asked for: `党费交多少`, `党费怎么交` and `谁交党费` have the same words. The first that fits counts. */
const kinds = [
  {
    kind: 'whether',
    like: /是否|能否|可否|([能会要该是用])不\1|可不可以|应不应该|需不需要|有没有|没有吗|[吗嘛]$|(?<![什怎])么$|^(?:is|are|do|does|did|can|may|must|should|has|have)\b/u,
  },
  {
    kind: 'amount',
    like: /多少|多大|多高|多长|多久|多远|几[个名人次天年月日条项周票届种位元]|how (?:many|much|long|often|old)/u,
  },
  { kind: 'when', like: /什么时[候间]|何时|哪[一]?[年天月日]|几时|几号|\bwhen\b/u },
  // 谁领导支部 and 支部领导谁 have the same words.
  { kind: 'whom', like: /(?<![是由归])谁$/u },
  { kind: 'who', like: /谁|哪位|何人|什么人|哪些人|哪个部门|\bwhom?\b/u },
  { kind: 'where', like: /哪里|哪儿|何处|什么地方|\bwhere\b/u },
  { kind: 'why', like: /为什么|为何|什么原因|\bwhy\b/u },
  { kind: 'how', like: /怎么|怎样|如何|\bhow\b/u },
] as const;

const kindOf = (plain: string) => kinds.find(({ like }) => like.test(plain))?.kind ?? 'what';

const negation = /[不没未无非勿别]|\b(?:not|no|never|without)\b|n't/gu;
const negations = (plain: string) => plain.replace(asksWhether, '').match(negation)?.length ?? 0;

/**
 * Whether two questions ask the same: the same words in any order, the same asked for, and as often a
 * "not". One word more or less is another question, as 正式 for 预备: an approved answer to the wrong one
 * would be worse than none.
 */
export function asksTheSame(one: string, other: string): boolean {
  if (plainQuestion(one) === plainQuestion(other)) return plainQuestion(one) !== '';
  const [plainOne, plainOther] = [bare(one), bare(other)];
  if (kindOf(plainOne) !== kindOf(plainOther)) return false;
  if (negations(plainOne) !== negations(plainOther)) return false;
  const [terms, others] = [tellingTerms(one), tellingTerms(other)];
  if (terms.length === 0 || others.length === 0) return false;
  return covers(other, others, terms) && covers(one, terms, others);
}

const bare = (question: string) =>
  plainForm(question)
    .replace(/[\s。？?！!．.]+$/u, '')
    .trim();

/** Every one of `terms` stands in the question: as a word of it, within one, or in its parts. */
function covers(question: string, own: string[], terms: string[]): boolean {
  const known = new Set(own);
  const text = comparable(question);
  const isWithin = (part: string) => /^\p{Script=Han}+$/u.test(part) && text.includes(part);
  return terms.every(
    (term) => known.has(term) || isWithin(term) || partsOf(term, terms).every(isWithin),
  );
}

/** `入党介绍人` beside `入党` and `介绍` says no more than these and `人`. */
function partsOf(term: string, terms: string[]): string[] {
  const parts = terms.filter((each) => each !== term && each.length > 1 && term.includes(each));
  const rest = parts.reduce((left, part) => left.replace(part, ' '), term).replaceAll(' ', '');
  return parts.length > 0 ? [...parts, ...rest] : [term];
}
