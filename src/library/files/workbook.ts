import * as xlsx from '@e965/xlsx';
import { Refusal } from '../../base/errors.ts';
import { oneLine } from '../../base/text.ts';
import { stopOldContainer } from './container.ts';
import { shownText } from './shown.ts';
import { unzipped } from './unzipped.ts';

export interface SheetRow {
  /** As the office program numbers it. */
  row: number;
  cells: string[];
}
export interface Sheet {
  name: string;
  rows: SheetRow[];
}

/** The sheets of an .xlsx with the text of their cells as shown; rows without any text are left out. */
export async function readWorkbook(bytes: Uint8Array): Promise<Sheet[]> {
  stopOldContainer(bytes, '.xls');
  const parts = await unzipped(bytes, /\.(?:xml|rels)$/i);
  try {
    const {
      SheetNames: names,
      Sheets: sheets,
      Workbook: book,
    } = xlsx.read(repacked(parts), reading);
    const isMac = book?.WBProps?.date1904 ?? false;
    return names.map((name) => ({ name: oneLine(name), rows: rowsOf(sheets[name], isMac) }));
  } catch (error) {
    throw new Refusal('FILE_DAMAGED', {}, { cause: error });
  }
}

const reading: xlsx.ParsingOptions = {
  ...{ type: 'buffer', dense: true, cellFormula: false, cellHTML: false, cellNF: true },
};

/** The reader would unpack without a limit and by other sizes than those of the directory: it is given what was unpacked. */
function repacked(parts: Map<string, Buffer>): Buffer {
  const { utils, write } = xlsx.CFB as Container;
  const zip = utils.cfb_new();
  for (const [name, content] of parts) utils.cfb_add(zip, name, content, { unsafe: true });
  return write(zip, { fileType: 'zip', type: 'buffer' });
}
interface Container {
  utils: {
    cfb_new(): object;
    cfb_add(zip: object, name: string, content: Buffer, options: { unsafe: boolean }): void;
  };
  write(zip: object, options: { fileType: 'zip'; type: 'buffer' }): Buffer;
}

function rowsOf(sheet: xlsx.WorkSheet | undefined, isMac: boolean): SheetRow[] {
  if (!sheet) throw new Error('A sheet could not be read');
  const cells = (sheet['!data'] ?? []).map((row) => textsOf(row, isMac));
  for (const merged of sheet['!merges'] ?? []) spread(cells, merged);
  const rows: SheetRow[] = [];
  cells.forEach((row, i) => {
    if (row.some((cell) => cell.trim())) rows.push({ row: i + 1, cells: row });
  });
  return rows;
}
const mostColumns = 64;

const textsOf = (row: (xlsx.CellObject | undefined)[], isMac: boolean): string[] =>
  Array.from({ length: Math.min(row.length, mostColumns) }, (_, i) => shownText(row[i], isMac));

/** The value of a merged cell counts for each cell it covers. */
function spread(rows: string[][], { s: from, e: to }: xlsx.Range): void {
  const text = rows[from.r]?.[from.c];
  if (!text) return;
  for (let r = from.r; r <= Math.min(to.r, rows.length - 1); r += 1) {
    const row = (rows[r] ??= []);
    for (let c = row.length; c < Math.min(from.c, mostColumns); c += 1) row[c] = '';
    for (let c = from.c; c <= Math.min(to.c, mostColumns - 1); c += 1) row[c] = text;
  }
}
