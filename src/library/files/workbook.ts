import exceljs, { type CellValue, type Worksheet } from 'exceljs';
import { Refusal } from '../../base/errors.ts';
import { oneLine } from '../../base/line.ts';
import { checkUnzipped } from './unzipped.ts';

export interface SheetRow {
  /** As the office program numbers it. */
  row: number;
  cells: string[];
}
export interface Sheet {
  name: string;
  rows: SheetRow[];
}

/** The sheets of an .xlsx with the text of their cells; rows without any text are left out. */
export async function readWorkbook(bytes: Uint8Array): Promise<Sheet[]> {
  checkUnzipped(bytes);
  const book = new exceljs.Workbook();
  try {
    await book.xlsx.load(Uint8Array.from(bytes).buffer);
  } catch (error) {
    throw new Refusal('FILE_DAMAGED', {}, { cause: error });
  }
  return book.worksheets.map((sheet) => ({ name: oneLine(sheet.name), rows: rowsOf(sheet) }));
}

function rowsOf(sheet: Worksheet): SheetRow[] {
  const rows: SheetRow[] = [];
  sheet.eachRow((row, number) => {
    const cells: string[] = [];
    row.eachCell((cell, column) => {
      if (column <= mostColumns) cells[column - 1] = textOf(cell.value);
    });
    const filled = Array.from({ length: cells.length }, (_, i) => cells[i] ?? '');
    if (filled.some((cell) => cell.trim())) rows.push({ row: number, cells: filled });
  });
  return rows;
}
const mostColumns = 64;

/** What a cell shows, whether typed, computed, linked or painted. */
function textOf(value: CellValue): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value !== 'object') return String(value);
  if ('richText' in value) return value.richText.map(({ text }) => text).join('');
  if ('hyperlink' in value) return textOf(value.text);
  return 'result' in value ? textOf(value.result) : '';
}
