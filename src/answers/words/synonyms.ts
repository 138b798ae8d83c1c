import type { ReadSynonyms, SynonymFaultCode, SynonymGroup } from './types.ts';
import { plainForm } from './words.ts';

const between = /[\s、，,；;=＝/]+/u;
// Where a line has marks between its words, an English one may have spaces in it.
const marked = /[、，,；;=＝/]/u;
const marks = /\s*[、，,；;=＝/]\s*|(?<=\p{Script=Han})\s+|\s+(?=\p{Script=Han})/u;
const shortest = 2;
const longest = 30;
const mostWords = 20;

/**
 * Reads a list of synonyms: a group a line, its words apart by 、 , = or, where there is none of these, spaces; `whole > parts` counts one
 * way; what follows `#` is a comment.
 */
export function readSynonyms(text: string): ReadSynonyms {
  const read: ReadSynonyms = { groups: [], faults: [] };
  text.split('\n').forEach((raw, i) => {
    const said = raw.replace(/[#＃].*$/su, '').trim();
    if (said === '') return;
    const group = groupOf(said);
    if (typeof group === 'string') read.faults.push({ line: i + 1, code: group, said });
    else read.groups.push({ line: i + 1, ...group });
  });
  return read;
}

function groupOf(said: string): Omit<SynonymGroup, 'line'> | SynonymFaultCode {
  const [left = '', right, ...more] = said.split(/[>＞→]/u);
  const words = wordsIn(left);
  const parts = right === undefined ? [] : wordsIn(right).filter((part) => !words.includes(part));
  const all = [...words, ...parts];
  if (right !== undefined && (more.length > 0 || words.length === 0 || parts.length === 0))
    return 'no-parts';
  if (all.length < 2) return 'one-word';
  if (all.length > mostWords) return 'too-many';
  if (all.some((word) => lettersOf(word) < shortest)) return 'too-short';
  if (all.some((word) => [...word].length > longest)) return 'too-long';
  return parts.length > 0 ? { words, parts } : { words };
}

const wordsIn = (text: string) => {
  const line = plainForm(text).trim();
  return [...new Set(line.split(marked.test(line) ? marks : between).filter(Boolean))];
};
const lettersOf = (word: string) => word.match(/[\p{L}\p{N}]/gu)?.length ?? 0;

/** Another word for one of the question, and how well it stands for it, 0 to 1. */
export interface Other {
  word: string;
  worth: number;
}
/** For each word of a list the others that it brings. */
export type WordList = ReadonlyMap<string, readonly Other[]>;

// Who asks for the whole is answered by a part only in part.
const [sameWorth, partWorth] = [0.95, 0.6];

export function wordListOf(groups: readonly SynonymGroup[]): WordList {
  const list = new Map<string, Other[]>();
  for (const { words, parts = [] } of groups) {
    const others = [
      ...words.map((word) => ({ word, worth: sameWorth })),
      ...parts.map((word) => ({ word, worth: partWorth })),
    ];
    for (const word of words) {
      const kept = list.get(word) ?? [];
      const known = new Set([word, ...kept.map((each) => each.word)]);
      list.set(word, [...kept, ...others.filter((other) => !known.has(other.word))]);
    }
  }
  return list;
}

/** A word of the question that lists know, with its others. */
export interface Known {
  word: string;
  others: Other[];
}

/** The words of a question that these lists know, longer ones first, none within another. */
export function knownWords(question: string, lists: readonly WordList[]): Known[] {
  let rest = plainForm(question);
  const there = lists.flatMap((list) => [...list.keys()].filter((word) => rest.includes(word)));
  const found: Known[] = [];
  for (const word of [...new Set(there)].sort((one, other) => other.length - one.length)) {
    const left = rest.replaceAll(asAWord(word), '\n');
    if (left === rest) continue;
    rest = left;
    const others = lists.flatMap((list) => list.get(word) ?? []);
    found.push({ word, others: others.filter((other, i) => isFirst(others, other, i)) });
  }
  return found;
}

const isFirst = (others: Other[], { word }: Other, i: number) =>
  others.findIndex((other) => other.word === word) === i;

/** Chinese words are found anywhere in a text; Latin ones only as whole words: `app` is not part of `happy`. */
function asAWord(word: string): RegExp {
  const literally = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const [before, after] = [/^[a-z0-9]/.test(word), /[a-z0-9]$/.test(word)];
  return new RegExp(
    `${before ? '(?<![a-z0-9])' : ''}${literally}${after ? '(?![a-z0-9])' : ''}`,
    'gu',
  );
}
