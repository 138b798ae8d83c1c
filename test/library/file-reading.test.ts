import { afterAll, expect, it } from 'vitest';
import { createFileReading } from '../../src/library/files/file-reading.ts';
import { bankSource } from '../../src/library/banks/bank-file.ts';
import { documentSource } from '../../src/library/shelf/document-file.ts';
import { createReadAsDocument } from '../../src/library/folder/read-as-document.ts';
import { pdfOfStreams } from '../support/office.ts';

const reading = createFileReading({ ms: 5_000, memoryMb: 256, idleMs: 1_000 });
const read = createReadAsDocument(reading);
afterAll(() => reading.close());
const utf8 = (text: string) => new TextEncoder().encode(text);

it('reads in order what is asked at once', async () => {
  const names = ['a.md', 'b.md', 'c.md'];
  const found = await Promise.all(names.map((name) => read(name, utf8(`正文 ${name}`))));
  expect(found.map(({ title }) => title)).toEqual(['a', 'b', 'c']);
});

it('refuses a damaged file, and reads the next', async () => {
  const damaged = read('a.md', utf8('> '.repeat(8_000) + 'x'));
  await expect(damaged).rejects.toMatchObject({ code: 'FILE_DAMAGED' });
  await expect(read('b.md', utf8('正文'))).resolves.toMatchObject({ title: 'b' });
});

it('takes a bank of questions for no document', async () => {
  const bank = utf8('问题\nA. 甲\nB. 乙\nANSWER: A\n');
  await expect(read('a.txt', bank)).rejects.toMatchObject({ code: 'FILE_KIND' });
  await expect(
    reading.read([documentSource, bankSource], { name: 'a.txt', bytes: bank }),
  ).resolves.toMatchObject({
    kind: 'bank',
  });
});

it('gives up a file that takes too long, and reads those that wait behind it', async () => {
  const heavy = read('a.html', utf8('<div>'.repeat(300_000) + 'x'));
  const behind = read('b.md', utf8('正文'));
  await expect(heavy).rejects.toMatchObject({ code: 'FILE_TOO_HEAVY' });
  await expect(behind).resolves.toMatchObject({ title: 'b' });
});

it('gives up a file that needs too much memory', async () => {
  const small = createFileReading({ ms: 15_000, memoryMb: 24, idleMs: 1_000 });
  const heavy = createReadAsDocument(small)('a.txt', utf8('第一条 内容。\n\n'.repeat(400_000)));
  await expect(heavy).rejects.toMatchObject({ code: 'FILE_TOO_HEAVY' });
  await small.close();
});

it('gives up a .pdf that unpacks to more than it may hold', async () => {
  const small = createFileReading({ ms: 600_000, memoryMb: 100, idleMs: 1_000 });
  const bomb = pdfOfStreams([Buffer.alloc(300 * 1024 * 1024, ' ')]);
  await expect(createReadAsDocument(small)('a.pdf', bomb)).rejects.toMatchObject({
    code: 'FILE_TOO_HEAVY',
  });
  await expect(createReadAsDocument(small)('b.md', utf8('正文'))).resolves.toMatchObject({
    title: 'b',
  });
  await small.close();
});
