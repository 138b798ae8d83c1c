import { describe, expect, it, vi } from 'vitest';
import { previewCard, shelvedCard } from '../../cards/library/library.ts';
import type { BranchId, UploadId } from '../../src/base/ids.ts';
import { docxOf, paragraph, pdfOf } from '../support/office.ts';
import { world } from '../support/world.ts';
import { zipOf } from '../support/zip.ts';

const rules =
  '# 学习制度\n\n## 请假\n\n第一条 请假应当在活动开始前提出。\n\n## 补学\n\n第二条 补学在两周内完成。\n';
const documents = (db: Awaited<ReturnType<typeof world>>['db']) =>
  db.client.document.findMany({
    where: { replacedById: null },
    orderBy: { id: 'asc' },
    include: { passages: true },
  });

describe('a file sent by a secretary', () => {
  it('is shown first, and is in the library once confirmed', async () => {
    const { lin, db } = await world();
    await lin.sends('制度.md', rules);
    const preview = lin.private().at(-1);
    for (const text of [
      '学习制度',
      '制度.md',
      '共 2 段',
      '请假',
      '第一条 请假应当在活动开始前提出。',
    ]) {
      expect(preview).toContain(text);
    }
    expect(await documents(db)).toEqual([]);
    expect(await lin.presses('确认入库')).toEqual({
      type: 'success',
      content: '已确认，正在入库',
    });
    expect(lin.private().at(-1)).toContain('《学习制度》已入库，共 2 段。');
    const [document] = await documents(db);
    expect(document).toMatchObject({ title: '学习制度', source: '制度.md' });
    expect(await db.client.upload.count()).toBe(0);
    expect(lin.reads()).not.toContain('[确认入库]');
  });

  it.each([
    ['.docx', docxOf([paragraph('学习制度', '1'), paragraph('第二条 补学在两周内完成。')])],
    ['.pdf', pdfOf([{ text: '学习制度', size: 20 }, { text: '第二条 补学在两周内完成。' }])],
  ])('may be a %s, and answers questions', async (ending, bytes) => {
    const { lin, wang } = await world();
    await lin.sends(`制度${ending}`, bytes);
    await lin.presses('确认入库');
    expect(lin.private().at(-1)).toContain('《学习制度》已入库，共 1 段。');
    await wang.whispers('补学在几周内完成');
    expect(wang.private().at(-1)).toContain('第二条 补学在两周内完成。');
  });

  it('is announced as being read where that takes over two seconds', async () => {
    const { lin, db, messenger } = await world();
    // The first one also starts the thread that reads.
    await lin.sends('先.md', rules.replace('两周', '一周'));
    await lin.sends('快.md', rules);
    expect(lin.reads()).not.toContain('正在读取《快.md》');
    const fetch = messenger.fetchFile.bind(messenger);
    const isSaid = async () => {
      const messages = await db.client.outgoing.findMany();
      expect(messages.some(({ content }) => JSON.stringify(content).includes('正在读取'))).toBe(
        true,
      );
    };
    messenger.fetchFile = async (file, most) => {
      await vi.waitFor(isSaid, { timeout: 30_000 });
      return fetch(file, most);
    };
    await lin.sends('慢.md', rules.replace('两周', '三周'));
    expect(lin.reads()).toContain('正在读取《慢.md》');
    expect(lin.private().at(-1)).toContain('请确认');
  });

  it('is forgotten when it is dropped', async () => {
    const { lin, db } = await world();
    await lin.sends('制度.md', rules);
    expect(await lin.presses('放弃')).toMatchObject({ content: '已放弃，没有保存' });
    expect(await db.client.upload.count()).toBe(0);
    expect(await documents(db)).toEqual([]);
  });

  it('is confirmed once, however often and whatever is pressed', async () => {
    const { lin, settle, db } = await world();
    await lin.sends('制度.md', rules);
    const id = (await db.client.upload.findFirstOrThrow()).id;
    const branch = (await db.client.branch.findFirstOrThrow()).id;
    expect(await lin.taps('确认入库')).toMatchObject({ type: 'success' });
    // The same buttons on another screen, before the document is on its shelf.
    const value = { upload: id, branch };
    const again = await lin.forges('library.confirm', value);
    const drop = await lin.forges('library.drop', { upload: id });
    expect([again?.type, drop?.type]).toEqual(['warning', 'warning']);
    await settle();
    expect(await documents(db)).toHaveLength(1);
    expect(lin.private().filter((text) => text.includes('已入库'))).toHaveLength(1);
  });

  it('is confirmed once by two presses at the same moment', async () => {
    const { lin, db } = await world();
    await lin.sends('制度.md', rules);
    const toasts = await Promise.all([
      lin.taps('确认入库'),
      lin.taps('确认入库'),
      lin.taps('放弃'),
    ]);
    expect(toasts.filter((toast) => toast?.type !== 'warning')).toHaveLength(1);
    expect(await documents(db)).toEqual([]);
  });

  it('is read once when its event is repeated', async () => {
    const { lin, db } = await world();
    const message = await lin.sends('制度.md', rules);
    const before = lin.private().length;
    await lin.sends('制度.md', rules, { message });
    expect(lin.private()).toHaveLength(before);
    expect(await db.client.upload.count()).toBe(1);
  });

  it('expires after a day', async () => {
    const { lin, db, clock, settle } = await world();
    await lin.sends('制度.md', rules);
    const late = lin.sawButton('确认入库');
    clock.pass(24 * 3_600_000);
    await settle();
    expect(await db.client.upload.count()).toBe(0);
    expect(await late()).toMatchObject({ type: 'warning' });
    expect(await documents(db)).toEqual([]);
  });

  it('is reported as known where the library has it already', async () => {
    const { lin, db } = await world();
    await lin.sends('制度.md', rules);
    await lin.presses('确认入库');
    await lin.sends('副本.md', rules);
    expect(lin.private().at(-1)).toContain('已经有了，不用再加');
    expect(lin.private().at(-1)).not.toContain('[确认入库]');
    expect(await documents(db)).toHaveLength(1);
  });

  it('replaces the document with its title, and announces that first', async () => {
    const { lin, wang, db } = await world();
    await lin.sends('制度.md', rules);
    await lin.presses('确认入库');
    await lin.sends('制度.md', rules.replace('两周', '三周'));
    expect(lin.private().at(-1)).toContain('确认后用这一份替换旧的');
    await lin.presses('确认入库');
    expect(lin.private().at(-1)).toContain('旧的已被替换');
    expect(await documents(db)).toHaveLength(1);
    await wang.whispers('补学在几周内完成');
    expect(wang.private().at(-1)).toContain('第二条 补学在三周内完成。');
  });

  it('is asked for each branch of a secretary who serves several', async () => {
    const { lin, db } = await world({ second: true });
    await lin.sends('制度.md', rules);
    await lin.presses('确认入库 · 第二党支部');
    const [document] = await db.client.document.findMany({ include: { branch: true } });
    expect(document?.branch?.name).toBe('第二党支部');
  });

  it('keeps markup and control characters as harmless text', async () => {
    const { lin, db } = await world();
    const title = '<at id=all></at>**粗**';
    await lin.sends(
      '\u202e坏.txt',
      `${title}\n\n正\u0000文 <font color=red>红</font>${'。'.repeat(300)}`,
    );
    expect(lin.private().at(-1)).toContain(title);
    await lin.presses('确认入库');
    const [document] = await documents(db);
    expect(document).toMatchObject({ title, source: '坏.txt' });
    expect(document?.passages[0]?.text).toContain('正文 <font color=red>红</font>');
  });
});

describe('a file that is refused', () => {
  it('comes from a member', async () => {
    const { wang, db } = await world();
    await wang.sends('制度.md', rules);
    expect(wang.private().at(-1)).toContain('由支部书记来添加');
    expect(await db.client.upload.count()).toBe(0);
  });

  it.each([
    ['an old kind', '制度.doc', 'x', '另存为'],
    ['a scan', '制度.pdf', pdfOf([]), '多半是扫描件'],
    ['a damaged office file', '制度.docx', 'x', '已损坏'],
    ['an unknown kind', '制度.exe', 'x', '请发 .docx、.pdf、.md'],
    ['an empty file', '制度.md', '', '没有文字'],
    ['a damaged file', '制度.md', Uint8Array.from({ length: 999 }, (_, i) => i % 29), '已损坏'],
    ['a file over 10 MB', '制度.txt', new Uint8Array(10 * 1024 * 1024 + 1), '最多 10 MB'],
  ])('is %s', async (_, name, content, words) => {
    const { lin, db } = await world();
    await lin.sends(name, content);
    expect(lin.private().at(-1)).toContain(words);
    expect(await db.client.upload.count()).toBe(0);
  });

  it('is a file that is said to be 200 MB: it is not even fetched', async () => {
    const { lin, db } = await world();
    await lin.sends('制度.pdf', 'x', { size: 200 * 1024 * 1024 });
    expect(lin.reads()).toContain('最多 10 MB');
    expect(await db.client.upload.count()).toBe(0);
  });

  it('is a .docx that unpacks to far more than it says', async () => {
    const { lin, db } = await world();
    const zeros = new Uint8Array(120 * 1024 * 1024);
    await lin.sends('制度.docx', zipOf({ 'word/document.xml': zeros }));
    expect(lin.reads()).toContain('太复杂');
    expect(await db.client.upload.count()).toBe(0);
  });

  it('was sent in a group: nobody is told anything', async () => {
    const { lin, group, db } = await world();
    const before = group.all().length;
    await lin.sends('制度.md', rules, { in: group });
    expect(group.all()).toHaveLength(before);
    expect(await db.client.upload.count()).toBe(0);
  });
});

describe('the buttons of a preview', () => {
  it('do nothing for anybody else, not even another secretary', async () => {
    const { lin, wang, db } = await world();
    await lin.sends('制度.md', rules);
    const [{ id } = { id: '' }] = await db.client.upload.findMany();
    const [branch] = await db.client.branch.findMany();
    await lin.says('书记 @王芳', { mentions: [wang] });
    await wang.whispers('帮助');
    const value = { upload: id, branch: branch?.id };
    expect(await wang.pressesForged('library.confirm', value)).toMatchObject({ type: 'warning' });
    expect(await wang.pressesForged('library.drop', { upload: id })).toMatchObject({
      type: 'warning',
    });
    expect(await db.client.upload.count({ where: { confirmedAt: null } })).toBe(1);
  });

  it('add to no branch that their presser does not serve', async () => {
    const { lin, db } = await world();
    await lin.sends('制度.md', rules);
    const foreign = await db.client.branch.create({ data: { name: '别的支部' } });
    const [{ id } = { id: '' }] = await db.client.upload.findMany();
    const value = { upload: id, branch: foreign.id };
    expect(await lin.pressesForged('library.confirm', value)).toMatchObject({ type: 'warning' });
    expect(await documents(db)).toEqual([]);
  });
});

it('speaks English as well, one thing being one', () => {
  const english = {
    locale: 'en-US' as const,
    zone: 'Asia/Shanghai',
    now: new Date('2026-03-02T02:00:00Z'),
  };
  const branch = { id: 1 as BranchId, name: 'First' };
  const shown = (passages: number, lost: number) =>
    JSON.stringify([
      previewCard(english, {
        upload: '0' as UploadId,
        title: 'Study rules',
        name: 'rules.md',
        passages,
        headings: ['Leave'],
        opening: 'Leave is asked for before the session.',
        lost,
        places: [{ branch, already: 'older' }],
        until: new Date('2026-03-03T02:00:00Z'),
        edition: {},
      }),
      shelvedCard(english, { branch, title: 'Study rules', passages, how: 'added', edition: {} }),
    ]);
  expect(shown(2, 3)).toContain('this one replaces it');
  expect(shown(2, 3)).toContain('3 characters could not be read');
  expect(shown(2, 3)).not.toMatch(/[\u4e00-\u9fff]/);
  expect(shown(2, 3).match(/2 passages/g)).toHaveLength(3);
  expect(shown(1, 1).match(/1 passage(?!s)/g)).toHaveLength(3);
  expect(shown(1, 1)).toContain('1 character could not be read');
});
