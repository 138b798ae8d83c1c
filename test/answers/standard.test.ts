import { describe, expect, it } from 'vitest';
import { draftCard, standardsCard } from '../../cards/answers/standard.ts';
import type { BranchId, PassageId, StandardId } from '../../src/base/ids.ts';
import { asksTheSame } from '../../src/answers/standard/rules.ts';
import { sizeOf } from '../support/card-text.ts';
import type { FakeMessenger } from '../support/messenger.ts';
import { world } from '../support/world.ts';

const rules = `# 学习制度

第一条 请假应当在活动开始前向主持人提出。

第二条 请假的党员一般在两周之内补学。

第三条 每月集中学习一次，由支委会安排。
`;
const trees = '# 植树安排\n\n第一条 每年三月组织一次义务植树，地点由支委会确定。\n';
const question = '请假的党员一般在多久之内补学';
const answer = '两周之内补上，找领学人说一声就行。';
const written = `标准答案 问题：${question} 答案：${answer} 出处：《学习制度》第二条`;
const marked = '标准答案 · ';

async function library() {
  const scene = await world({ second: true });
  const { lin } = scene;
  await lin.sends('制度.md', rules);
  await lin.presses('确认入库 · 第一党支部');
  await lin.sends('植树.md', trees);
  await lin.presses('确认入库 · 第二党支部');
  const renew = async (text: string) => {
    await lin.sends('制度.md', text);
    await lin.presses('确认入库 · 第一党支部');
  };
  return { ...scene, renew };
}

/** What is chosen in the newest form from the start. */
function chosen({ messages }: FakeMessenger): string {
  const cards = messages.map(({ content }) => JSON.stringify(content));
  const form = cards.reverse().find((each) => each.includes('"initial_option"'));
  return /"initial_option":"([^"]+)"/.exec(form ?? '')?.[1] ?? '';
}

describe('a standard answer', () => {
  it('comes before what is found, marked, with who approved it, when, and its source word for word', async () => {
    const { lin, wang, group } = await library();
    await lin.whispers(written);
    expect(lin.private().at(-1)).toContain('已存为「第一党支部」的标准答案');
    for (const ask of [
      async () => (await wang.says(question), group.sees()),
      async () => (await wang.whispers('请假的党员，多久之内补学？'), wang.private().at(-1) ?? ''),
    ]) {
      const seen = await ask();
      for (const text of [
        marked,
        answer,
        '支部核定：第一党支部，2026年3月2日',
        '第二条 请假的党员一般在两周之内补学。',
        '—— 《学习制度》 第二条',
        '[读前后文]',
        '[有用]',
      ])
        expect(seen).toContain(text);
    }
    await wang.presses('读前后文');
    expect(wang.private().at(-1)).toContain('第三条 每月集中学习一次');
  });

  it('is not given to another question, nor in another branch', async () => {
    const { lin, wang, zhao, group, second } = await library();
    await lin.whispers(written);
    await wang.says('请假的党员一般在多久之前提出');
    expect(group.sees()).not.toContain(marked);
    await lin.says(question, { in: second });
    expect(second.sees()).not.toContain(answer);
    await second.joinedBy(zhao);
    await group.leftBy(zhao);
    await zhao.whispers(question);
    expect(zhao.reads()).not.toContain(answer);
  });

  it('gives way to a newer one to the same question, also when two come at once', async () => {
    const { lin, wang, zhao, db, group } = await library();
    await lin.says('书记 @赵敏', { mentions: [zhao] });
    await lin.whispers(written);
    await lin.whispers(written.replace(answer, '两周。'));
    expect(lin.private().at(-1)).toContain('旧的已停用');
    await wang.says(question);
    expect(group.sees()).toContain('两周。');
    const { id: passage } = await db.client.passage.findFirstOrThrow({
      where: { text: { contains: '两周' } },
    });
    const { id: branch } = await db.client.branch.findFirstOrThrow({
      where: { name: '第一党支部' },
    });
    for (const who of [lin, zhao]) {
      await who.whispers(question);
      await who.presses('修改');
    }
    const form = (text: string) => ({ question, answer: text, source: `${passage}:0:20` });
    await Promise.all([lin.taps('保存', form('甲')), zhao.taps('保存', form('乙'))]);
    const current = await db.client.standardAnswer.findMany({
      where: { state: 'current', branchId: branch },
    });
    expect(current).toHaveLength(1);
    expect(await db.client.standardAnswer.count()).toBe(4);
  });

  it('that is the quote itself is shown once', async () => {
    const { lin, wang, group } = await library();
    const quote = '第二条 请假的党员一般在两周之内补学。';
    await lin.whispers(written.replace(answer, quote));
    await wang.says(question);
    expect(group.sees().split(quote)).toHaveLength(2);
  });

  it('can be marked, and is listed with its words', async () => {
    const { lin, wang } = await library();
    await lin.whispers(written);
    await wang.says(question);
    await wang.presses('没用');
    await lin.whispers('反馈');
    expect(lin.private().at(-1)).toContain(`答：${answer}`);
  });
});

describe('its form', () => {
  it('is opened from an answer in private by a secretary, and by nobody else', async () => {
    const { lin, wang, group, messenger } = await library();
    await lin.says(question);
    expect(group.sees()).not.toContain('设为标准答案');
    await wang.whispers(question);
    expect(wang.private().at(-1)).not.toContain('设为标准答案');
    await lin.whispers(question);
    await lin.presses('设为标准答案');
    expect(lin.private().at(-1)).toContain('1. 《学习制度》 第二条');
    const form = { question, answer, source: chosen(messenger) };
    expect(await lin.presses('保存到 第一党支部', form)).toMatchObject({ type: 'success' });
    await wang.says(question);
    expect(group.sees()).toContain(answer);
  });

  it('is opened from what was marked, which is then dealt with', async () => {
    const { lin, wang, group, messenger } = await library();
    await wang.says(question);
    await wang.presses('没用');
    await lin.whispers('反馈');
    await lin.presses('写标准答案');
    await lin.presses('保存', { question, answer, source: chosen(messenger) });
    await lin.whispers('反馈');
    expect(lin.private().at(-1)).toContain('没有要处理的');
    await wang.says(question);
    expect(group.sees()).toContain(answer);
  });

  it('that is opened from what was marked rests on the very words that were cited', async () => {
    const { lin, wang, messenger, renew } = await library();
    const before = '活动室的桌椅由轮值的同志摆放整齐。'.repeat(30);
    const said = '请假的党员一般在两周之内补学。';
    await renew(`# 学习制度\n\n第一条 ${before}${said}${before}`);
    await wang.says(question);
    await wang.presses('没用');
    await lin.whispers('反馈');
    await lin.presses('写标准答案');
    expect(lin.private().at(-1)).toContain(said);
    const form = { question, answer, source: chosen(messenger) };
    await lin.presses('保存', form);
    expect(lin.private().at(-1)).toContain(said);
  });

  it('takes the place of the one it was opened with, also where the question is another now', async () => {
    const { lin, wang, group, db } = await library();
    await lin.whispers(written.replace(question, '每月集中学习几次'));
    await lin.whispers('标准答案');
    await lin.presses('修改');
    const { id } = await db.client.passage.findFirstOrThrow({
      where: { text: { contains: '两周' } },
    });
    await lin.presses('保存', { question, answer, source: `${id}:0:10` });
    expect(lin.private().at(-1)).toContain('旧的已停用');
    await wang.says('每月集中学习几次');
    expect(group.sees()).not.toContain(answer);
  });

  it('says where a source belongs that the branch does not have', async () => {
    const { lin, db } = await library();
    await lin.whispers(question);
    await lin.presses('设为标准答案');
    const { id } = await db.client.passage.findFirstOrThrow({
      where: { text: { contains: '植树' } },
    });
    const form = { question, answer, source: `${id}:0:10` };
    const toast = await lin.presses('保存到 第一党支部', form);
    expect(toast?.content).toContain('这段出处不是「第一党支部」的资料');
  });

  it('says what is missing, and stores nothing by halves', async () => {
    const { lin, db, messenger } = await library();
    await lin.whispers(question);
    await lin.presses('设为标准答案');
    const source = chosen(messenger);
    for (const [form, why] of [
      [{ question, answer: ' ', source }, '还缺答案'],
      [{ question: '', answer, source }, '还缺问题'],
      [{ question: '？？', answer, source }, '还缺问题'],
      [{ question, answer }, '还缺出处'],
      [{ question, answer, source: "1'; drop table passage" }, '还缺出处'],
      [{ question, answer: '长'.repeat(1001), source }, '最多 1000 个字'],
      [{ question, answer: '身份证号 11010519491231002X', source }, '身份证号'],
    ] as const)
      expect((await lin.presses('保存到 第一党支部', form))?.content).toContain(why);
    expect(await db.client.standardAnswer.count()).toBe(0);
  });

  it('stores for whom one serves, on what that branch may read', async () => {
    const { lin, wang, db, messenger } = await library();
    const branches = await db.client.branch.findMany({ orderBy: { id: 'asc' } });
    const foreign = await db.client.passage.findFirstOrThrow({
      where: { document: { title: '植树安排' } },
    });
    await lin.whispers(question);
    await lin.presses('设为标准答案');
    const source = `${foreign.id}:0:10`;
    expect(await lin.presses('保存到 第一党支部', { question, answer, source })).toMatchObject({
      type: 'warning',
    });
    const pin = { question, cites: [{ passage: foreign.id }] };
    for (const [action, value] of [
      ['standard.pin', pin],
      ['standard.save', { branch: branches[0]?.id }],
      ['standard.edit', { standard: 1 }],
      ['standard.change', { standard: 1, change: 'retire' }],
      ['feedback.answer', { feedback: 1 }],
    ] as const)
      expect(await wang.pressesForged(action, value)).toMatchObject({ type: 'warning' });
    expect(chosen(messenger)).not.toBe('');
    expect(await db.client.standardAnswer.count()).toBe(0);
  });
});

describe('标准答案', () => {
  it('lists them to secretaries, in private, also by a word, and retires and restores by number', async () => {
    const { lin, wang, group, db } = await library();
    await lin.whispers('标准答案');
    expect(lin.private().at(-1)).toContain('还没有标准答案');
    await lin.whispers(written);
    const { id } = await db.client.standardAnswer.findFirstOrThrow();
    await lin.says('标准答案');
    expect(group.sees()).toBe('已私聊发给你');
    expect(lin.private().at(-1)).toContain(`${id} · ${question}`);
    await lin.whispers('标准答案 植树');
    expect(lin.private().at(-1)).toContain('没有带「植树」的标准答案');
    await lin.whispers('标准答案 补学');
    expect(lin.private().at(-1)).toContain('带「补学」的有 1 条');
    const retire = lin.sawButton('停用');
    expect(await retire()).toMatchObject({ type: 'success' });
    expect(await retire()).toMatchObject({ type: 'info' });
    await wang.says(question);
    expect(group.sees()).not.toContain(answer);
    await lin.whispers(`标准答案 恢复 ${id}`);
    expect(lin.private().at(-1)).toContain('已恢复');
    await wang.says(question);
    expect(group.sees()).toContain(answer);
    await lin.whispers('标准答案 停用 99');
    expect(lin.private().at(-1)).toContain('没有编号为 99 的标准答案');
    await wang.whispers('标准答案');
    expect(wang.private().at(-1)).toContain('只有本支部的书记能做');
  });

  it('is another branch’s to its own secretaries only', async () => {
    const { lin, zhao, second, db } = await library();
    await lin.whispers(written);
    await second.joinedBy(zhao);
    await lin.says('书记 @赵敏', { in: second, mentions: [zhao] });
    await zhao.whispers('标准答案');
    expect(zhao.private().at(-1)).not.toContain(question);
    await zhao.whispers('标准答案 停用 1');
    expect(zhao.private().at(-1)).toContain('没有编号为 1');
    expect(await db.client.standardAnswer.count({ where: { state: 'current' } })).toBe(1);
  });

  it('keeps 问 and 答 within an answer as they were written', async () => {
    const { lin, wang, group } = await library();
    const steps = '第一步问支委。问：能补吗？答：能，两周之内。';
    await lin.whispers(`标准答案 问题：${question} 答案：${steps} 出处：学习制度 第二条`);
    await wang.says(question);
    expect(group.sees()).toContain(steps);
  });

  it.each([
    ['标准答案 问题：补学多久 出处：学习制度 第二条', '要写成：标准答案'],
    [
      '标准答案 问题：补学多久 答案：两周 出处：没有的资料 第二条',
      '没有找到出处「没有的资料 第二条」',
    ],
    ['标准答案 问题：补学多久 答案：两周 出处：学习制度 第九条', '没有找到出处'],
    ['标准答案 问题：补学多久 答案：两周 出处：学习制度', '正好找到一段'],
    ['标准答案 问题：植树几月 答案：三月 出处：植树安排 第一条', '没有找到出处'],
    ['标准答案 停用', '要写成：标准答案'],
    ['标准答案 停用 两号', '没看懂'],
  ])('refuses with an example what it cannot read: %s', async (said, why) => {
    const { lin, db } = await library();
    await lin.whispers(said);
    expect(lin.private().at(-1)).toContain(why);
    expect(lin.private().at(-1)).toContain('例如：标准答案 问题：');
    expect(await db.client.standardAnswer.count()).toBe(0);
  });

  it.each(['标准答案是什么', '标准答案 是什么意思', '标准答案 怎么写', '标准答案在哪里看'])(
    'leaves questions about it what they are: %s',
    async (said) => {
      const { lin } = await library();
      await lin.whispers(said);
      expect(lin.private().at(-1)).not.toContain('还没有标准答案');
      expect(lin.private().at(-1)).toMatch(/没有找到|可能有关|《学习制度》/);
    },
  );

  it('takes its parts in any order, on lines of their own, and in English', async () => {
    const { lin, db } = await library();
    await lin.whispers(
      `标准答案\n出处：学习制度 第2条\n问题：${question}\n答案：两周。\n分两次也行。`,
    );
    await lin.whispers(
      `standard question: ${question} 2 answer: Two weeks. source: 学习制度 第二条`,
    );
    const rows = await db.client.standardAnswer.findMany({ orderBy: { id: 'asc' } });
    expect(rows).toMatchObject([
      { question, answer: '两周。\n分两次也行。', quote: '第二条 请假的党员一般在两周之内补学。' },
      { question: `${question} 2`, answer: 'Two weeks.' },
    ]);
  });
});

describe('when its source is renewed', () => {
  const still = rules.replace('每月集中学习一次', '每月集中学习两次');
  const other = rules.replace('两周', '四周');

  it('it waits for a look, and what rests on the old text is told', async () => {
    const { lin, wang, group, renew } = await library();
    await lin.whispers(written);
    await renew(other);
    expect(lin.private().at(-1)).toContain('标准答案 1 条的出处是它，核对前不用于回答');
    expect(lin.private().at(-1)).toContain(`· ${question}`);
    await wang.says(question);
    expect(group.sees()).not.toContain(answer);
    expect(group.sees()).toContain('第二条 请假的党员一般在四周之内补学。');
    await lin.whispers('标准答案');
    expect(lin.private().at(-1)).toContain('出处已有新版或已停用');
    expect(lin.private().at(-1)).not.toContain('仍然适用');
    await lin.whispers('标准答案 核对 1');
    expect(lin.private().at(-1)).toContain('没有改动');
  });

  it('and still says so, one press approves it on the new text', async () => {
    const { lin, wang, group, clock, renew } = await library();
    await lin.whispers(written);
    await renew(still);
    clock.set('2026-03-09T10:00:00+08:00');
    await lin.whispers('标准答案');
    const confirm = lin.sawButton('仍然适用');
    expect(await confirm()).toMatchObject({ type: 'success' });
    expect(await confirm()).toMatchObject({ type: 'info' });
    await wang.says(question);
    expect(group.sees()).toContain(answer);
    expect(group.sees()).toContain('支部核定：第一党支部，2026年3月9日');
  });

  it('or retired or gone, it does not answer, and can be written anew on another passage', async () => {
    const { lin, wang, group, db, messenger } = await library();
    await lin.whispers(written);
    await lin.whispers('资料 停用 学习制度');
    expect(lin.private().at(-1)).toContain('标准答案 1 条的出处是它');
    await wang.says(question);
    expect(group.sees()).not.toContain(answer);
    await db.client.document.deleteMany({ where: { title: '学习制度' } });
    await lin.sends(
      '新.md',
      '# 补学办法\n\n第一条 请假的党员一般在三周之内补学。\n\n第二条 补学由领学人登记。',
    );
    await lin.presses('确认入库 · 第一党支部');
    await lin.whispers('标准答案');
    expect(lin.private().at(-1)).toContain('《学习制度》');
    await lin.presses('修改');
    await lin.presses('保存', { question, answer: '三周。', source: chosen(messenger) });
    await wang.says(question);
    expect(group.sees()).toContain('三周。');
  });
});

it('what is for the committee alone is not told in a group by a standard answer', async () => {
  const { lin, wang, group } = await world();
  await lin.sends('制度.md', rules);
  await lin.presses('只给支委会');
  await lin.whispers(written);
  await wang.says(question);
  expect(group.sees()).not.toContain(answer);
  await lin.whispers(question);
  expect(lin.private().at(-1)).toContain(answer);
});

describe('two questions', () => {
  const rights = '预备党员有哪些权利';
  it.each([
    [rights, '预备党员的权利有哪些？'],
    [rights, '请问预备党员都有什么权利呢'],
    [rights, '预备党员享有哪些权利'],
    [rights, '預備黨員有哪些權利'],
    [rights, '预备党员的权利是什么'],
    ['党员大会多久开一次', '党员大会多长时间召开一次？'],
    ['党员大会多久开一次', '多久召开一次党员大会'],
    ['入党需要几名介绍人', '入党介绍人需要几名'],
    ['预备党员可以投票吗', '预备党员能不能投票'],
    ['党费怎么交', '如何交党费'],
    ['民法典第三十六条是什么', '民法典第36条是什么'],
    ['党小组会谁主持', '党小组会由谁主持'],
    ['三会一课', '什么是三会一课'],
    ['How often do we study?', 'how often do we study'],
  ])('are the same: %s, %s', (one, other) => {
    expect(asksTheSame(one, other) && asksTheSame(other, one)).toBe(true);
  });

  it.each([
    [rights, '正式党员有哪些权利'],
    [rights, '党员有哪些权利'],
    [rights, '预备党员有哪些义务'],
    ['党员可以不参加组织生活吗', '党员可以参加组织生活吗'],
    ['党费交多少', '党费怎么交'],
    ['党费交多少', '谁交党费'],
    ['党费什么时候交', '党费交多少'],
    ['谁领导支部', '支部领导谁'],
    ['支部委员会多久开一次', '支部党员大会多久开一次'],
    ['民法典第三条是什么', '民法典第四条是什么'],
    ['受到警告处分后多久不得提升职务', '受到严重警告处分后多久不得提升职务'],
    ['2023年党费标准', '2024年党费标准'],
    ['党员的权利', '党员的权利和义务'],
    ['党小组会谁主持', '党小组谁主持'],
    ['党支部书记可以兼任吗', '党支部副书记可以兼任吗'],
    ['3名党员能成立支部吗', '2名党员能成立支部吗'],
    ['When do we meet?', 'Where do we meet?'],
    ['？？', '！！'],
  ])('are not: %s, %s', (one, other) => {
    expect(asksTheSame(one, other) || asksTheSame(other, one)).toBe(false);
  });
});

it('its cards hold the longest words, and speak English', () => {
  const reader = { locale: 'en-US' as const, zone: 'Asia/Shanghai', now: new Date(0) };
  const branch = { id: 1 as BranchId, name: 'N'.repeat(100) };
  const sources = Array.from({ length: 6 }, (_, i) => ({
    ...{ passage: (i + 1) as PassageId, title: 'T'.repeat(300), heading: 'H'.repeat(300) },
    ...{ start: 0, text: 'x'.repeat(300), isPart: true },
  }));
  const words = { question: 'q'.repeat(200), answer: 'a'.repeat(1000) };
  const draft = draftCard(reader, { ...words, sources, branches: [branch, branch] });
  const standards = Array.from({ length: 30 }, (_, i) => ({
    ...{ ...words, id: (i + 1) as StandardId, branch, approvedAt: new Date(0), cites: [] },
    ...{ title: 'T'.repeat(300), quote: 'x', heading: 'H'.repeat(300) },
    ...{ isRetired: i > 3, isStale: i === 0, isSaidStill: i === 0 },
  }));
  const list = standardsCard(reader, { branches: [branch, branch], standards });
  for (const card of [draft, list]) {
    expect(sizeOf({ card }).bytes).toBeLessThan(28_000);
    expect(sizeOf({ card }).elements).toBeLessThan(180);
    expect(JSON.stringify(card)).not.toMatch(/[\u4e00-\u9fff]/);
  }
  expect(JSON.stringify(list)).toContain('22 more');
});
