import { describe, expect, it } from 'vitest';
import { feedbackCard } from '../../cards/answers/feedback.ts';
import { answerCard } from '../../cards/answers/ask.ts';
import type { Quote } from '../../src/answers/ask/types.ts';
import { createFeedback } from '../../src/answers/feedback/service.ts';
import type { BranchId, FeedbackId, PassageId } from '../../src/base/ids.ts';
import { sizeOf } from '../support/card-text.ts';
import { world } from '../support/world.ts';

const rules = `# 学习制度

第一条 请假应当在活动开始前向主持人提出。

第二条 请假的党员一般在两周之内补学。
`;
const other = '# 植树安排\n\n第一条 每年三月组织一次义务植树，地点由支委会确定。\n';
const question = '请假的党员一般在多久之内补学';
const cited = '第二条 请假的党员一般在两周之内补学。';
const trees = '每年几月组织一次义务植树';

async function library() {
  const scene = await world({ second: true });
  const { lin } = scene;
  await lin.sends('制度.md', rules);
  await lin.presses('确认入库 · 第一党支部');
  await lin.sends('植树.md', other);
  await lin.presses('确认入库 · 第二党支部');
  return scene;
}
const answer = '0f0f0f0f-0f0f-4f0f-8f0f-0f0f0f0f0f0f';

describe('a mark under an answer', () => {
  it('that it helped is counted, and keeps no words', async () => {
    const { wang, lin, db } = await library();
    await wang.whispers(question);
    expect(await wang.presses('有用')).toEqual({ type: 'success', content: '已记下「有用」' });
    const [row] = await db.client.feedback.findMany();
    expect(row).toMatchObject({ personId: wang.id, question: null, cites: null, text: null });
    await lin.whispers('反馈');
    expect(lin.private().at(-1)).toContain('标「有用」的有 1 次');
    expect(lin.private().at(-1)).not.toContain(question);
  });

  it('that it did not is listed for the secretary with question and cited words, and without a name', async () => {
    const { wang, lin } = await library();
    await wang.says(question);
    const toast = await wang.presses('没用');
    expect(toast?.content).toContain('不带你的名字');
    await lin.whispers('反馈');
    const seen = lin.private().at(-1) ?? '';
    for (const text of ['没用', `问：${question}`, cited, '—— 《学习制度》 第二条'])
      expect(seen).toContain(text);
    expect(seen).not.toContain(wang.name);
  });

  it('pressed again changes nothing and says so; another takes its place', async () => {
    const { wang, lin, db } = await library();
    await wang.whispers(question);
    await wang.presses('没用');
    expect(await wang.presses('没用')).toMatchObject({
      type: 'info',
      content: '你已经标过「没用」，没有改动',
    });
    expect((await wang.presses('出处不对'))?.content).toContain('已改成「出处不对」');
    expect(await db.client.feedback.count()).toBe(1);
    await wang.presses('有用');
    expect(await db.client.feedback.findMany()).toMatchObject([
      { kind: 'helpful', question: null },
    ]);
    await lin.whispers('反馈');
    expect(lin.private().at(-1)).not.toContain(question);
  });

  it('is one for each person and answer, also when two presses come at once', async () => {
    const { wang, zhao, db } = await library();
    await wang.says(question);
    const toasts = await Promise.all([wang.taps('没用'), wang.taps('没用'), zhao.taps('没用')]);
    expect(toasts.filter((toast) => toast?.type === 'success')).toHaveLength(2);
    expect(await db.client.feedback.count()).toBe(2);
    await wang.says(question);
    await wang.presses('没用');
    expect(await db.client.feedback.count()).toBe(3);
  });

  it('shows the words as they were cited, whatever the document says later', async () => {
    const { wang, lin } = await library();
    await wang.whispers(question);
    await wang.presses('出处不对');
    await lin.sends('制度.md', rules.replace('两周', '一个月'));
    await lin.presses('确认入库 · 第一党支部');
    await lin.whispers('反馈');
    expect(lin.private().at(-1)).toContain(cited);
  });

  it('of an answer in other words than the documents’ is shown with that answer', async () => {
    const { wang, lin, db, clock } = await library();
    const standards = { wordsOf: () => Promise.resolve(undefined) };
    const feedback = createFeedback({ db, clock, zone: 'Asia/Shanghai', standards });
    await feedback.remember({ answer, text: '两周之内补上就行。' });
    await wang.whispers(question);
    const { id: passage } = await db.client.passage.findFirstOrThrow({ where: { text: cited } });
    const value = { answer, mark: 'unhelpful', question, cites: [{ passage }] };
    expect(await wang.pressesForged('feedback.mark', value)).toMatchObject({ type: 'success' });
    await lin.whispers('反馈');
    expect(lin.private().at(-1)).toContain('答：两周之内补上就行。');
  });
});

describe('nobody but its own', () => {
  it('secretary sees what was marked in a branch', async () => {
    const { lin, wang, zhao, second } = await library();
    await second.joinedBy(zhao);
    await lin.says('书记 @赵敏', { in: second, mentions: [zhao] });
    await wang.says(question);
    await wang.presses('没用');
    await zhao.whispers('反馈');
    expect(zhao.private().at(-1)).not.toContain(question);
    expect(await zhao.pressesForged('feedback.finish', { feedback: 1 })).toMatchObject({
      type: 'warning',
    });
    await lin.whispers('反馈');
    expect(lin.private().at(-1)).toContain(question);
  });

  it('secretary hears of what one branch alone may read, where somebody is in two', async () => {
    const { lin, wang, zhao, second } = await library();
    await second.joinedBy(wang);
    await lin.says('书记 @赵敏', { mentions: [zhao] });
    await wang.whispers(trees);
    await wang.presses('没用');
    await zhao.whispers('反馈');
    expect(zhao.private().at(-1)).not.toContain('义务植树');
    await lin.whispers('反馈');
    expect(lin.private().at(-1)).toContain('第一条 每年三月组织一次义务植树');
  });

  it('secretary hears of a branch’s standard answer, where somebody is in two', async () => {
    const { lin, wang, zhao, second, db } = await library();
    await lin.whispers(`标准答案 问题：${question} 答案：自己人看的话 出处：学习制度 第二条`);
    // As if all shared the document on which it rests.
    const where = { title: '学习制度' };
    await db.client.document.updateMany({ where, data: { branchId: null } });
    await second.joinedBy(wang);
    await second.joinedBy(zhao);
    await lin.says('书记 @赵敏', { in: second, mentions: [zhao] });
    await wang.whispers(question);
    expect(wang.private().at(-1)).toContain('自己人看的话');
    await wang.presses('没用');
    await zhao.whispers('反馈');
    expect(zhao.private().at(-1)).not.toContain(question);
    await lin.whispers('反馈');
    expect(lin.private().at(-1)).toContain('答：自己人看的话');
  });

  it('member of the branch may mark its answers, and only what they may read', async () => {
    const { wang, chen, db, group } = await library();
    await wang.says(question);
    expect(await chen.presses('没用')).toMatchObject({ type: 'warning' });
    const foreign = await db.client.passage.findFirstOrThrow({
      where: { document: { title: '植树安排' } },
    });
    const cites = [{ passage: foreign.id, start: 0, end: 9 }];
    const value = { answer, mark: 'unhelpful', question: trees, cites };
    expect(await wang.pressesForged('feedback.mark', value)).toMatchObject({ type: 'warning' });
    for (const forged of [
      { ...value, question: 'x'.repeat(2000) },
      { ...value, cites: Array.from({ length: 50 }, () => cites[0]) },
      { ...value, answer: 'x' },
      { ...value, cites: [] },
    ])
      expect(await wang.pressesForged('feedback.mark', forged)).toMatchObject({ type: 'warning' });
    expect(await db.client.feedback.count()).toBe(0);
    expect(group.sees()).toContain(question);
  });

  it('member sees the list, and a group never does', async () => {
    const { wang, lin, group } = await library();
    await wang.says(question);
    await wang.presses('没用');
    await wang.whispers('反馈');
    expect(wang.private().at(-1)).toContain('只有本支部的书记能做');
    await lin.says('反馈');
    expect(group.sees()).toBe('已私聊发给你');
    expect(lin.private().at(-1)).toContain(cited);
  });
});

describe('what was marked', () => {
  it('is dealt with once, by button or by word, and stands below what is open', async () => {
    const { wang, lin, db } = await library();
    await wang.says(question);
    await wang.presses('没用');
    await wang.says('活动开始前请假向谁提出');
    await wang.presses('出处不对');
    await lin.whispers('反馈');
    const finish = lin.sawButton('处理完');
    expect(await finish()).toMatchObject({ type: 'success' });
    expect(await finish()).toMatchObject({ type: 'info' });
    const shown = lin.private().at(-1) ?? '';
    expect(shown).toContain('没处理的有 1 条');
    expect(shown.indexOf(question)).toBeLessThan(shown.indexOf('活动开始前'));
    const open = await db.client.feedback.findFirstOrThrow({
      where: { doneBranchIds: { isEmpty: true } },
    });
    await lin.whispers(`反馈 处理完 ${open.id}`);
    expect(lin.private().at(-1)).toContain(`反馈 ${open.id} 已处理`);
    await lin.whispers(`反馈 处理完 ${open.id}`);
    expect(lin.private().at(-1)).toContain('没有改动');
    await lin.whispers('反馈 处理完 99');
    expect(lin.private().at(-1)).toContain('没有编号为 99 的反馈');
  });

  it('is dealt with by each branch for itself, where somebody is in two', async () => {
    const { lin, wang, zhao, second, db } = await library();
    await db.client.document.updateMany({
      where: { title: '学习制度' },
      data: { branchId: null },
    });
    for (const each of [wang, zhao]) await second.joinedBy(each);
    await lin.says('书记 @赵敏', { in: second, mentions: [zhao] });
    await wang.whispers(question);
    await wang.presses('没用');
    await zhao.whispers('反馈');
    await zhao.presses('处理完');
    expect(zhao.private().at(-1)).toContain('没有要处理的');
    await lin.whispers('反馈');
    expect(lin.private().at(-1)).toContain('没处理的有 1 条');
  });

  it('is in what a person can see, take along and delete', async () => {
    const { wang, db } = await library();
    await wang.whispers(question);
    await wang.presses('没用');
    await wang.whispers('隐私');
    expect(wang.private().at(-1)).toContain('你标过的回答：1 条');
    await wang.whispers('隐私 导出');
    await wang.whispers('隐私 确认删除');
    expect(wang.private().at(-1)).toContain('对回答的标记 1 个');
    expect(await db.client.feedback.count()).toBe(0);
  });

  it('is forgotten after 90 days, and an answer nobody marked after 14', async () => {
    const { wang, db, clock, cleans } = await library();
    await db.client.shownAnswer.create({
      data: { answerId: answer, text: '两周', shownAt: clock.now() },
    });
    await wang.whispers(question);
    await wang.presses('没用');
    const counts = async () => [
      await db.client.feedback.count(),
      await db.client.shownAnswer.count(),
    ];
    const day = 86_400_000;
    for (const [days, left] of [
      [13, [1, 1]],
      [2, [1, 0]],
      [74, [1, 0]],
      [2, [0, 0]],
    ] as const) {
      clock.pass(days * day);
      await cleans();
      expect(await counts()).toEqual(left);
    }
  });
});

it('“反馈” within a sentence stays a question', async () => {
  const { lin } = await library();
  await lin.whispers('反馈 意见应当向谁提出');
  expect(lin.private().at(-1)).not.toContain('大家对回答的反馈');
});

describe('the cards', () => {
  const reader = { locale: 'en-US' as const, zone: 'Asia/Shanghai', now: new Date(0) };

  it('take the longest question with quotes of the longest', () => {
    const quote: Quote = {
      ...{ passage: 2147483647 as PassageId, title: '题'.repeat(200), heading: '章'.repeat(200) },
      ...{ text: '文'.repeat(600), start: 100_000, isPart: true },
    };
    const card = answerCard(reader, {
      ...{ question: '问'.repeat(500), place: 'private', id: answer, near: [] },
      answer: { is: 'answer', quotes: [quote, quote, quote], also: [], mayPin: true },
    });
    expect(sizeOf({ card }).bytes).toBeLessThan(28_000);
  });

  it('list long words without breaking a card, and speak English', () => {
    const cite = {
      ...{ passage: 1 as PassageId, title: 'T'.repeat(300), heading: 'H'.repeat(300) },
      start: 0,
      text: 'x'.repeat(600),
    };
    const answers = Array.from({ length: 30 }, (_, i) => ({
      ...{ id: (i + 1) as FeedbackId, mark: 'source' as const, question: 'q'.repeat(500) },
      ...{ cites: [cite, cite, cite, cite], text: 'a'.repeat(1000) },
      ...{ branches: [1 as BranchId], isDone: i > 20 },
    }));
    const card = feedbackCard(reader, { answers, open: 40, helpful: 1 });
    expect(sizeOf({ card }).bytes).toBeLessThan(28_000);
    expect(sizeOf({ card }).elements).toBeLessThan(180);
    const text = JSON.stringify(card);
    expect(text).toContain('35 more');
    const done = answers.map((each) => ({ ...each, isDone: true }));
    const nothingLeft = feedbackCard(reader, { answers: done, open: 0, helpful: 0 });
    expect(JSON.stringify(nothingLeft)).not.toMatch(/\d more/);
    expect(text).not.toMatch(/[\u4e00-\u9fff]/);
  });
});
