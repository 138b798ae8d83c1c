import exceljs from 'exceljs';
import { harmless } from './rules.ts';
import type { Cell, SheetPlan } from './types.ts';

export { fileName } from './rules.ts';

/** An .xlsx of these sheets. What people wrote is text in it and nothing else: no cell computes. */
export async function workbookOf(plans: readonly SheetPlan[]): Promise<Uint8Array> {
  const book = new exceljs.Workbook();
  for (const { name, rows } of plans) {
    const sheet = book.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] });
    for (const row of rows) sheet.addRow(row.map(harmless));
    sheet.getRow(1).font = { bold: true };
    sheet.columns.forEach((column, i) => (column.width = widthOf(rows.map((row) => row[i]))));
  }
  return new Uint8Array(await book.xlsx.writeBuffer());
}

const [narrowest, widest] = [8, 48];

/** Wide enough for what stands in the column; a Chinese character takes the place of two letters. */
function widthOf(cells: readonly (Cell | undefined)[]): number {
  const widths = cells.map((cell = '') => String(cell).replace(/[^\x00-\xff]/g, 'xx').length + 2);
  const most = widths.reduce((one, other) => Math.max(one, other), narrowest);
  return Math.min(most, widest);
}
