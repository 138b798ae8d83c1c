import exceljs from 'exceljs';
import { describe, expect, it } from 'vitest';
import { checkinFace } from '../../cards/rounds/checkin.ts';
import { roundPlan } from '../../cards/rounds/export.ts';
import type { Reader } from '../../src/bot/talk.ts';
import type { BranchId, ChatId, PersonId, RoundId } from '../../src/base/ids.ts';
import type { Queue } from '../../src/queue/job.ts';
import { openLog } from '../../src/base/log.ts';
import { createOutbox } from '../../src/queue/outbox.ts';
import { harmless } from '../../src/library/sheets/rules.ts';
import type { Person } from '../support/people.ts';
import { bankColumns, bankRow, bankSheet } from '../support/sheet.ts';
import { world } from '../support/world.ts';

type World = Awaited<ReturnType<typeof world>>;

/** The files this person got in private, each as its sheets' rows. */
async function filesOf({ messenger }: World, person: Person) {
  const files: { name: string; sheets: Record<string, unknown[][]> }[] = [];
  for (const { to, content } of messenger.messages) {
    if (!('file' in content)) continue;
    expect(to).toEqual({ person: person.id });
    files.push({ name: content.file.name, sheets: await sheetsOf(content.file.bytes) });
  }
  return files;
}

async function sheetsOf(bytes: Uint8Array): Promise<Record<string, unknown[][]>> {
  const book = new exceljs.Workbook();
  await book.xlsx.load(Uint8Array.from(bytes).buffer);
  const rowsOf = (sheet: exceljs.Worksheet) =>
    sheet
      .getSheetValues()
      .slice(1)
      .map((row) => Array.from((row as unknown[]).slice(1), (cell) => cell ?? ''));
  return Object.fromEntries(book.worksheets.map((sheet) => [sheet.name, rowsOf(sheet)]));
}

describe('导出 of a meeting', () => {
  it('shows what each replied and how they arrived', async () => {
    const there = await world('2026-03-02T10:00:00+08:00');
    const { lin, wang, zhao, liu, clock, settle } = there;
    await lin.says('会议 支委会 11:00');
    await wang.presses('参加');
    await zhao.whispers('不参加 1 出差');
    clock.set('2026-03-02T10:50:00+08:00');
    await settle();
    await wang.presses('我到了');
    clock.set('2026-03-02T11:05:00+08:00');
    await settle();
    await liu.presses('我到了');
    await lin.says('导出 1');
    const [file] = await filesOf(there, lin);
    const [head, ...rows] = file?.sheets['明细'] ?? [];
    expect(head?.slice(3)).toEqual(['状态', '时间', '回复', '签到']);
    expect(rows.map((row) => [row[0], ...row.slice(3)])).toEqual([
      ['林志远', '未完成', '', '', ''],
      ['王芳', '已完成', '2026-03-02 10:50', '参加', '准时'],
      ['赵敏', '请假', '2026-03-02 10:00', '请假', ''],
      ['刘洋', '已完成', '2026-03-02 11:05', '', '迟到'],
    ]);
  });
});

const columns = ['姓名', '支部', '小组', '状态', '时间', '内容'];

describe('导出 of a round', () => {
  it('shows its facts and each person with state and time, to the secretary in private', async () => {
    const there = await world('2026-03-02T10:00:00+08:00');
    const { lin, wang, zhao, liu, group, clock, settle } = there;
    await lin.says('签到 党课 截止 18:00');
    await wang.whispers('答 1 =HYPERLINK("http://x","点")');
    await zhao.whispers('请假 1 出差');
    clock.set('2026-03-02T18:30:00+08:00');
    await settle();
    await liu.whispers('补 1 已自学');
    await lin.says('导出 1');
    expect(group.sees()).toContain('表格会私聊发给你');
    const [{ name, sheets } = { name: '', sheets: {} }] = await filesOf(there, lin);
    expect(name).toBe('导出 #1 党课.xlsx');
    const branch = '第一党支部';
    expect(sheets['明细']).toEqual([
      columns,
      ['林志远', branch, '', '未完成', '', ''],
      ['王芳', branch, '', '已完成', '2026-03-02 10:00', `'=HYPERLINK("http://x","点")`],
      ['赵敏', branch, '', '请假', '2026-03-02 10:00', ''],
      ['刘洋', branch, '', '迟交', '2026-03-02 18:30', ''],
    ]);
    const facts = new Map(sheets['汇总']?.map(([label, value]) => [label, value]));
    expect(Object.fromEntries(facts)).toMatchObject({
      ...{ 编号: '#1', 类型: '签到', 标题: '党课', 支部: branch, 进展: '已结束' },
      ...{ 发起时间: '2026-03-02 10:00', 截止时间: '2026-03-02 18:00' },
      ...{ 应完成: 4, 已完成: 1, 迟交: 1, 请假: 1, 豁免: 0, 未完成: 1 },
    });
  });

  it('keeps the lines of what people wrote', async () => {
    const there = await world();
    const { lin, wang } = there;
    await lin.says('签到 党课');
    await wang.whispers('答 1 一、党章\n\n 二、讨论');
    await lin.whispers('导出 1');
    const [file] = await filesOf(there, lin);
    expect(file?.sheets['明细']?.[2]?.at(-1)).toBe('一、党章\n二、讨论');
  });

  it('is sent once, however often its job runs', async () => {
    const there = await world();
    const { lin, db, messenger } = there;
    await lin.says('签到 党课');
    await lin.whispers('导出 1');
    const [sent] = messenger.messages.filter(({ content }) => 'file' in content);
    const row = await db.client.outgoing.findFirstOrThrow({ where: { platformId: sent?.id } });
    const added: object[] = [];
    const queue: Queue = {
      add: () => Promise.resolve(),
      hasten: () => Promise.resolve(),
      addAll: (_name, jobs) => Promise.resolve(void added.push(...jobs)),
    };
    const outbox = createOutbox({ db, clock: there.clock, log: openLog('silent'), queue });
    const file = { name: 'a.xlsx', bytes: new Uint8Array(1) };
    await outbox.put([{ id: row.id, to: { person: lin.id }, content: { file } }]);
    expect(added).toEqual([]);
    expect(await filesOf(there, lin)).toHaveLength(1);
  });

  it('is refused to whoever is not its secretary, in private as in the group', async () => {
    const there = await world();
    const { lin, wang, group } = there;
    await lin.says('签到 党课');
    await wang.whispers('导出 1');
    await wang.says('导出 1');
    expect(wang.private().at(-1)).toContain('书记');
    expect(group.sees()).toContain('书记');
    await lin.whispers('导出 9');
    expect(lin.private().at(-1)).toContain('没有编号为 9');
    expect(await filesOf(there, lin)).toEqual([]);
  });

  it('asks which branch is meant, and the button counts for its secretary alone', async () => {
    const there = await world({ second: true });
    const { lin, wang, second, db } = there;
    await lin.says('签到 甲');
    await lin.says('签到 乙', { in: second });
    await lin.whispers('导出 1');
    expect(await filesOf(there, lin)).toEqual([]);
    await lin.presses('第二党支部 · 乙');
    expect((await filesOf(there, lin)).map(({ name }) => name)).toEqual(['导出 #1 乙.xlsx']);
    const [round] = await db.client.round.findMany();
    const toast = await wang.pressesForged('round.export', { round: round?.id });
    expect(toast).toMatchObject({ type: 'warning' });
    expect(await filesOf(there, lin)).toHaveLength(1);
  });
});

it('导出 of a quiz shows what was chosen, question by question, of those who handed in', async () => {
  const there = await world();
  const { lin, wang, zhao } = there;
  const bank = [
    bankRow('多选', '义务有哪些', ['学习', '交党费', '罢工'], 'AB'),
    bankRow('判断', '预备期为一年', [], '对'),
  ];
  await lin.sends('党章.xlsx', await bankSheet(bank));
  await lin.presses('确认入库');
  await lin.says('测验 党章 2题');
  await wang.whispers('答 1');
  const isTruthFirst = (wang.private().at(-1) ?? '').includes('预备期为一年');
  await wang.whispers(`答 1 ${isTruthFirst ? 1 : 2} 错`);
  await wang.whispers(`答 1 ${isTruthFirst ? 2 : 1} ABC`);
  await wang.whispers('答 1 交卷');
  await zhao.whispers('答 1 1 A');
  await lin.whispers('导出 1');
  const [file] = await filesOf(there, lin);
  const rows = file?.sheets['明细'] ?? [];
  const items = (name: string) => rows.find((row) => row[0] === name)?.slice(5);
  const place = (rows[0] ?? []).findIndex((column) => String(column).includes('义务')) - 5;
  expect(rows[0]?.slice(5).sort()).toEqual([
    expect.stringMatching(/^1\. /),
    expect.stringMatching(/^2\. /),
  ]);
  expect(items('王芳')).toEqual(place === 0 ? ['ABC', '错'] : ['错', 'ABC']);
  expect(items('赵敏')).toEqual(['', '']);
});

describe('导出 of a month', () => {
  it('has every round of it, but none of another month and none taken back', async () => {
    const there = await world('2026-02-27T10:00:00+08:00');
    const { lin, wang, clock } = there;
    await lin.says('签到 二月的');
    clock.set('2026-03-02T10:00:00+08:00');
    for (const title of ['甲', '乙', '手滑']) await lin.says(`签到 ${title}`);
    await lin.says('撤回 4');
    await wang.whispers('答 3 学了');
    await lin.whispers('导出 3月');
    const [{ name, sheets } = { name: '', sheets: {} }] = await filesOf(there, lin);
    expect(name).toBe('导出 2026年3月.xlsx');
    expect(sheets['汇总']?.map(([number, , title]) => [number, title])).toEqual([
      ['编号', '标题'],
      ['#2', '甲'],
      ['#3', '乙'],
    ]);
    expect(sheets['明细']?.[0]).toEqual([...columns.slice(0, 5), '编号', '标题', '内容']);
    expect(sheets['明细']).toHaveLength(9);
    expect(sheets['明细']).toContainEqual([
      '王芳',
      '第一党支部',
      '',
      '已完成',
      '2026-03-02 10:00',
      '#3',
      '乙',
      '学了',
    ]);
  });

  it('of nothing says so', async () => {
    const there = await world();
    await there.lin.whispers('导出 2025年1月');
    expect(there.lin.private().at(-1)).toContain('没有可以导出的');
    expect(await filesOf(there, there.lin)).toEqual([]);
  });
});

it('an anonymous round shows totals and nobody', () => {
  const reader: Reader = { locale: 'zh-CN', zone: 'Asia/Shanghai', now: new Date(0) };
  const round = {
    ...{ id: 1 as RoundId, number: 1, kind: 'survey', title: '意见', chat: 1 as ChatId, card: 0 },
    ...{ branch: { id: 1 as BranchId, name: '一支部' }, openedBy: 1 as PersonId },
    ...{ openedAt: new Date(0), closesAt: new Date(1), state: 'closed' as const },
    spec: {},
    tally: { asked: 3, done: 2 },
  };
  const totals = [['满意', 2]] as const;
  const faces = { of: () => ({ face: checkinFace }) };
  const { people } = roundPlan(reader, faces, { round, columns: ['题'], totals });
  expect(people).toEqual({
    name: '明细',
    rows: [
      ['项目', '合计'],
      ['满意', 2],
    ],
  });
});

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '＝1'])(
  'a cell that begins like a formula is text: %j',
  (cell) => {
    expect(harmless(cell)).toBe(`'${cell}`);
  },
);

it('other cells stay as they are', () => {
  expect(['党课', 'a=b', '', -1].map(harmless)).toEqual(['党课', 'a=b', '', -1]);
});

describe('模板', () => {
  it('sends the three forms in private, and says so in the group', async () => {
    const there = await world();
    const { lin, group } = there;
    await lin.says('模板');
    expect(group.sees()).toContain('已经私聊发给你');
    const files = await filesOf(there, lin);
    expect(files.map(({ name }) => name)).toEqual([
      '题库模板.xlsx',
      '问卷模板.xlsx',
      '名册模板.xlsx',
    ]);
    const all = Object.assign({}, ...files.map(({ sheets }) => sheets)) as Record<
      string,
      unknown[][]
    >;
    expect(all['题库']?.[0]).toEqual(bankColumns);
    expect(all['问卷']?.[0]).toEqual(['题型', '题目', '选项', '必填']);
    expect(all['设置']?.[0]).toEqual(['名称', '匿名', '最少份数']);
    expect(all['名册']?.[0]).toEqual(['姓名', '党小组', '身份', '职务', '表决权', '豁免']);
  });

  it('holds a bank that can be read back', async () => {
    const { lin, messenger } = await world();
    await lin.whispers('模板');
    const [content] = messenger.messages
      .map((each) => each.content)
      .filter((each) => 'file' in each);
    if (!content) throw new Error('no file');
    await lin.sends('题库.xlsx', content.file.bytes);
    expect(lin.private().at(-1)).toContain('[确认入库]');
  });
});
