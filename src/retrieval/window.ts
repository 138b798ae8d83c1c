import { comparable, isPair, plainForm } from './words.ts';

export interface Window {
  start: number;
  end: number;
  /** Share of the question's weight that stands in the window, title and heading included at part value. */
  coverage: number;
}

const sentence = /[^。！？!?；;\n]*[。！？!?；;\n]+[”’」』）)]*|[^。！？!?；;\n]+$/gu;
// A word of the question in the title says what the passage is about, not that it answers.
const titleShare = 0.75;

/** The two neighbouring sentences that cover the question best. */
export function bestWindow(text: string, title: string, rarity: Map<string, number>): Window {
  const words = [...rarity].filter(([term]) => !isPair(term));
  const whole = words.reduce((sum, [, weight]) => sum + weight, 0) || 1;
  const named = comparable(title);
  const pieces = sentencesOf(text);
  const held = pieces.map(({ start, end }) => comparable(text.slice(start, end)));
  let best: Window = { start: 0, end: pieces[0]?.end ?? text.length, coverage: -1 };
  for (let i = 0; i < Math.max(pieces.length, 1); i += 1) {
    const covered = words.reduce((sum, [term, weight]) => {
      if (held[i]?.includes(term) || held[i + 1]?.includes(term)) return sum + weight;
      return named.includes(term) ? sum + weight * titleShare : sum;
    }, 0);
    const end = pieces[i + 1]?.end ?? pieces[i]?.end ?? text.length;
    const coverage = covered / whole;
    if (coverage > best.coverage + 1e-9) best = { start: pieces[i]?.start ?? 0, end, coverage };
  }
  return trimmed(text, best);
}

function sentencesOf(text: string): { start: number; end: number }[] {
  return [...text.matchAll(sentence)]
    .map((match) => ({ start: match.index, end: match.index + match[0].length }))
    .filter(({ start, end }) => text.slice(start, end).trim() !== '');
}

function trimmed(text: string, { start, end, coverage }: Window): Window {
  const piece = text.slice(start, end);
  const left = piece.length - piece.trimStart().length;
  return { start: start + left, end: start + piece.trimEnd().length, coverage };
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
