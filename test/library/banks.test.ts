import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { bankPreviewCard, keptBankCard } from '../../cards/library/banks.ts';
import { sampleFile } from '../../simulator/sample-files.ts';
import type { BranchId, UploadId } from '../../src/base/ids.ts';
import { bankRow, bankSheet, sheetOf } from '../support/sheet.ts';
import { world } from '../support/world.ts';

const abcd = ['甲', '乙', '丙', '丁'];
const good = [
  bankRow('单选', '党的根本宗旨是什么？', abcd, 'B', '见党章总纲', '党章', '党章,基础'),
  bankRow('多选', '党员的义务有哪些？', abcd, 'ＡＢ、d', '', '', '党章'),
  bankRow('判断', '预备党员没有表决权。', [], '对', '见第七条'),
];
const questions = (db: Awaited<ReturnType<typeof world>>['db']) =>
  db.client.question.findMany({ orderBy: { id: 'asc' }, include: { tags: true, banks: true } });

describe('a question bank sent by a secretary', () => {
  it('is shown first, and is stored once confirmed', async () => {
    const { lin, db } = await world();
    await lin.sends('党章.xlsx', await bankSheet(good));
    const preview = lin.private().at(-1);
    for (const text of ['题库《党章》', '能用的题 3 道', '单选 1 · 多选 1 · 判断 1', '新增 3 道题'])
      expect(preview).toContain(text);
    expect(await questions(db)).toEqual([]);
    await lin.presses('确认入库');
    expect(lin.private().at(-1)).toContain('题库《党章》已入库：新增 3 道');
    const [single, multiple, truth] = await questions(db);
    expect(single).toMatchObject({ kind: 'single', options: abcd, answer: [1], source: '党章' });
    expect(single?.tags.map(({ tag }) => tag).sort()).toEqual(['党章', '基础'].sort());
    expect(multiple).toMatchObject({ kind: 'multiple', answer: [0, 1, 3] });
    expect(truth).toMatchObject({
      kind: 'truth',
      options: [],
      answer: [0],
      explanation: '见第七条',
    });
    expect(await db.client.upload.count()).toBe(0);
  });

  it('names each row that cannot be used, and keeps the others', async () => {
    const { lin, db } = await world();
    const rows = [
      bankRow('单选', '可以', abcd, ' a '),
      bankRow('单选', '答案两个', abcd, 'AB'),
      bankRow('多选', '答案一个', abcd, 'A'),
      bankRow('单选', '没有的选项', abcd, 'E'),
      bankRow('单选', '', abcd, 'A'),
      bankRow('填空', '题型不对', abcd, 'A'),
      bankRow('单选', '答案看不懂', abcd, '第一个'),
      bankRow('单选', '没有答案', abcd, ''),
      bankRow('单选', '中间空着', ['甲', '', '丙'], 'A'),
      bankRow('单选', '一个选项', ['甲'], 'A'),
      bankRow('单选', '重复选项', ['甲', '甲'], 'A'),
      bankRow('判断', '判断看不懂', [], '也许'),
      bankRow('单选', '可 以', [...abcd].reverse(), 'B'),
      bankRow('单选', '太长'.repeat(600), abcd, 'A'),
    ];
    await lin.sends('杂.xlsx', await bankSheet(rows));
    const preview = lin.private().at(-1);
    for (const text of [
      '能用的题 1 道',
      '有 12 行没能读出',
      '第 3 行：单选题只能有一个答案，现在是「AB」',
      '第 4 行：多选题至少两个答案',
      '第 5 行：答案「E」超出了选项',
      '第 6 行：没有题干',
      '第 7 行：题型「填空」不认识',
      '第 8 行：没看懂答案「第一个」',
      '第 9 行：没有答案',
      '第 10 行：选项 B 是空的',
      '第 11 行：选项至少要有两个',
      '第 12 行：选项「甲」写了两遍',
      '第 13 行：没看懂答案「也许」',
      '第 14 行与第 2 行相同',
      '第 15 行：「太长',
    ])
      expect(preview).toContain(text);
    await lin.presses('确认入库');
    expect(await questions(db)).toHaveLength(1);
  });

  it('offers nothing to confirm where no row can be used', async () => {
    const { lin, db } = await world();
    await lin.sends('坏.xlsx', await bankSheet([bankRow('单选', '题', abcd, 'Z')]));
    expect(lin.private().at(-1)).toContain('没有一道能用的题');
    expect(lin.private().at(-1)).not.toContain('[确认入库]');
    expect(await questions(db)).toEqual([]);
  });

  it('names the questions which the branch has already, and updates those that differ', async () => {
    const { lin, db } = await world();
    await lin.sends('党章.xlsx', await bankSheet(good));
    await lin.presses('确认入库');
    await lin.sends('再来.xlsx', await bankSheet(good));
    expect(lin.private().at(-1)).toContain('完全相同，不再加：第 2、3、4 行');
    expect(lin.private().at(-1)).not.toContain('[确认入库]');
    const mended = [...good, bankRow('单选', '党的根本宗旨是什么？', abcd, 'C')].slice(1);
    await lin.sends('改.xlsx', await bankSheet(mended));
    expect(lin.private().at(-1)).toContain('确认后更新：第 4 行');
    await lin.presses('确认入库');
    expect(lin.private().at(-1)).toContain('新增 0 道，更新 1 道，原来就有 2 道');
    const [first, ...others] = await questions(db);
    expect(first).toMatchObject({ answer: [2], tags: [] });
    expect(others).toHaveLength(2);
    expect(first?.banks).toHaveLength(2);
  });

  it('is stored once for each question by two files at the same moment', async () => {
    const { lin, settle, db } = await world();
    await lin.sends('一.xlsx', await bankSheet(good));
    const first = lin.sawButton('确认入库');
    await lin.sends('二.xlsx', await bankSheet([...good].reverse()));
    const second = lin.sawButton('确认入库');
    await Promise.all([first(), second()]);
    await settle();
    expect(await questions(db)).toHaveLength(3);
    expect(await db.client.questionBank.count()).toBe(2);
  });

  it('is read from GIFT, its category as tag, other forms named by their line', async () => {
    const { lin, db } = await world();
    const gift = `// 备注
$CATEGORY: $course$/top/党章

::第一题:: 党的生日是哪一天？ { =7月1日#对 ~10月1日 ~8月1日 ####见党史 }

哪些是党员的义务 \\= 权利？{~%50%学习 ~%50%交纳党费 ~%-100%罢工}

预备期为一年。{TRUE}

首都在哪里？{=北京 =北京市}

写一篇短文。{}
`;
    await lin.sends('党章.gift', gift);
    expect(lin.private().at(-1)).toContain('能用的题 3 道');
    expect(lin.private().at(-1)).toContain('第 10 行：题型');
    expect(lin.private().at(-1)).toContain('第 12 行：题型');
    await lin.presses('确认入库');
    const [single, multiple, truth] = await questions(db);
    expect(single).toMatchObject({
      text: '党的生日是哪一天？',
      options: ['7月1日', '10月1日', '8月1日'],
      answer: [0],
      explanation: '见党史',
    });
    expect(single?.tags).toMatchObject([{ tag: '党章' }]);
    expect(multiple).toMatchObject({ text: '哪些是党员的义务 = 权利？', answer: [0, 1] });
    expect(truth).toMatchObject({ kind: 'truth', answer: [0] });
  });

  it('is read from Aiken, the question without an answer named', async () => {
    const { lin, db } = await world();
    const aiken = `党的最高理想是什么？
A. 实现共产主义
B) 小康
ANSWER: A

没有答案的题
A. 甲
B. 乙

下列正确的有
A、甲
B、乙
C、丙
ANSWER: C, A
`;
    await lin.sends('题.txt', aiken.replaceAll('\n', '\r\n'));
    expect(lin.private().at(-1)).toContain('能用的题 2 道');
    expect(lin.private().at(-1)).toContain('第 6 行：没有答案');
    await lin.presses('确认入库');
    expect(await questions(db)).toMatchObject([
      { kind: 'single', options: ['实现共产主义', '小康'], answer: [0] },
      { kind: 'multiple', options: ['甲', '乙', '丙'], answer: [0, 2] },
    ]);
  });

  it('keeps markup as harmless text', async () => {
    const { lin, messenger, db } = await world();
    const text = '<at id=all></at> **粗** \u202e题';
    await lin.sends('<at id=all></at>.xlsx', await bankSheet([bankRow('单选', text, abcd, 'ZZ')]));
    await lin.sends('好.xlsx', await bankSheet([bankRow('单选', text, abcd, 'A', text)]));
    await lin.presses('确认入库');
    expect((await questions(db))[0]?.text).toBe('<at id=all></at> **粗** 题');
    expect(JSON.stringify(messenger.messages)).not.toMatch(/"markdown","content":"[^"]*<at/);
  });

  it('is shown on a card that the platform takes, however many rows are wrong', async () => {
    const { lin } = await world();
    const rows = Array.from({ length: 4_999 }, (_, i) =>
      bankRow('单选', `题${i}`, abcd, '答'.repeat(50)),
    );
    await lin.sends('多.xlsx', await bankSheet([...rows, bankRow('单选', '好', abcd, 'A')]));
    expect(lin.private().at(-1)).toContain('……另有 4939 行');
    expect(lin.private().at(-1)).toContain('[确认入库]');
  });
});

it('of 5,000 questions is read and kept whole', async () => {
  const { lin, db } = await world();
  const rows = Array.from({ length: 5_000 }, (_, i) => bankRow('单选', `题${i}`, abcd, 'A'));
  await lin.sends('大.xlsx', await bankSheet(rows));
  expect(lin.private().at(-1)).toContain('能用的题 5000 道');
  await lin.presses('确认入库');
  expect(lin.reads()).toContain('新增 5000 道');
  expect(await db.client.bankQuestion.count()).toBe(5_000);
});

/** A zip with one entry, which unpacks to `size` zeros and says it is small. */
function bomb(size: number): Uint8Array {
  const name = Buffer.from('xl/workbook.xml');
  const packed = deflateRawSync(Buffer.alloc(size));
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt16LE(name.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt32LE(100, 24);
  entry.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(local.length + name.length + packed.length, 16);
  return new Uint8Array(Buffer.concat([local, name, packed, entry, name, end]));
}

describe('the sample files', () => {
  it('include a bank that can be used as it is', async () => {
    const { lin, group } = await world();
    const { name, bytes } = await sampleFile('bank');
    await lin.sends(name, bytes);
    expect(lin.private().at(-1)).toContain('题库《示例题库》');
    expect(lin.private().at(-1)).toContain('能用的题 12 道');
    expect(lin.private().at(-1)).not.toContain('没能读出');
    await lin.presses('确认入库');
    await lin.says('测验 三会一课 5题');
    expect(group.sees()).toContain('测验 · 三会一课');
  });

  it('include a questionnaire, which is refused by name for now', async () => {
    const { lin, db } = await world();
    const { name, bytes } = await sampleFile('survey');
    await lin.sends(name, bytes);
    expect(lin.private().at(-1)).toContain('这是一份问卷，学伴现在还不能用它发起问卷，没有保存');
    expect(await db.client.upload.count()).toBe(0);
  });
});

describe('a question bank that is refused', () => {
  it.each([
    ['an empty file', '题.xlsx', () => new Uint8Array(), '没有文字'],
    ['no zip', '题.xlsx', () => Uint8Array.from({ length: 99 }, (_, i) => i), '已损坏'],
    ['a zip bomb', '题.xlsx', () => bomb(120 * 1024 * 1024), '太复杂'],
    ['another sheet', '题.xlsx', () => sheetOf('别的', [['题型']]), '没有名为「题库」的工作表'],
    ['missing columns', '题.xlsx', () => sheetOf('题库', [['题型', 'A']]), '题干、答案'],
    ['no rows', '题.xlsx', () => bankSheet([]), '没有题目'],
    ['an empty GIFT', '题.gift', () => '// 空\n', '没有题目'],
    [
      'too many rows',
      '题.xlsx',
      () => bankSheet(Array.from({ length: 5_001 }, (_, i) => ['单选', `${i}`])),
      '最多 5000 行',
    ],
  ])('is %s', async (_, name, content, said) => {
    const { lin, db } = await world();
    await lin.sends(name, await content());
    expect(lin.private().at(-1)).toContain(said);
    expect(await db.client.upload.count()).toBe(0);
  });

  it('comes from a member', async () => {
    const { wang, db } = await world();
    await wang.sends('题.xlsx', await bankSheet(good));
    expect(wang.private().at(-1)).toContain('由支部书记来添加');
    expect(await db.client.upload.count()).toBe(0);
  });
});

it('speaks English as well', () => {
  const reader = { locale: 'en-US' as const, zone: 'Asia/Shanghai', now: new Date(0) };
  const branch = { id: 1 as BranchId, name: 'First' };
  const preview = {
    upload: '0' as UploadId,
    title: 'Constitution',
    name: 'c.xlsx',
    counts: { single: 1, multiple: 0, truth: 2 },
    faults: [{ row: 5, code: 'one-answer' as const, said: 'AB' }],
    repeats: [{ row: 6, of: 2 }],
    places: [{ branch, added: [2], changed: [3], same: [4] }],
    until: new Date(86_400_000),
  };
  const shown = JSON.stringify([
    bankPreviewCard(reader, preview),
    keptBankCard(reader, { branch, title: 'Constitution', added: 1, changed: 1, same: 1 }),
  ]);
  expect(shown).toContain('3 usable questions');
  expect(shown).toContain('1 single choice · 2 true or false');
  expect(shown).toContain('Row 6 is the same as row 2');
  expect(shown).not.toMatch(/[\u4e00-\u9fff]/);
});
