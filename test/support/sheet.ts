import exceljs from 'exceljs';

export const bankColumns = [
  ...['题型', '题干', 'A', 'B', 'C', 'D', 'E', 'F', '答案', '解析', '出处', '标签'],
];

/** An .xlsx with one sheet of these rows. */
export async function sheetOf(name: string, rows: unknown[][]): Promise<Uint8Array> {
  const book = new exceljs.Workbook();
  book.addWorksheet(name).addRows(rows);
  return new Uint8Array(await book.xlsx.writeBuffer());
}

/** A question bank as a secretary writes it: the columns of the form and these rows. */
export const bankSheet = (rows: unknown[][]) => sheetOf('题库', [bankColumns, ...rows]);

/** One row of it: kind, text, options, answer and what follows. */
export function bankRow(kind: string, text: string, options: string[], ...rest: unknown[]) {
  return [kind, text, ...Array.from({ length: 6 }, (_, i) => options[i] ?? ''), ...rest];
}
