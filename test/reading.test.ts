import { afterAll, expect, it } from 'vitest';
import { createReading } from '../src/library/reading.ts';
import { pdfOfStreams } from './support/office.ts';

const reading = createReading({ ms: 5_000, memoryMb: 256, idleMs: 1_000 });
afterAll(() => reading.close());
const utf8 = (text: string) => new TextEncoder().encode(text);

it('reads in order what is asked at once', async () => {
  const names = ['a.md', 'b.md', 'c.md'];
  const read = await Promise.all(names.map((name) => reading.read(name, utf8(`正文 ${name}`))));
  expect(read.map(({ title }) => title)).toEqual(['a', 'b', 'c']);
});

it('refuses a damaged file, and reads the next', async () => {
  const damaged = reading.read('a.md', utf8('> '.repeat(8_000) + 'x'));
  await expect(damaged).rejects.toMatchObject({ code: 'FILE_DAMAGED' });
  await expect(reading.read('b.md', utf8('正文'))).resolves.toMatchObject({ title: 'b' });
});

it('takes a bank of questions for no document', async () => {
  const bank = utf8('问题\nA. 甲\nB. 乙\nANSWER: A\n');
  await expect(reading.read('a.txt', bank)).rejects.toMatchObject({ code: 'FILE_KIND' });
  await expect(reading.readSent('a.txt', bank)).resolves.toMatchObject({ is: 'bank' });
});

it('gives up a file that takes too long, and reads those that wait behind it', async () => {
  const heavy = reading.read('a.html', utf8('<div>'.repeat(300_000) + 'x'));
  const behind = reading.read('b.md', utf8('正文'));
  await expect(heavy).rejects.toMatchObject({ code: 'FILE_TOO_HEAVY' });
  await expect(behind).resolves.toMatchObject({ title: 'b' });
});

it('gives up a file that needs too much memory', async () => {
  const small = createReading({ ms: 15_000, memoryMb: 24, idleMs: 1_000 });
  const heavy = small.read('a.txt', utf8('第一条 内容。\n\n'.repeat(400_000)));
  await expect(heavy).rejects.toMatchObject({ code: 'FILE_TOO_HEAVY' });
  await small.close();
});

it('gives up a .pdf that unpacks to more than it may hold', async () => {
  const small = createReading({ ms: 600_000, memoryMb: 100, idleMs: 1_000 });
  const bomb = pdfOfStreams([Buffer.alloc(300 * 1024 * 1024, ' ')]);
  await expect(small.read('a.pdf', bomb)).rejects.toMatchObject({ code: 'FILE_TOO_HEAVY' });
  await expect(small.read('b.md', utf8('正文'))).resolves.toMatchObject({ title: 'b' });
  await small.close();
});
