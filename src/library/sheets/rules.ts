import type { Cell, Row } from './types.ts';

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

const [narrowest, widest] = [8, 48];

/** How wide the columns of these rows are: a Chinese character takes the place of two letters. */
export function widthsOf(rows: readonly Row[]): number[] {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? narrowest, widthOf(cell))));
  return widths.map((width) => Math.min(width, widest));
}

const widthOf = (cell: Cell) => String(cell).replace(/[^\x00-\xff]/g, 'xx').length + 2;

/** A file's name that every system takes. */
export function fileName(name: string): string {
  const safe = name
    .replace(/[\\/:*?"<>|\p{Cc}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return `${[...safe].slice(0, 60).join('')}.xlsx`;
}
