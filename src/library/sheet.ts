import exceljs, { type CellValue, type Worksheet } from 'exceljs';
import { Refusal } from '../errors.ts';
import { oneLine } from '../line.ts';
import { letters, type RawRow } from './bank-row.ts';
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

/** The sheet of a question bank, as the form names it. */
export const bankSheet = '题库';
/** The sheet by which a questionnaire is known. */
const surveySheet = '问卷';
const columns = {
  kind: '题型',
  text: '题干',
  answer: '答案',
  explanation: '解析',
  source: '出处',
  tags: '标签',
} as const;
const needed = [columns.kind, columns.text, columns.answer];

/** The questions of the sheet 题库, found by the names of its columns, wherever they stand. */
export function bankRows(sheets: Sheet[]): RawRow[] {
  const sheet = sheets.find(({ name }) => name === bankSheet);
  if (!sheet && sheets.some(({ name }) => name === surveySheet)) throw new Refusal('SURVEY_LATER');
  if (!sheet) throw new Refusal('SHEET_UNKNOWN', { sheet: bankSheet });
  const [head, ...rows] = sheet.rows;
  if (!head) throw new Refusal('BANK_EMPTY');
  const names = head.cells.map((cell) => oneLine(cell).normalize('NFKC'));
  const missing = needed.filter((name) => !names.includes(name));
  if (missing.length > 0) throw new Refusal('COLUMNS_MISSING', { columns: missing.join('\n') });
  const place = (name: string) => names.findIndex((each) => each.toUpperCase() === name);
  return rows.map(({ row, cells }) => {
    const cell = (name: string) => cells[place(name)] ?? '';
    const { kind, text, answer, explanation, source, tags } = columns;
    return {
      row,
      kind: cell(kind),
      text: cell(text),
      options: letters.map(cell),
      answer: cell(answer),
      explanation: cell(explanation),
      source: cell(source),
      tags: cell(tags),
    };
  });
}
