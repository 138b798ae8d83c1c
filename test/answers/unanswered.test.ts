import { describe, expect, it } from 'vitest';
import { weekCard } from '../../cards/answers/unanswered.ts';
import type { BranchId } from '../../src/base/ids.ts';
import { sizeOf } from '../support/card-text.ts';
import { world } from '../support/world.ts';

// A Wednesday, and the Monday after it.
const wednesday = '2026-03-04T10:00:00+08:00';
const monday = '2026-03-09T09:00:00+08:00';
const rules =
  '# 学习制度\n\n第一条 请假应当在活动开始前向主持人提出。\n\n第二条 每月集中学习一次。\n';
const question = '红烧肉要炖多长时间';
const title = '上周没有答上来的问题';

async function library() {
  const scene = await world({ at: wednesday, second: true });
  const { lin, clock, settle, db } = scene;
  await lin.sends('制度.md', rules);
  await lin.presses('确认入库 · 第一党支部');
  const until = async (at: string) => {
    clock.set(at);
    await settle();
  };
  const kept = () => db.client.unansweredQuestion.findMany();
  return { ...scene, until, kept };
}
type Told = { private(): string[] };
const notes = (person: Told) => person.private().filter((text) => text.includes(title));

describe('a question that found no answer', () => {
  it('is told on Monday at nine to the secretaries, each in private, without names', async () => {
    const { lin, wang, zhao, group, until } = await library();
    await lin.says('书记 @赵敏', { mentions: [zhao] });
    await wang.says(question);
    expect(group.sees()).toContain('下周一会把这个问题告诉支部书记');
    expect(group.sees()).toContain('不带你的姓名');
    await until('2026-03-09T08:59:00+08:00');
    expect(notes(lin)).toEqual([]);
    await until(monday);
    for (const secretary of [lin, zhao]) {
      expect(notes(secretary)).toHaveLength(1);
      expect(notes(secretary)[0]).toContain(`· ${question}`);
      expect(notes(secretary)[0]).not.toContain('王芳');
      expect(notes(secretary)[0]).toContain('私聊发给我，确认入库');
    }
    expect(notes(wang)).toEqual([]);
    expect(group.all().join('\n')).not.toContain(title);
  });

  it('is kept with its branch and day and nothing else, and deleted once it is told', async () => {
    const { wang, until, kept } = await library();
    await wang.says(question);
    const [row] = await kept();
    expect(Object.keys(row ?? {}).sort()).toEqual(['branchId', 'day', 'id', 'question']);
    expect(row?.day.toISOString()).toBe('2026-03-04T00:00:00.000Z');
    await until(monday);
    expect(await kept()).toEqual([]);
  });

  it('asked several times in the same words is one, with its number, and the most asked comes first', async () => {
    const { lin, wang, liu, until } = await library();
    await liu.whispers('天上有多少颗星星');
    await wang.says(question);
    await liu.whispers(`${question}？`);
    await until(monday);
    expect(notes(lin)[0]).toContain(`· ${question}（问了 2 次）\n· 天上有多少颗星星\n`);
  });

  it('is told once, however many processes there are and however often they try', async () => {
    const { lin, wang, replica, until, kept } = await library();
    const other = await replica();
    await wang.says(question);
    await until('2026-03-09T08:59:50+08:00');
    await Promise.all([until(monday), other.settle()]);
    await other.settle();
    await until('2026-03-09T20:00:00+08:00');
    expect(notes(lin)).toHaveLength(1);
    expect(await kept()).toEqual([]);
  });

  it('of the next week comes with the next note; in a week without any there is none', async () => {
    const { lin, wang, until } = await library();
    await wang.says(question);
    await until(monday);
    await wang.says('天上有多少颗星星');
    await until('2026-03-15T10:00:00+08:00');
    expect(notes(lin)).toHaveLength(1);
    await until('2026-03-16T09:00:00+08:00');
    expect(notes(lin)).toHaveLength(2);
    expect(notes(lin)[1]).not.toContain(question);
    await until('2026-03-23T09:00:00+08:00');
    expect(notes(lin)).toHaveLength(2);
  });

  it('waits for the end of a secretary’s quiet hours, and is told then', async () => {
    const { lin, zhao, wang, until, kept } = await library();
    await lin.says('书记 @赵敏', { mentions: [zhao] });
    await zhao.whispers('勿扰 21:00-11:00');
    await wang.says(question);
    await until(monday);
    expect([notes(lin).length, notes(zhao).length]).toEqual([1, 0]);
    expect(await kept()).toHaveLength(1);
    await until('2026-03-09T11:00:00+08:00');
    expect([notes(lin).length, notes(zhao).length]).toEqual([1, 1]);
    expect(await kept()).toEqual([]);
  });

  it('is its own branch’s: the group’s in a group, in private the person’s', async () => {
    const { lin, wang, zhao, second, until } = await library();
    await second.joinedBy(zhao);
    await second.joinedBy(wang);
    await lin.says('书记 @赵敏', { in: second, mentions: [zhao] });
    await zhao.whispers('勿扰 关');
    await wang.says(question);
    await until(monday);
    expect(notes(lin)).toHaveLength(1);
    expect(notes(zhao)).toEqual([]);
  });
});

describe('不转告', () => {
  it('takes it back at once, and says so a second time', async () => {
    const { lin, wang, until, kept } = await library();
    await wang.says(question);
    const press = wang.sawButton('不转告');
    expect(await press()).toEqual({ type: 'success', content: '好的，这个问题不转告书记' });
    expect(await kept()).toEqual([]);
    expect(await press()).toMatchObject({ type: 'info' });
    await until(monday);
    expect(notes(lin)).toEqual([]);
  });

  it('takes back one of two that are equal', async () => {
    const { lin, wang, liu, until } = await library();
    await wang.whispers(question);
    await liu.whispers(question);
    await liu.presses('不转告');
    await until(monday);
    expect(notes(lin)[0]).toContain(`· ${question}\n`);
  });

  it('is nothing for outsiders', async () => {
    const { wang, chen, kept } = await library();
    await wang.says(question);
    expect(await chen.presses('不转告')).toMatchObject({ type: 'info' });
    expect(await kept()).toHaveLength(1);
    expect(await chen.pressesForged('vain.keep-back', { asked: "'; --" })).toMatchObject({
      type: 'warning',
    });
  });
});

describe('nothing is kept', () => {
  it.each([
    ['of what is answered', '请假应当向谁提出'],
    ['of what is secret', '身份证 11010519491231002X 是谁'],
    ['of a greeting', '你好'],
    ['of a sigh', '唉唉'],
    ['of signs', '！！？？。。😀😀'],
    ['of a long text', '红烧肉'.repeat(70)],
    ['of what was nearly a command', '签到率怎么算'],
  ])('%s', async (_, said) => {
    const { wang, kept } = await library();
    await wang.whispers(said);
    expect(await kept()).toEqual([]);
    expect(wang.private().at(-1)).not.toContain('不转告');
  });

  it('while there are no documents', async () => {
    const { wang, db } = await world();
    await wang.whispers(question);
    expect(await db.client.unansweredQuestion.count()).toBe(0);
    expect(wang.private().at(-1)).not.toContain('不转告');
  });

  it('of a secretary, who knows, nor of somebody in no branch', async () => {
    const { lin, chen, kept } = await library();
    await lin.whispers(question);
    expect(lin.private().at(-1)).not.toContain('不转告');
    await chen.whispers(question);
    expect(await kept()).toEqual([]);
  });

  it('for more than 14 days, told or not', async () => {
    const { wang, clock, kept, cleans } = await library();
    await wang.says(question);
    clock.set('2026-03-18T02:41:00+08:00');
    await cleans();
    expect(await kept()).toHaveLength(1);
    clock.set('2026-03-20T02:41:00+08:00');
    await cleans();
    expect(await kept()).toEqual([]);
  });
});

it('the note says what else waits: answers that were marked, and standard answers to look at', async () => {
  const { lin, wang, until } = await library();
  await lin.whispers('标准答案 问题：多久学一次 答案：每月一次。 出处：学习制度 第二条');
  await wang.whispers('请假应当向谁提出');
  await wang.presses('没用');
  await lin.whispers('资料 停用 学习制度');
  await until(monday);
  expect(notes(lin)).toHaveLength(1);
  for (const text of ['对回答的反馈有 1 条还没处理', '有 1 条标准答案的出处变了'])
    expect(notes(lin)[0]).toContain(text);
});

it('the privacy card says what becomes of such a question', async () => {
  const { wang } = await library();
  await wang.whispers('隐私');
  expect(wang.private().at(-1)).toContain('没找到答案的问题，每周不带姓名告诉书记一次');
});

it('the note shows twenty, fits on a card, and speaks English', () => {
  const reader = { locale: 'en-US' as const, zone: 'Asia/Shanghai', now: new Date(0) };
  const questions = Array.from({ length: 20 }, (_, i) => ({
    question: 'q'.repeat(200),
    times: i + 1,
  }));
  const branch = { id: 1 as BranchId, name: 'First' };
  const card = weekCard(reader, { branch, questions, more: 7, feedback: 2, stale: 1 });
  expect(sizeOf({ card }).bytes).toBeLessThan(28_000);
  expect(JSON.stringify(card)).toContain('7 more.');
  expect(JSON.stringify(card)).not.toMatch(/[\u4e00-\u9fff]/);
});
