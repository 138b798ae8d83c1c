import type { Cell } from './types.ts';

/** Longer than this no office program takes a cell. */
const longest = 32_000;

/**
 * A cell that no office program runs as a formula, also after it was saved as .csv: an apostrophe
 * stands before what begins like one.
 */
export function harmless(cell: Cell): Cell {
  if (typeof cell === 'number') return cell;
  const text = [...cell].slice(0, longest).join('');
  return /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(text) ? `'${text}` : text;
}

/** A file's name that every system takes. */
export function fileName(name: string): string {
  const safe = name
    .replace(/[\\/:*?"<>|\p{Cc}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return `${[...safe].slice(0, 60).join('')}.xlsx`;
}
