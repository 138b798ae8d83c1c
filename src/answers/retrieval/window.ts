import { comparable, isPair, plainForm } from '../words/words.ts';

export interface Window {
  start: number;
  end: number;
  /** Share of the question's weight that stands in the window, title and heading included at part value. */
  coverage: number;
  /** Nothing in it looks like what the question asks for, such as a length of time. */
  misses: boolean;
}

const sentence = /[^。！？!?；;\n]*[。！？!?；;\n]+[”’」』）)]*|[^。！？!?；;\n]+$/gu;
// A word of the question in the title says what the passage is about, not that it answers.
const titleShare = 0.75;

/** A word of the question that is no part of a longer one in it, and the shorter words inside. */
interface AskedWord {
  word: string;
  weight: number;
  parts: { text: string; at: number }[];
}
// 预备 and 党员 are something of 预备党员, and not the thing itself.
const partShare = 0.5;

/** The words that a passage has to speak of, from the question's terms and how rare each is. */
export function askedWords(rarity: Map<string, number>): AskedWord[] {
  const words = [...rarity.keys()].filter((term) => !isPair(term));
  return words
    .filter((word) => !words.some((other) => other !== word && other.includes(word)))
    .map((word) => ({
      word,
      weight: rarity.get(word) ?? 0,
      parts: words
        .filter((part) => part !== word && word.includes(part))
        .map((part) => ({ text: part, at: word.indexOf(part) })),
    }));
}

interface WindowQuery {
  words: AskedWord[];
  /** A pattern of the kind of answer that is asked for. */
  expected?: RegExp;
}
// A little: between windows of like words it decides.
const expectedWorth = 0.1;

/** The two neighbouring sentences that cover the question best. */
export function bestWindow(text: string, title: string, { words, expected }: WindowQuery): Window {
  const whole = words.reduce((sum, { weight }) => sum + weight, 0) || 1;
  const named = comparable(title);
  const pieces = sentencesOf(text);
  const held = pieces.map(({ start, end }) => comparable(text.slice(start, end)));
  let best: Window = { start: 0, end: pieces[0]?.end ?? text.length, coverage: -1, misses: true };
  const worth = ({ coverage, misses }: Window) => coverage - (misses ? expectedWorth : 0);
  for (let i = 0; i < Math.max(pieces.length, 1); i += 1) {
    const both = `${held[i] ?? ''}\n${held[i + 1] ?? ''}`;
    const covered = words.reduce(
      (sum, each) => sum + each.weight * heldShare(each, both, named),
      0,
    );
    const end = pieces[i + 1]?.end ?? pieces[i]?.end ?? text.length;
    const start = pieces[i]?.start ?? 0;
    const misses = expected !== undefined && !expected.test(both);
    const window = { start, end, coverage: covered / whole, misses };
    if (worth(window) > worth(best) + 1e-9) best = window;
  }
  return trimmed(text, best);
}

/** How much of a word stands there, 0 to 1. */
function heldShare({ word, parts }: AskedWord, text: string, named: string): number {
  if (text.includes(word)) return 1;
  const there = parts.filter((part) => text.includes(part.text));
  const characters = new Set(there.flatMap(({ text: { length }, at }) => places(at, length)));
  const share = (partShare * characters.size) / word.length;
  return named.includes(word) ? Math.max(titleShare, share) : share;
}

const places = (at: number, length: number) => Array.from({ length }, (_, i) => at + i);

function sentencesOf(text: string): { start: number; end: number }[] {
  return [...text.matchAll(sentence)]
    .map((match) => ({ start: match.index, end: match.index + match[0].length }))
    .filter(({ start, end }) => text.slice(start, end).trim() !== '');
}

function trimmed(text: string, window: Window): Window {
  const { start, end } = window;
  const piece = text.slice(start, end);
  const left = piece.length - piece.trimStart().length;
  return { ...window, start: start + left, end: start + piece.trimEnd().length };
}

/** Share of the question's runs of three characters that stand word for word in the text. */
export function sharedRuns(question: string, text: string): number {
  const runs = (plainForm(question).match(/[\p{L}\p{N}]{3,}/gu) ?? []).flatMap(threes);
  if (runs.length === 0) return 0;
  const body = plainForm(text);
  return runs.filter((run) => body.includes(run)).length / runs.length;
}

function threes(run: string): string[] {
  const characters = [...run];
  return characters.slice(2).map((each, i) => `${characters[i]}${characters[i + 1]}${each}`);
}

const state = '中华人民共和国';

/**
 * How much of the question names this very document or heading, as a share of the question: a law asked for
 * by its name is not its implementing rules.
 */
export function namedShare(question: string, title: string): number {
  const asked = plainForm(question).replace(/\s/gu, '');
  const names = plainForm(title)
    .split(/[\s·《》]+/u)
    .map((name) => name.replace(state, ''))
    .filter((name) => name.length >= 3 && asked.includes(name));
  const longest = Math.max(0, ...names.map((name) => name.length));
  return longest / Math.max(asked.length, 1);
}
