import { Jieba } from '@node-rs/jieba';
import { dict } from '@node-rs/jieba/dict.js';
import { integerOf } from '../../base/chinese-numerals.ts';
import { domainWords } from './domain-words.ts';
import { simplify } from './script.ts';
import { particles, questionWords } from './stop-words.ts';

let segmenter: Jieba | undefined;

/** The word segmenter, made at its first use: its dictionary takes a moment to load. */
function jieba(): Jieba {
  if (segmenter) return segmenter;
  segmenter = Jieba.withDict(dict);
  segmenter.loadDict(Buffer.from(domainWords.map((word) => `${word} 20000 n`).join('\n')));
  return segmenter;
}

/** Bigrams are marked, so that they never meet a word of the same two characters. */
const pairMark = '~';
export const isPair = (term: string) => term.startsWith(pairMark);
/** A term without the mark of a pair. */
export const charactersOf = (term: string) => (isPair(term) ? term.slice(1) : term);

const ordinal =
  /第\s?([0-9]+|[零〇一二三四五六七八九十百千两]+)\s?([条章节编款项届次年])(之[一二三四五六七八九十])?/gu;

/** One spelling for a text, whatever its script, width and case. */
export const plainForm = (text: string) => simplify(text.normalize('NFKC').toLowerCase());

/** `plainForm` with ordinals in one spelling: a term of a question stands in it where it stands in the text. */
export const comparable = (text: string) =>
  plainForm(text).replace(ordinal, (_, number: string, unit: string, extra = '') => {
    return `第${integerOf(number)}${unit}${extra}`;
  });

/** What a text says, as terms: words as a searcher would cut them, pairs of characters, ordinals whole. */
export function termsOf(text: string): string[] {
  const terms: string[] = [];
  const rest = plainForm(text).replace(ordinal, (_, number: string, unit: string, extra = '') => {
    terms.push(`第${integerOf(number)}${unit}${extra}`);
    return '\n';
  });
  for (const word of jieba().cutForSearch(rest, true)) {
    if (/[\p{L}\p{N}]/u.test(word) && !particles.has(word)) terms.push(word);
  }
  for (const run of rest.match(/\p{Script=Han}{2,}/gu) ?? []) terms.push(...pairs(run));
  return terms;
}

/** The terms of a question: without the words that only ask, unless there is nothing else. */
export function questionTerms(question: string): string[] {
  const asked = plainForm(question);
  const bare = jieba()
    .cut(asked, true)
    .map((word) => (questionWords.has(word) || particles.has(word) ? '\n' : word))
    .join('');
  const terms = [...new Set(termsOf(bare))].filter((term) => !questionWords.has(term));
  return terms.length > 0 ? terms : [...new Set(termsOf(asked))];
}

/** What a word is looked for by: itself where it is one word, else its words and pairs of characters. */
export function coarseTerms(word: string): string[] {
  const plain = plainForm(word);
  const words = jieba()
    .cut(plain, true)
    .filter((each) => /[\p{L}\p{N}]/u.test(each) && !particles.has(each));
  if (words.length === 1) return words;
  return [...words, ...(plain.match(/\p{Script=Han}{2,}/gu) ?? []).flatMap(pairs)];
}

/** The words of a question that say what it is about, in their order, as they were written. */
export const contentWords = (question: string): string[] =>
  jieba()
    .cut(question, true)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .filter((word) => !questionWords.has(plainForm(word)) && !particles.has(plainForm(word)));

function pairs(run: string): string[] {
  const characters = [...run];
  return characters.slice(1).map((each, i) => `${pairMark}${characters[i]}${each}`);
}
