/** A kind of file that no feature has, in the reading thread: its toys are the lines of a text or the rows of a sheet. */
import { Refusal } from '../../src/base/errors.ts';
import type { OpenedFile } from '../../src/library/files/types.ts';

export interface Toys {
  title: string;
  lines: string[];
}

export async function read(file: OpenedFile): Promise<Toys> {
  const lines = file.ending === 'xlsx' ? await inSheet(file) : file.text().text.trim().split('\n');
  if (lines.includes('')) throw new Refusal('FILE_EMPTY');
  return { title: file.name, lines };
}

async function inSheet(file: OpenedFile): Promise<string[]> {
  const sheet = (await file.sheets()).find(({ name }) => name === '玩具');
  return (sheet?.rows ?? []).map(({ cells }) => cells[0] ?? '');
}
