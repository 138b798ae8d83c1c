import { Refusal } from '../../base/errors.ts';
import type { Sheet } from '../files/workbook.ts';
import { oneLine } from '../../base/text.ts';
import { letters, type RawRow } from './question-row.ts';

/** The sheet of a question bank, as the form names it. */
export const bankSheet = '题库';
/** The sheet by which a questionnaire is known. */
export const surveySheet = '问卷';
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
  if (!sheet) throw new Refusal('SHEET_UNKNOWN', { sheets: bankSheet });
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
