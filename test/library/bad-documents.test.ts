import { describe, expect, it } from 'vitest';
import { readDocument } from '../../src/library/formats/read-document.ts';
import { docxOf, table } from '../support/office.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const textOf = async (name: string, content: string | Uint8Array) => {
  const read = await readDocument(name, typeof content === 'string' ? bytes(content) : content);
  return read.blocks.map(({ text }) => text).join('\n');
};

describe('a document that is odd', () => {
  it('has no marks that turn the direction of writing, so that no card is flipped', async () => {
    const text = await textOf('a.txt', '补学在\u202e两周\u202c内\u2066完成\u2069。\u200f');
    expect(text).toBe('补学在两周内完成。');
  });

  it.each([
    ['a.md', '| 月份 | 内容 |\n| --- | --- |\n| 一月 | 党课 |\n'],
    [
      'a.html',
      '<table><tr><td>月份</td><td>内容</td></tr><tr><td>一月</td><td>党课</td></tr></table>',
    ],
    [
      'a.docx',
      docxOf([
        table([
          ['月份', '内容'],
          ['一月', '党课'],
        ]),
      ]),
    ],
  ])('may hold a table and nothing else: %s', async (name, content) => {
    expect(await textOf(name, content)).toBe('月份 | 内容\n一月 | 党课');
  });

  it('is read even where it is nested deeper than any real document', async () => {
    const deep = `${'<div>'.repeat(2_000)}<p>补学在两周内完成。</p>${'</div>'.repeat(2_000)}`;
    expect(await textOf('a.html', deep)).toBe('补学在两周内完成。');
  });

  it.each([
    ['a.txt', '', 'FILE_EMPTY'],
    ['a.md', ' \n\n', 'FILE_EMPTY'],
    ['a.txt', Uint8Array.from({ length: 4000 }, (_, i) => (i * 7919) % 256), 'FILE_DAMAGED'],
    ['a.docx', bytes('PK\u0003\u0004 and then nothing'), 'FILE_DAMAGED'],
    ['a.pdf', bytes('%PDF-1.7 and then nothing'), 'FILE_DAMAGED'],
  ])('that holds nothing to read is refused: %s %#', async (name, content, code) => {
    await expect(textOf(name, content)).rejects.toMatchObject({ code });
  });
});
