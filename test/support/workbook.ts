import { zipOf } from './zip.ts';

const kinds = 'http://schemas.openxmlformats.org';
const main = `xmlns="${kinds}/spreadsheetml/2006/main"`;
const sheetPath = 'xl/worksheets/sheet1.xml';

export interface Written {
  /** The rows in the file's own words. */
  rows: string;
  /** What follows the rows. */
  after?: string;
  /** What stands before the list of sheets. */
  before?: string;
  /** The shared strings. */
  strings?: string;
  /** The formats of numbers; the style of a cell is the place of its format here, from 1. */
  formats?: readonly (number | string)[];
  state?: 'hidden';
}

/** An .xlsx word for word, as programs write it that are not at hand. */
export function workbookOf(written: Written): Uint8Array {
  const { rows, after = '', before = '', strings = '', formats = [], state = 'visible' } = written;
  const part = (name: string, type: string) =>
    `<Override PartName="/${name}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${type}+xml"/>`;
  const related = (id: number, type: string, target: string) =>
    `<Relationship Id="r${id}" Type="${kinds}/officeDocument/2006/relationships/${type}" Target="${target}"/>`;
  const relations = (...all: string[]) =>
    `<Relationships xmlns="${kinds}/package/2006/relationships">${all.join('')}</Relationships>`;
  return zipOf({
    '[Content_Types].xml': `<Types xmlns="${kinds}/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>${part('xl/workbook.xml', 'sheet.main')}${part(sheetPath, 'worksheet')}${part('xl/sharedStrings.xml', 'sharedStrings')}${part('xl/styles.xml', 'styles')}</Types>`,
    '_rels/.rels': relations(related(1, 'officeDocument', 'xl/workbook.xml')),
    'xl/workbook.xml': `<workbook ${main} xmlns:r="${kinds}/officeDocument/2006/relationships">${before}<sheets><sheet name="题库" sheetId="1" state="${state}" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(
      related(1, 'worksheet', 'worksheets/sheet1.xml'),
      related(2, 'sharedStrings', 'sharedStrings.xml'),
      related(3, 'styles', 'styles.xml'),
    ),
    [sheetPath]: `<worksheet ${main}><sheetData>${rows}</sheetData>${after}</worksheet>`,
    'xl/sharedStrings.xml': `<sst ${main}>${strings}</sst>`,
    'xl/styles.xml': stylesOf(formats),
  });
}

function stylesOf(formats: readonly (number | string)[]): string {
  const own = formats.map((format, i) =>
    typeof format === 'string'
      ? `<numFmt numFmtId="${200 + i}" formatCode="${format.replaceAll('"', '&quot;')}"/>`
      : '',
  );
  const styles = formats.map((format, i) => {
    const id = typeof format === 'string' ? 200 + i : format;
    return `<xf numFmtId="${id}" applyNumberFormat="1"/>`;
  });
  return `<styleSheet ${main}><numFmts>${own.join('')}</numFmts><cellXfs><xf numFmtId="0"/>${styles.join('')}</cellXfs></styleSheet>`;
}
