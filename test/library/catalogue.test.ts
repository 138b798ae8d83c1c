import { describe, expect, it } from 'vitest';
import { catalogueCard, changedCard } from '../../cards/library/documents.ts';
import type { BranchId, DocumentId } from '../../src/base/ids.ts';
import { sizeOf } from '../support/card-text.ts';
import { bankRow, bankSheet } from '../support/sheet.ts';
import { world } from '../support/world.ts';

const rules = '# 学习制度\n\n第一条 补学在两周内完成。\n\n第二条 请假应当在活动开始前提出。';
const duty = '# 值班安排\n\n第一条 值班由组织委员安排。';
const nothingFound = '资料里没有找到';

async function withDocuments(options: Parameters<typeof world>[0] = {}) {
  const stage = await world(options);
  const { lin } = stage;
  for (const [name, text] of [
    ['制度.md', rules],
    ['值班.md', duty],
  ] as const) {
    await lin.sends(name, text);
    await lin.presses('确认入库');
  }
  const documents = await stage.db.client.document.findMany({ orderBy: { id: 'asc' } });
  const idOf = (title: string) => documents.find((each) => each.title === title)?.id ?? 0;
  return { ...stage, idOf };
}

describe('资料', () => {
  it('lists the branch’s documents to its secretary, with how far they are read', async () => {
    const { lin, idOf } = await withDocuments();
    await lin.says('每日一学 开 8:30 资料 学习制度');
    await lin.whispers('资料');
    const seen = lin.private().at(-1) ?? '';
    for (const text of [
      '支部资料 · 第一党支部',
      '共 2 份',
      `${idOf('学习制度')} · 《学习制度》`,
      '制度.md · 2 段 · 每日一学（支部群）读到 0/2',
      `${idOf('值班安排')} · 《值班安排》`,
    ])
      expect(seen).toContain(text);
  });

  it('in a group is answered in private', async () => {
    const { lin, group } = await withDocuments();
    await lin.says('资料');
    expect(group.sees()).toBe('已私聊发给你');
    expect(lin.private().at(-1)).toContain('共 2 份');
  });

  it('is a secretary’s, and a member changes nothing', async () => {
    const { wang, idOf, db } = await withDocuments();
    for (const said of ['资料', `资料 停用 ${idOf('学习制度')}`]) {
      await wang.whispers(said);
      expect(wang.private().at(-1)).toContain('只有本支部的书记能做');
    }
    const value = { document: idOf('学习制度'), list: {} };
    expect(await wang.pressesForged('docs.retire', value)).toMatchObject({ type: 'warning' });
    expect(await db.client.document.count({ where: { state: 'retired' } })).toBe(0);
  });

  it('looks for a word in titles and names of files', async () => {
    const { lin } = await withDocuments();
    await lin.whispers('资料 值班');
    expect(lin.private().at(-1)).toContain('带「值班」的有 1 份');
    expect(lin.private().at(-1)).not.toContain('学习制度');
    await lin.whispers('资料 预算');
    expect(lin.private().at(-1)).toContain('没有带「预算」的');
  });

  it('says how to begin where there is nothing yet', async () => {
    const { lin } = await world();
    await lin.whispers('资料');
    expect(lin.private().at(-1)).toContain('「第一党支部」还没有自己的资料。把 .docx');
  });
});

describe('资料 停用', () => {
  it('takes a document out of all answers at once, and 恢复 brings it back', async () => {
    const { lin, wang, idOf } = await withDocuments();
    await wang.whispers('补学在几周内完成');
    expect(wang.private().at(-1)).toContain('两周');
    await lin.whispers('资料 停用 学习制度');
    expect(lin.private().at(-1)).toContain('《学习制度》已停用，从现在起不再用于回答。');
    await wang.whispers('补学在几周内完成');
    expect(wang.private().at(-1)).toContain(nothingFound);
    expect(await wang.presses('读前后文')).toMatchObject({ type: 'warning' });
    await lin.whispers('资料');
    expect(lin.private().at(-1)).toContain('已停用，不用于回答');
    await lin.whispers(`资料 恢复 ${idOf('学习制度')}`);
    expect(lin.private().at(-1)).toContain('《学习制度》已恢复，现在可以提问。');
    await wang.whispers('补学在几周内完成');
    expect(wang.private().at(-1)).toContain('两周');
  });

  it('can be undone with the button below it', async () => {
    const { lin, db } = await withDocuments();
    await lin.whispers('资料 停用 学习制度');
    expect(await lin.presses('恢复')).toMatchObject({ type: 'success' });
    expect(await db.client.document.count({ where: { state: 'retired' } })).toBe(0);
    await lin.whispers('资料 恢复 学习制度');
    expect(lin.private().at(-1)).toContain('没有停用，没有改动');
  });

  it('by the button on the list shows the list as it is now', async () => {
    const { lin } = await withDocuments();
    await lin.whispers('资料 学习制度');
    const pressed = lin.sawButton('停用');
    expect(await pressed()).toMatchObject({ type: 'success' });
    expect(lin.private().at(-1)).toContain('已停用，不用于回答');
    expect(lin.private().at(-1)).toContain('[恢复]');
    expect(await pressed()).toMatchObject({ type: 'info' });
  });

  it('tells what depends on it', async () => {
    const { lin } = await withDocuments();
    const question = bankRow('判断', '补学在两周内完成。', [], '对', '', '《学习制度》第一条');
    await lin.sends('题库.xlsx', await bankSheet([question]));
    await lin.presses('确认入库');
    await lin.whispers('资料 停用 学习制度');
    expect(lin.private().at(-1)).toContain('题库 1 题的出处是它');
  });

  it('stops daily readings of it', async () => {
    const { lin, group, clock, settle } = await withDocuments('2026-03-02T10:00:00+08:00');
    await lin.says('每日一学 开 10:30 资料 学习制度');
    await lin.whispers('资料 停用 学习制度');
    clock.set('2026-03-02T10:30:05+08:00');
    await settle();
    expect(group.all().join('\n')).not.toContain('第一条 补学');
  });

  it('asks which one where several fit, and says where none does', async () => {
    const { lin, idOf } = await withDocuments();
    await lin.sends('值班二.md', '# 值班制度\n\n第一条 节假日轮流值班。');
    await lin.presses('确认入库');
    await lin.whispers('资料 停用 值班');
    expect(lin.private().at(-1)).toContain(`${idOf('值班安排')} 值班安排`);
    await lin.whispers('资料 停用 预算');
    expect(lin.private().at(-1)).toContain('没有找到「预算」，没有改动');
  });

  it('changes neither shared documents nor those of other branches', async () => {
    const { lin, db } = await withDocuments();
    const shared = { title: '党章', source: 'a.md', hash: 'x' };
    const { id } = await db.client.document.create({ data: shared });
    const other = await db.client.branch.create({ data: { name: '别的支部' } });
    const foreign = await db.client.document.create({
      data: { ...shared, title: '别的制度', branchId: other.id },
    });
    await lin.whispers('资料 停用 党章');
    expect(lin.private().at(-1)).toContain('是大家共用的资料，由管理员在资料文件夹里增减');
    await lin.whispers(`资料 停用 ${foreign.id}`);
    expect(lin.private().at(-1)).toContain('没有改动');
    for (const document of [id, foreign.id])
      expect(await lin.pressesForged('docs.retire', { document })).toMatchObject({
        type: 'warning',
      });
    await lin.whispers('资料 党章');
    expect(lin.private().at(-1)).toContain('大家共用的资料里：\n· 党章');
    expect(await db.client.document.count({ where: { state: 'retired' } })).toBe(0);
  });

  it('is undone when the same file is sent again', async () => {
    const { lin, wang, db } = await withDocuments();
    await lin.whispers('资料 停用 学习制度');
    await lin.sends('制度.md', rules);
    expect(lin.private().at(-1)).toContain('已经停用，确认后重新启用');
    await lin.presses('确认入库');
    await wang.whispers('补学在几周内完成');
    expect(wang.private().at(-1)).toContain('两周');
    expect(await db.client.document.count()).toBe(2);
  });
});

it('two files of one name are two documents where their titles differ', async () => {
  const { lin } = await withDocuments();
  await lin.sends('制度.md', '# 请假制度\n\n第一条 请假由书记批准。');
  await lin.presses('确认入库');
  await lin.whispers('资料');
  expect(lin.private().at(-1)).toContain('共 3 份');
  await lin.whispers('资料 停用 制度.md');
  expect(lin.private().at(-1)).toContain('有好几份');
});

it('fits on a card, however many there are, and speaks English as well', () => {
  const now = new Date('2026-03-02T02:00:00Z');
  const reader = { locale: 'en-US' as const, zone: 'Asia/Shanghai', now };
  const branch = { id: 1 as BranchId, name: 'First' };
  const documents = Array.from({ length: 300 }, (_, i) => ({
    ...{ id: (i + 1) as DocumentId, branch, title: 'T'.repeat(120), source: 's'.repeat(200) },
    ...{ passages: 1, committee: true, older: 1, readings: [{ group: 'Group', read: 2 }] },
    edition: { edition: { day: '2026-02-01', kind: 'revised' as const }, from: '2026-03-01' },
    standing: 'retired' as const,
  }));
  const shared = { total: 985, documents: documents.slice(0, 5) };
  const card = catalogueCard(reader, {
    ...{ branches: [branch], documents, shared },
    importing: { done: 300, total: 985 },
  });
  expect(sizeOf({ card }).bytes).toBeLessThan(28_000);
  expect(sizeOf({ card }).elements).toBeLessThan(180);
  const [document] = documents;
  if (!document) throw new Error('there are 300');
  const changed = changedCard(reader, { document, change: 'retire', how: 'done' });
  const text = JSON.stringify([card, changed]);
  expect(text).toContain('290 more');
  expect(text).toContain('being read: 300 of 985');
  expect(text).toContain('revised 2026-02-01, in force since 2026-03-01');
  expect(text).not.toMatch(/[\u4e00-\u9fff]/);
});
