import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  utimesSync,
  writeFileSync,
  truncateSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createLibrary, type Library } from '../../src/library/service.ts';
import type { PendingRemoval, NotTaken, RenewedDocument } from '../../src/library/types.ts';
import { openLog } from '../../src/base/log.ts';
import { createRetrieval } from '../../src/answers/retrieval/retrieval.ts';
import { handClock } from '../support/clock.ts';
import { freshDatabase } from '../support/database.ts';
import { reading } from '../support/threads.ts';

const { db, close } = await freshDatabase();
const clock = handClock('2026-03-02T10:00:00+08:00');
const retrieval = createRetrieval({ db });
let folder: string;
let library: Library;
let told: PendingRemoval[];
let renewed: RenewedDocument[];
let notTaken: NotTaken[];
const onNotTaken = (files: NotTaken[]) => Promise.resolve(void notTaken.push(...files));
const zone = 'Asia/Shanghai';
const onRenewed = (each: RenewedDocument) => Promise.resolve(void renewed.push(each));
const opened: Library[] = [];
const nobody = 65_534;

function open(): Library {
  const onPendingRemoval = (pending: PendingRemoval) => Promise.resolve(void told.push(pending));
  const log = openLog('silent');
  const own = { db, clock, zone, retrieval, reading, log, folder };
  const made = createLibrary({ ...own, onPendingRemoval, onRenewed, onNotTaken });
  opened.push(made);
  return made;
}

beforeEach(async () => {
  for (const each of opened.splice(0)) await each.stop();
  await db.client.document.deleteMany();
  await db.client.synonymList.deleteMany();
  folder = mkdtempSync(path.join(os.tmpdir(), 'corpus-'));
  told = [];
  renewed = [];
  notTaken = [];
  library = open();
});
afterAll(async () => {
  for (const each of opened) await each.stop();
  await close();
});

function put(name: string, content: string | Uint8Array = `# ${name}\n\n正文 ${name}。`) {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), content);
}
const take = (name: string) => rmSync(path.join(folder, name));
/** Takes away the right to read a file until the answer is called; root, who may read all, becomes somebody else. */
function withoutRights(name: string): () => void {
  const file = path.join(folder, name);
  chmodSync(folder, 0o755);
  chmodSync(file, 0);
  utimesSync(file, new Date(), new Date(0));
  const user = process.geteuid?.();
  if (user === 0) process.seteuid?.(nobody);
  return () => {
    if (user === 0) process.seteuid?.(user);
    chmodSync(file, 0o644);
  };
}
const sources = async () =>
  (
    await db.client.document.findMany({ where: { replacedById: null }, orderBy: { source: 'asc' } })
  ).map(({ source }) => source);
const ask = async (question: string) =>
  (await retrieval.search(question, { branches: [], day: dayOf(clock.now()) }, 5, 'words')).map(
    (hit) => hit.text,
  );
const dayOf = (at: Date) => at.toISOString().slice(0, 10);

describe('the folder of documents', () => {
  it('is read with its subfolders, and can be asked', async () => {
    put('制度/请假.md', '# 请假\n\n第一条 请假应当在活动开始前提出。\n\n第二条 补学在两周内完成。');
    put('b.txt');
    await library.sync();
    expect(await sources()).toEqual(['b.txt', '制度/请假.md']);
    expect(await ask('什么时候提出请假')).toContain('第一条 请假应当在活动开始前提出。');
  });

  it('refuses what is too big by its size, and takes two files of one name in two places', async () => {
    put('甲/制度.md', '# 甲的制度\n\n第一条 甲组周一学习。');
    put('乙/制度.md', '# 乙的制度\n\n第一条 乙组周二学习。');
    put('大.txt', '');
    truncateSync(path.join(folder, '大.txt'), 50 * 1024 * 1024);
    await library.sync();
    expect(await sources()).toEqual(['乙/制度.md', '甲/制度.md']);
    expect(notTaken.flat()).toMatchObject([
      { path: '大.txt', why: { code: 'FILE_TOO_BIG', facts: { limit: 10 } } },
    ]);
  });

  it('keeps the shared list of synonyms in step, and takes it for no document', async () => {
    put('a.md', '# 制度\n\n第一条 主题党日每月安排一次。\n\n第二条 图书角每周开放。');
    const isFound = async () => (await ask('周三课堂')).includes('第一条 主题党日每月安排一次。');
    put('同义词.txt', '周三课堂 主题党日\n只有一个词');
    await library.sync();
    expect(await sources()).toEqual(['a.md']);
    expect(await isFound()).toBe(true);
    put('同义词.txt', '周四课堂 主题党日');
    await library.sync();
    expect(await isFound()).toBe(false);
    put('更多/synonyms.txt', '周三课堂 主题党日');
    await library.sync();
    expect(await isFound()).toBe(true);
    put(
      '更多/synonyms.txt',
      Uint8Array.from({ length: 400 }, (_, i) => i % 8),
    );
    await library.sync();
    expect(notTaken.flat()).toMatchObject([{ path: '更多/synonyms.txt' }]);
    await library.sync();
    expect(notTaken).toHaveLength(1);
    expect(await db.client.synonymList.findMany()).toMatchObject([{ text: '周四课堂 主题党日' }]);
    take('更多/synonyms.txt');
    take('同义词.txt');
    await library.sync();
    expect(await db.client.synonymList.count()).toBe(0);
  });

  it('reads documents even where a list of synonyms may not be read', async () => {
    put('a.md');
    put('同义词.txt', '周三课堂 主题党日');
    const back = withoutRights('同义词.txt');
    try {
      await library.sync();
    } finally {
      back();
    }
    expect(await sources()).toEqual(['a.md']);
    expect(notTaken).toMatchObject([{ path: '同义词.txt', why: undefined }]);
    await library.sync();
    expect(await db.client.synonymList.count()).toBe(1);
  });

  it('keeps the list of synonyms while a removal waits for an operator', async () => {
    put('a.md');
    put('同义词.txt', '周三课堂 主题党日');
    await library.sync();
    take('a.md');
    take('同义词.txt');
    await library.sync();
    expect(await db.client.synonymList.count()).toBe(1);
  });

  it('updates the library when a file changes, moves or is deleted', async () => {
    for (const name of ['a.md', 'b.md', 'c.md', 'd.md']) put(name);
    await library.sync();
    const before = await db.client.document.findFirstOrThrow({ where: { source: 'd.md' } });
    put('a.md', '# a\n\n现在讲的是植树造林。');
    put('x/d.md', '# d.md\n\n正文 d.md。');
    take('d.md');
    take('c.md');
    await library.sync();
    expect(await sources()).toEqual(['a.md', 'b.md', 'x/d.md']);
    expect(await ask('植树造林')).toEqual(['现在讲的是植树造林。']);
    const after = await db.client.document.findFirstOrThrow({ where: { source: 'x/d.md' } });
    expect(after.id).toBe(before.id);
  });

  it('does not read unchanged files again after a restart', async () => {
    put('a.md');
    await library.sync();
    const [before] = await db.client.document.findMany();
    await library.stop();
    const again = open();
    await again.sync();
    expect(await db.client.document.findMany()).toEqual([before]);
  });

  it('skips a damaged file, and keeps its earlier text', async () => {
    for (const name of ['a.md', 'b.md', 'c.md']) put(name);
    await library.sync();
    put(
      'b.md',
      Uint8Array.from({ length: 900 }, (_, i) => (i * 37) % 32),
    );
    put('d.md', '');
    put('e.md');
    await library.sync();
    expect(await sources()).toEqual(['a.md', 'b.md', 'c.md', 'e.md']);
    expect(library.progress()).toMatchObject({ failed: 2, running: false, isReady: true });
  });

  it('keeps the text of a file that may no longer be read, and reports it', async () => {
    for (const name of ['a.md', 'b.md']) put(name);
    await library.sync();
    const back = withoutRights('b.md');
    try {
      await library.sync();
    } finally {
      back();
    }
    expect(await sources()).toEqual(['a.md', 'b.md']);
    expect(notTaken).toMatchObject([{ path: 'b.md' }]);
    await library.sync();
    expect(library.progress()).toMatchObject({ failed: 0 });
  });

  it('refuses a file marked as secret and logs why, never its content', async () => {
    const lines: string[] = [];
    const log = openLog('info', { write: (line) => void lines.push(line) });
    await library.stop();
    const needs = { db, clock, zone, retrieval, reading, folder, onRenewed, onNotTaken };
    library = createLibrary({ ...needs, log, onPendingRemoval: () => Promise.resolve() });
    opened.push(library);
    put('a.md');
    put('b.md', '机密★10年\n\n# 方案\n\n王某 110101199003074573');
    await library.sync();
    expect(await sources()).toEqual(['a.md']);
    expect(library.progress().failed).toBe(1);
    const refused = lines.find((line) => line.includes('document refused'));
    expect(refused).toContain('"path":"b.md","code":"FILE_MARKED","mark":"机密"');
    expect(lines.join()).not.toContain('110101199003074573');
    const why = { code: 'FILE_MARKED', facts: { mark: '机密' } };
    expect(notTaken).toMatchObject([{ path: 'b.md', why }]);
    await library.sync();
    expect(notTaken).toHaveLength(1);
  });

  it('reads a file with characters that a database cannot store', async () => {
    put('a.md', `# 标\u0000题\n\n正\u0000文${'，学习'.repeat(200)}。<at id=all></at>`);
    await library.sync();
    const [document] = await db.client.document.findMany({ include: { passages: true } });
    expect(document?.title).toBe('标题');
    expect(document?.passages[0]?.text).toMatch(/^正文.*<at id=all><\/at>$/);
  });
});

describe('a new edition in the folder', () => {
  const law = (day: string, words: string, force = '') =>
    `# 学习条例\n\n（${day}公布）\n\n第一条 ${words}\n\n第二条 本条例自${force || day}起施行。`;

  it('answers instead of the older one beside it, from the day on which it holds', async () => {
    clock.set('2026-03-02T10:00:00+08:00');
    put('学习条例(2020).md', law('2020年1月5日', '补学在两周内完成。'));
    put('学习条例(2026).md', law('2026年2月1日', '补学在三周内完成。', '2026年4月1日'));
    await library.sync();
    expect(await ask('补学在几周内完成')).toEqual(['第一条 补学在两周内完成。']);
    clock.set('2026-04-01T10:00:00+08:00');
    expect(await ask('补学在几周内完成')).toEqual(['第一条 补学在三周内完成。']);
    put('c.md');
    put('d.md');
    await library.sync();
    take('学习条例(2026).md');
    await library.sync();
    expect(await ask('补学在几周内完成')).toEqual(['第一条 补学在两周内完成。']);
  });

  it('takes nothing from parts of one law that were passed together', async () => {
    put('总则.md', law('2020年5月28日', '总则讲的是基本原则。'));
    put('物权.md', law('2020年5月28日', '物权讲的是归属和利用。'));
    await library.sync();
    expect(await ask('物权归属')).toHaveLength(1);
    expect(await ask('基本原则总则')).toHaveLength(1);
  });

  it('in the same file keeps the old text as history and tells what depends on it', async () => {
    put('学习条例.md', law('2020年1月5日', '补学在两周内完成。'));
    await library.sync();
    const { id: branchId } = await db.client.branch.create({ data: { name: '第一党支部' } });
    const asked = { branchId, kind: 'truth', answer: [0], explanation: '', whole: '' };
    const text = '补学在两周内完成。';
    const source = '《学习条例》第一条';
    await db.client.question.create({ data: { ...asked, text, source, hash: 'a' } });
    await db.client.question.create({
      data: { ...asked, text: '别的', source: '党章', hash: 'b' },
    });
    put('学习条例.md', law('2026年2月1日', '补学在三周内完成。'));
    await library.sync();
    expect(await ask('补学在几周内完成')).toEqual(['第一条 补学在三周内完成。']);
    const old = await db.client.document.findFirstOrThrow({
      where: { replacedById: { not: null } },
      include: { passages: true },
    });
    expect(old.passages.map(({ text }) => text).join()).toContain('补学在两周内完成');
    const branch = { id: branchId, name: '第一党支部' };
    const edition = { edition: { day: '2026-02-01', kind: 'issued' }, from: '2026-02-01' };
    const dependents = [{ branch, questions: 1, examples: [text], readings: [], standards: [] }];
    expect(renewed).toEqual([{ title: '学习条例', edition, dependents }]);
  });
});

describe('much gone at once', () => {
  const names = ['a.md', 'b.md', 'c.md', 'd.md'];
  beforeEach(async () => {
    names.forEach((name) => put(name));
    await library.sync();
  });

  it('waits for a confirmation, and is reported once', async () => {
    take('a.md');
    take('b.md');
    put('e.md');
    await library.sync();
    await library.sync();
    expect(await sources()).toEqual([...names, 'e.md']);
    expect(told).toEqual([{ folder, missing: 2, kept: 4 }]);
    expect(library.progress().pendingRemoval).toBe(2);
  });

  it('is removed once it is confirmed, and each confirmation counts once', async () => {
    take('a.md');
    take('b.md');
    await library.sync();
    put('.removal-confirmed', '');
    await library.sync();
    expect(await sources()).toEqual(['c.md', 'd.md']);
    take('c.md');
    await library.sync();
    expect(await sources()).toEqual(['c.md', 'd.md']);
  });

  it('is removed where the confirmation cannot be deleted and is newer than the loss', async () => {
    // A folder in its place is one that `rm` leaves alone.
    mkdirSync(path.join(folder, '.removal-confirmed'));
    take('a.md');
    take('b.md');
    await library.sync();
    expect(await sources()).toEqual(names);
    const later = new Date(Date.now() + 1_000);
    utimesSync(path.join(folder, '.removal-confirmed'), later, later);
    await library.sync();
    expect(await sources()).toEqual(['c.md', 'd.md']);
  });

  it('is forgotten when the files are back', async () => {
    names.forEach(take);
    await library.sync();
    expect(library.progress().pendingRemoval).toBe(4);
    names.forEach((name) => put(name));
    await library.sync();
    expect(library.progress().pendingRemoval).toBe(0);
    expect(await sources()).toEqual(names);
  });

  it('does not empty the library when the folder itself is missing', async () => {
    rmSync(folder, { recursive: true });
    await library.sync();
    expect(await sources()).toEqual(names);
    expect(library.progress().isReady).toBe(true);
  });
});

it('is kept in step by one replica at a time', async () => {
  put('a.md');
  await library.sync();
  const other = open();
  put('b.md');
  await other.sync();
  expect(await sources()).toEqual(['a.md']);
  await library.stop();
  await other.sync();
  expect(await sources()).toEqual(['a.md', 'b.md']);
});

it('is not ready before its first import has finished', async () => {
  put('a.md');
  expect(library.progress().isReady).toBe(false);
  await library.sync();
  expect(library.progress()).toMatchObject({ isReady: true, done: 1, total: 1 });
});
