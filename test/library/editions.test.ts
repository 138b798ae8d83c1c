import { describe, expect, it } from 'vitest';
import { editionOf } from '../../src/library/articles/edition.ts';
import { namesDocument } from '../../src/library/shelf/rules.ts';
import type { Block } from '../../src/answers/retrieval/types.ts';
import { bankRow, bankSheet } from '../support/sheet.ts';
import { world } from '../support/world.ts';

const blocks = (text: string): Block[] =>
  text.split('\n').map((each) => ({ kind: 'text', text: each }));

describe('the edition that a document states', () => {
  it.each([
    [
      '1979年7月1日 全国人民代表大会通过\n2018年10月26日 常务委员会第六次会议《关于修改〈某法〉的决定》第二次修正\n第一条 甲。\n第九条 本法自1980年1月1日起施行。',
      { edition: { day: '2018-10-26', kind: 'amended' } },
    ],
    [
      '（2018年10月10日中共中央政治局会议审议批准\n2018年10月28日中共中央发布）\n第一条 甲。',
      { edition: { day: '2018-10-28', kind: 'issued' } },
    ],
    [
      '（2017年9月1日常务委员会第二十九次会议修订）\n第一条 甲。\n第六十一条 本法自2018年1月1日起施行。',
      { edition: { day: '2017-09-01', kind: 'revised' }, from: '2018-01-01' },
    ],
    [
      '2008年10月9日 国务院令第536号公布\n第一条 甲。\n第九条 本条例自公布之日起施行。',
      { edition: { day: '2008-10-09', kind: 'issued' }, from: '2008-10-09' },
    ],
    [
      '二〇二六年二月一日党员大会通过\n第一条 甲。\n第三条 本制度自二〇二六年三月一日起施行，有效期2年。',
      { edition: { day: '2026-02-01', kind: 'passed' }, from: '2026-03-01', to: '2028-02-29' },
    ],
    [
      '印发日期：2026-01-05\n施行日期：2026-02-01\n有效期至2027年12月31日\n一、总则',
      { edition: { day: '2026-01-05', kind: 'issued' }, from: '2026-02-01', to: '2027-12-31' },
    ],
    [
      '2023年12月29日 第七次会议通过的《某法修正案（十二）》\n第一条 甲。',
      { edition: { day: '2023-12-29', kind: 'amended' } },
    ],
  ])('is read: %j', (text, edition) => {
    expect(editionOf(blocks(text))).toEqual(edition);
  });

  it.each([
    '2025年10月23日，全会通过了《建议》，并于当日公布。\n大家认真学习。',
    '党的十九大于2017年10月24日通过党章修正案。\n第一条 甲。',
    '2018年2月30日 党员大会通过\n第一条 甲。',
    '（第一次修订）\n第一条 甲。',
    '第一条 甲。\n本法自公布之日起施行。',
    '第一党支部\n2026年3月2日\n第一条 甲。',
  ])('is left open where it does not say: %j', (text) => {
    expect(editionOf(blocks(text))).toEqual({});
  });
});

it.each([
  ['《支部工作条例（试行）》第十一条', '中国共产党支部工作条例（试行）', true],
  ['学习制度第三条', '支部学习制度', true],
  ['党章', '党章', true],
  ['党章', '党章学习问答', false],
  ['《刑法》第三条', '中华人民共和国民法典', false],
  ['', '学习制度', false],
])('a source names a document by its title: %s, %s', (source, title, isNamed) => {
  expect(namesDocument(source, title)).toBe(isNamed);
});

const rules = (weeks: string, note = '') =>
  `# 学习制度\n\n${note}\n\n第一条 补学在${weeks}周内完成。\n\n第二条 请假应当在活动开始前提出。`;

/** A rule that is in force, and one that takes its place on the fourth of March next year. */
async function soonRenewed() {
  const stage = await world();
  for (const text of [rules('两'), `${rules('三')}\n\n第三条 本制度自2027年3月4日起施行。`]) {
    await stage.lin.sends('制度.md', text);
    await stage.lin.presses('确认入库');
  }
  return stage;
}

describe('a new edition of a branch’s document', () => {
  it('is shown and cited with the edition it states', async () => {
    const { lin, wang } = await world();
    await lin.sends('制度.md', rules('两', '（2026年2月1日支部党员大会通过）'));
    expect(lin.private().at(-1)).toContain('文中写明：2026年2月1日通过');
    await lin.presses('确认入库');
    await wang.whispers('补学在几周内完成');
    expect(wang.private().at(-1)).toContain('—— 《学习制度》（2026年2月1日通过） 第一条');
  });

  it('lists what depends on the old text, on the card and afterwards, and keeps the old one', async () => {
    const { lin, wang, db } = await world();
    await lin.sends('制度.md', rules('两'));
    await lin.presses('确认入库');
    const question = bankRow('判断', '补学在两周内完成。', [], '对', '', '《学习制度》第一条');
    await lin.sends('题库.xlsx', await bankSheet([question]));
    await lin.presses('确认入库');
    await lin.says('每日一学 开 8:30 资料 学习制度');
    await lin.sends('制度.md', rules('三'));
    for (const text of ['旧版被引用', '题库 1 题的出处是它', '补学在两周内完成。', '支部群'])
      expect(lin.private().at(-1)).toContain(text);
    await lin.presses('确认入库');
    expect(lin.private().at(-1)).toContain('题库 1 题的出处是它；每日一学正在读它（支部群）');
    await wang.whispers('补学在几周内完成');
    expect(wang.private().at(-1)).toContain('三周');
    expect(wang.reads()).not.toContain('两周');
    const kept = await db.client.document.findMany({ orderBy: { id: 'asc' } });
    expect(kept.map(({ replacedById }) => replacedById)).toEqual([kept[1]?.id, null]);
    await lin.says('每日一学');
    expect(lin.private().join()).not.toContain('没有学习资料');
  });

  it('that holds from a later day lets the old one answer until then', async () => {
    const { lin, wang, clock } = await world('2026-03-02T10:00:00+08:00');
    await lin.sends('制度.md', rules('两'));
    await lin.presses('确认入库');
    await lin.sends('制度.md', rules('三', '施行日期：2026年3月4日'));
    expect(lin.private().at(-1)).toContain('2026年3月4日起才用于回答');
    await lin.presses('确认入库');
    expect(lin.private().at(-1)).not.toContain('现在可以直接提问');
    await wang.whispers('补学在几周内完成');
    expect(wang.private().at(-1)).toContain('两周');
    clock.set('2026-03-04T00:30:00+08:00');
    await wang.whispers('补学在几周内完成');
    expect(wang.private().at(-1)).toContain('三周');
  });

  it('that holds at once takes the place of one that was to hold later, and of the one before', async () => {
    const { lin, wang } = await soonRenewed();
    await lin.sends('制度.md', rules('四', '（2026年3月1日支部党员大会通过）'));
    await lin.presses('确认入库');
    await wang.whispers('补学在几周内完成');
    expect(wang.private().at(-1)).toContain('四周');
    expect(wang.private().at(-1)).not.toContain('两周');
  });

  it('is retired together with the one that answers until then, and both come back', async () => {
    const { lin, wang } = await soonRenewed();
    await lin.whispers('资料 停用 学习制度');
    await wang.whispers('补学在几周内完成');
    expect(wang.private().at(-1)).toContain('还没有学习资料');
    await lin.whispers('资料 恢复 学习制度');
    await wang.whispers('补学在几周内完成');
    expect(wang.private().at(-1)).toContain('两周');
  });
});

it('a document for the committee answers its secretary in private, and nobody else', async () => {
  const { lin, wang, group } = await world();
  await lin.sends('分工.md', '# 支委分工\n\n第一条 组织委员负责发展党员工作。');
  await lin.presses('只给支委会');
  expect(lin.private().at(-1)).toContain('担任职务的人可以在私聊里提问');
  await lin.whispers('谁负责发展党员工作');
  expect(lin.private().at(-1)).toContain('组织委员负责发展党员工作');
  await wang.whispers('谁负责发展党员工作');
  await lin.says('谁负责发展党员工作');
  for (const seen of [wang.private().at(-1), group.sees()]) {
    expect(seen).not.toContain('组织委员');
    expect(seen).not.toContain('支委分工');
  }
});
