import { type CellObject, SSF } from '@e965/xlsx';

/** The short form of a day, which looks otherwise on every machine, and the one in its place. */
const [short, day] = ['m/d/yy', 'yyyy-mm-dd'];

/**
 * What a cell shows, whether typed, computed, linked or painted; nothing for a fault. Days of a workbook
 * that was begun on an old Mac are counted from 1904.
 */
export function shownText(cell: CellObject | undefined, isMac: boolean): string {
  const { t: type, v: value } = cell ?? {};
  if (!cell || value === undefined || type === 'e' || type === 'z') return '';
  return type === 'n' ? shownNumber(cell, isMac) : String(value).replace(/\r\n?/g, '\n');
}

/**
 * As the office program shows it, but whole where it would be shortened, and in figures where it would write
 * a day or a number in words.
 */
function shownNumber({ v: value, w: shown = '', z }: CellObject, isMac: boolean): string {
  const { is_date: isDate, format: put } = SSF as Formats;
  // The forms that the Chinese Excel has by their number alone are read as short ones and not told.
  const format = String(z ?? (/^\d+\/\d+\/\d\d$/.test(shown) ? short : 'General'));
  const isWords = /aaa|\[DBNum/i.test(format);
  if (isDate(format) || /aaa/i.test(format)) {
    const isNamed = isWords || /\p{Script=Latin}/u.test(shown.replace(/[AP]M?$/, ''));
    const figures = isNamed ? day : format.replace(short, day);
    return put(figures, Number(value), { date1904: isMac });
  }
  const isShort = format === 'General' && shown.includes('E');
  return !shown || isWords || isShort ? String(value) : shown.trim();
}

interface Formats {
  is_date(format: string): boolean;
  format(format: string, value: number, options: { date1904: boolean }): string;
}
