import { quotationsIn } from './quotation-marks.ts';

/** A part of a sentence with the numbers that it cites: what stands before a run of marks rests on these. */
export interface Claim {
  text: string;
  /** As the model counts, from 1. */
  cites: number[];
}

/** A sentence as the model said it, taken apart. */
export interface Draft {
  /** Without markup and marks of citations. */
  text: string;
  claims: Claim[];
  /** All numbers cited, each once. */
  cites: number[];
  /** A line of a list. */
  isItem: boolean;
  /** What follows stands on a line of its own. */
  endsLine: boolean;
}

/** Longer than any sentence: cut here, to be dropped. */
const longest = 1_000;
const ends = /[。！？!?]/u;
/** Marks of citations, ends and closing marks that still belong to the sentence before them. */
const tail = /^(?:[。！？!?”’」』）)"*_\s]|[[［【]\s*\^?\d[\d\s,，、;；^~–-]*[\]］】])*/u;
/** A mark whose other half has not come yet. */
const half = /^[[［【][\d\s,，、;；^~–-]*$/u;
const citation = /[[［【]\s*\^?(\d{1,3}(?:\s*[,，、;；~–-]\s*\^?\d{1,3})*)\s*[\]］】]/gu;
const lineMark =
  /^(?:>\s*)*(?:#{1,6}\s+)?([-*+•·]\s+|\d{1,2}(?:\.(?!\d)|[、)）])\s*|[一二三四五六七八九十]{1,3}、)?/u;
const invisible = /[\p{Cf}\p{Cc}\p{Cs}]+/gu;
/** In front of a full stop that ends nothing. */
const abbreviation = /(?:\b(?:art|no|sec|ch|par|e\.g|i\.e|etc|vs|mr|mrs|dr)|\d)$/i;

/** Cuts a model's words into sentences as they come. A line's end ends a sentence, a stop in a quotation does not. */
export function createSplitter() {
  let held = '';
  const next = (isLast: boolean): string | undefined => {
    const end = endOf(held, isLast);
    if (end < 0) return undefined;
    const sentence = held.slice(0, end);
    held = held.slice(end);
    return sentence;
  };
  const all = (isLast: boolean): string[] => {
    const found: string[] = [];
    for (let each = next(isLast); each !== undefined; each = next(isLast)) found.push(each);
    return found;
  };
  return {
    /** The sentences that are complete with this piece. */
    add(piece: string): string[] {
      held += piece;
      return all(false);
    },
    /** What is left when no more comes: the complete ones, and with `isWhole` also one without an end. */
    rest(isWhole: boolean): string[] {
      const complete = all(true);
      if (isWhole && held.trim() !== '') complete.push(held);
      held = '';
      return complete;
    },
  };
}

/** Where the first sentence of `text` ends, or -1 while that cannot be told. */
function endOf(text: string, isLast: boolean): number {
  for (let i = 0; i < text.length; i += 1) {
    if (text[i] === '\n') return i + 1;
    if (i >= longest) return i;
    if (!isStop(text, i, isLast) || !quotationsIn(text.slice(0, i)).isWhole) continue;
    const end = i + 1 + (tail.exec(text.slice(i + 1))?.[0].length ?? 0);
    const line = text.slice(i + 1, end).indexOf('\n');
    if (line >= 0) return i + 1 + line + 1;
    const isOpen = end === text.length || half.test(text.slice(end));
    return isOpen && !isLast ? -1 : end;
  }
  return -1;
}

function isStop(text: string, at: number, isLast: boolean): boolean {
  if (ends.test(text.charAt(at))) return true;
  if (text[at] !== '.' || abbreviation.test(text.slice(Math.max(0, at - 5), at))) return false;
  const after = text.slice(at + 1, at + 2);
  return after === '' ? isLast : /[\s[［【"”’]/u.test(after);
}

/** A sentence taken apart; undefined for one that says nothing. */
export function draftOf(raw: string): Draft | undefined {
  const line = raw.replace(invisible, (each) => (/\s/.test(each) ? ' ' : '')).trim();
  const mark = lineMark.exec(line);
  const bare = line
    .slice(mark?.[0].length ?? 0)
    .replace(/\*\*|__|~~/g, '')
    .replace(/\*([^*]+)\*/g, '$1');
  const claims = claimsOf(bare);
  const text = tidy(claims.map((claim) => claim.text).join(''));
  if (!/[\p{L}\p{N}]/u.test(text)) return undefined;
  const cites = [...new Set(claims.flatMap((claim) => claim.cites))];
  return { text, claims, cites, isItem: mark?.[1] !== undefined, endsLine: /\n\s*$/.test(raw) };
}

/** A mark inside a quotation is part of what is quoted. */
function claimsOf(text: string): Claim[] {
  const { quoted } = quotationsIn(text);
  const isQuoted = (at: number) => quoted.some(({ start, end }) => at > start && at < end);
  const claims: Claim[] = [];
  let from = 0;
  for (const match of text.matchAll(citation)) {
    if (isQuoted(match.index)) continue;
    const before = text.slice(from, match.index);
    const last = claims.at(-1);
    const cites = numbersIn(match[1] ?? '');
    if (last && before.trim() === '') last.cites.push(...cites);
    else claims.push({ text: before, cites });
    from = match.index + match[0].length;
  }
  const rest = text.slice(from);
  return rest === '' ? claims : [...claims, { text: rest, cites: [] }];
}

/** `1, 3-5` as 1, 3, 4, 5. */
function numbersIn(list: string): number[] {
  return list.split(/[,，、;；]/u).flatMap((part) => {
    const [from = 0, to = from] = (part.match(/\d+/g) ?? []).map(Number);
    return Array.from({ length: Math.min(Math.max(to - from, 0), 9) + 1 }, (_, i) => from + i);
  });
}

const tidy = (text: string) =>
  text
    .replace(/\s+/gu, ' ')
    .replace(/\s+(?=[，。；：！？、.,;:!?])/gu, '')
    .replace(/([。！？!?])\1+/gu, '$1')
    .trim();
