import { describe, expect, it } from 'vitest';
import { unzipped } from '../../src/library/files/unzipped.ts';
import { readWorkbook } from '../../src/library/files/workbook.ts';
import { workbookOf, type Written } from '../support/workbook.ts';
import { zipOf } from '../support/zip.ts';

const rowsOf = async (written: Written) => (await readWorkbook(workbookOf(written)))[0]?.rows;
const inline = (at: string, text: string) =>
  `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`;
const row = (...cells: string[]) => `<row r="1">${cells.join('')}</row>`;

describe('the sheets of a workbook', () => {
  it('hold inline and shared strings, plain, painted and with a reading beside them', async () => {
    const strings = `<si><t>普通</t></si><si><r><t>粗</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 体</t></r></si>
      <si><t>东京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></si>`;
    const shared = [0, 1, 2].map((i) => `<c t="s"><v>${i}</v></c>`);
    const cells = [...shared, '<c t="inlineStr"><is><t>a&amp;b&#10;c_x000D_d</t></is></c>'];
    expect(await rowsOf({ strings, rows: `<row>${cells.join('')}</row>` })).toEqual([
      { row: 1, cells: ['普通', '粗 体', '东京', 'a&b\nc\nd'] },
    ]);
  });

  it('hold what was last computed, and nothing where that is a fault', async () => {
    const cells = [
      '<c t="str"><f>"x"&amp;"y"</f><v>xy</v></c>',
      '<c><f>1+1</f><v>2</v></c><c><f>1+2</f></c><c t="e"><f>1/0</f><v>#DIV/0!</v></c>',
      '<c t="str"><v>007</v></c><c><v>123456789012</v></c><c><v>0.30000000000000004</v></c>',
    ];
    expect((await rowsOf({ rows: row(...cells) }))?.[0]?.cells).toEqual([
      ...['xy', '2', '', '', '007', '123456789012', '0.3'],
    ]);
  });

  it.each<[string, number | string, number, string]>([
    ['a share', '0%', 0.5, '50%'],
    ['a fraction', '# ?/?', 0.75, '3/4'],
    ['money', '[$¥-804]#,##0.00', 1234.5, '¥1,234.50'],
    ['a number with zeros before it', '000', 7, '007'],
    ['a number with words around it', '"第"0"题"', 12, '第12题'],
    ['a number in Chinese', '[DBNum1][$-804]General', 46204, '46204'],
    ['a time', 20, 1 / 3, '8:00'],
    ['a day without a year', 'm"月"d"日"', 46204, '7月1日'],
    ['a day with its year', 'yyyy"年"m"月"d"日";@', 46204, '2026年7月1日'],
    ['a day in the short form of the machine', 14, 46204, '2026-07-01'],
    ['a day in a form that only Chinese programs have', 31, 46204, '2026-07-01'],
    [
      'a day in the long form of the machine',
      '[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy',
      46204,
      '2026-07-01',
    ],
    ['a weekday', 'aaaa', 46204, '2026-07-01'],
  ])('show %s', async (_, format, value, shown) => {
    const written = { formats: [format], rows: row(`<c s="1"><v>${value}</v></c>`) };
    expect(await rowsOf(written)).toEqual([{ row: 1, cells: [shown] }]);
  });

  it('count days from 1904 where the workbook says so', async () => {
    const written = {
      before: '<workbookPr date1904="1"/>',
      formats: [14, 'm"月"d"日"', 'aaaa'],
      rows: row(...[1, 2, 3].map((style) => `<c s="${style}"><v>44742</v></c>`)),
    };
    expect((await rowsOf(written))?.[0]?.cells).toEqual(['2026-07-01', '7月1日', '2026-07-01']);
  });

  it('repeat what stands in merged cells as far as there are rows, and are read when hidden', async () => {
    const rows = `<row r="1">${inline('A1', '单选')}${inline('B1', '甲')}</row><row r="3">${inline('C3', '乙')}</row>`;
    const after = '<mergeCells><mergeCell ref="A1:A9"/><mergeCell ref="C3:D3"/></mergeCells>';
    expect(await rowsOf({ rows, after, state: 'hidden' })).toEqual([
      { row: 1, cells: ['单选', '甲'] },
      { row: 2, cells: ['单选'] },
      { row: 3, cells: ['单选', '', '乙', '乙'] },
    ]);
  });

  it('end at the column that nobody fills, wherever their last cell is', async () => {
    const rows = `<row r="1048576">${inline('A1048576', '底')}${inline('XFD1048576', '角')}</row>`;
    const found = await rowsOf({ rows });
    expect(found).toMatchObject([{ row: 1_048_576 }]);
    expect(found?.[0]?.cells).toHaveLength(64);
  });

  it.each([
    ['an old workbook', 'Workbook', 'FILE_OLD_KIND'],
    ['a workbook with a password', 'EncryptedPackage', 'FILE_LOCKED'],
  ])('are not read from %s under the new name', async (_, holds, code) => {
    const content = [Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from(holds, 'utf16le')];
    await expect(readWorkbook(Buffer.concat(content))).rejects.toMatchObject({ code });
  });

  it('are missing from a zip of something else', async () => {
    await expect(readWorkbook(zipOf({ 'a.txt': 'x' }))).rejects.toMatchObject({
      code: 'FILE_DAMAGED',
    });
  });
});

describe('a zip', () => {
  const zip = Buffer.from(zipOf({ 'a.xml': 'x'.repeat(500), '../图.png': 'y'.repeat(500) }));
  /** The same with another two bytes at this place of each head in the directory. */
  const altered = (at: number, value: number) => {
    const copy = Buffer.from(zip);
    for (
      let head = copy.indexOf('PK\x01\x02');
      head >= 0;
      head = copy.indexOf('PK\x01\x02', head + 1)
    )
      copy.writeUInt16LE(value, head + at);
    return copy;
  };

  it('gives the parts that are asked for, whatever the others are called', async () => {
    const parts = await unzipped(zip, /\.xml$/);
    expect([...parts].map(([name, { length }]) => [name, length])).toEqual([['a.xml', 500]]);
  });

  it('may have something behind its end', async () => {
    expect((await unzipped(Buffer.concat([zip, Buffer.alloc(100)]), /./)).size).toBe(2);
  });

  it.each([
    ['holds more than it may in all', zip, 999, 'FILE_TOO_HEAVY'],
    ['says that it holds less', altered(24, 1), 999, 'FILE_TOO_HEAVY'],
    ['has a password', altered(8, 1), 9999, 'FILE_LOCKED'],
    ['is packed in a way that nobody else knows', altered(10, 77), 9999, 'FILE_DAMAGED'],
    ['is torn', zip.subarray(0, -10), 9999, 'FILE_DAMAGED'],
  ])('that %s is refused', async (_, bytes, limit, code) => {
    await expect(unzipped(bytes, /./, limit)).rejects.toMatchObject({ code });
  });
});
