import { describe, expect, it } from 'vitest';
import { followUp } from '../../src/answers/ask/follow-up.ts';
import { world } from '../support/world.ts';

const rules = `# 支部入门

## 党员大会多久开一次

党员大会一般每季度召开一次。

## 支委会多久开一次

支委会一般每月召开一次。

## 谁来召集

支委会由支部书记召集。
`;

async function library() {
  const scene = await world();
  await scene.lin.sends('入门.md', rules);
  await scene.lin.presses('确认入库');
  return scene;
}

describe('a question that leans on the one before', () => {
  it('is understood in private, and shown as it was understood', async () => {
    const { wang } = await library();
    await wang.whispers('党员大会多久开一次');
    await wang.whispers('那支委会呢？');
    const answer = wang.private().at(-1);
    expect(answer).toContain('支委会一般每月召开一次。');
    expect(answer).toContain('接着上一个问题，理解为：支委会多久开一次');
  });

  it('carries on from turn to turn', async () => {
    const { wang } = await library();
    await wang.whispers('党员大会多久开一次');
    await wang.whispers('那支委会呢');
    await wang.whispers('那由谁召集呢');
    expect(wang.private().at(-1)).toContain('支委会由支部书记召集。');
  });

  it('is not understood any more after half an hour', async () => {
    const { wang, clock } = await library();
    await wang.whispers('党员大会多久开一次');
    clock.pass(31 * 60_000);
    await wang.whispers('那支委会呢？');
    expect(wang.private().at(-1)).not.toContain('接着上一个问题');
  });

  it('is kept nowhere after half an hour, whatever is said since', async () => {
    const { wang, clock, settle, db } = await library();
    await wang.whispers('党员大会多久开一次');
    expect(await db.client.askTurn.count()).toBe(1);
    clock.pass(31 * 60_000);
    await settle();
    expect(await db.client.askTurn.count()).toBe(0);
  });

  it('is kept no longer for what others ask meanwhile', async () => {
    const { wang, zhao, clock, settle, db } = await library();
    await wang.whispers('党员大会多久开一次');
    clock.pass(20 * 60_000);
    await zhao.whispers('谁来召集支委会');
    clock.pass(11 * 60_000);
    await settle();
    const kept = await db.client.askTurn.findMany();
    expect(kept.map(({ question }) => question)).toEqual(['谁来召集支委会']);
    clock.pass(20 * 60_000);
    await settle();
    expect(await db.client.askTurn.count()).toBe(0);
  });

  it('means the last question of its thread in a group, and nothing outside of it', async () => {
    const { wang, zhao, group } = await library();
    const first = await wang.says('党员大会多久开一次');
    await zhao.says('那支委会呢？');
    expect(group.sees()).not.toContain('接着上一个问题');
    await zhao.says('那支委会呢？', { under: first });
    expect(group.sees()).toContain('支委会一般每月召开一次。');
    expect(group.sees()).toContain('接着上一个问题');
  });

  it('is not taken from somebody else', async () => {
    const { wang, zhao } = await library();
    await wang.whispers('党员大会多久开一次');
    await zhao.whispers('那支委会呢？');
    expect(zhao.private().at(-1)).not.toContain('接着上一个问题');
  });

  it('leaves out what was refused as secret', async () => {
    const { wang, db } = await library();
    await wang.whispers('绝密★ 党员大会多久开一次');
    await wang.whispers('身份证号 11010519491231002X 的党员大会多久开一次');
    expect((await db.client.askTurn.findMany()).map(({ question }) => question)).toEqual([]);
  });
});

describe('an answer in a group', () => {
  it('names who asked, and in private nobody', async () => {
    const { wang, group } = await library();
    await wang.says('党员大会多久开一次');
    expect(group.sees()).toContain(`<at id=person:${wang.id}></at>`);
    await wang.whispers('党员大会多久开一次');
    expect(wang.reads()).not.toContain('<at');
  });
});

describe('what is meant', () => {
  it.each([
    ['预备党员有哪些权利', '那正式党员呢', '正式党员有哪些权利'],
    ['党员大会多久开一次', '还有党小组会呢', '党小组会多久开一次'],
    ['党员大会多久开一次', '那支委会由谁召集', '支委会由谁召集'],
    ['女职工产假多少天', '那男职工呢', '男职工产假多少天'],
    ['三会一课是指什么', '它多久开一次', '三会一课多久开一次'],
    ['劳动合同法试用期', '多久', '劳动合同法试用期多久'],
    ['请假要提前多久', '那请假了怎么补学', '请假了怎么补学'],
  ])('after %s by %s is %s', (earlier, said, meant) => {
    expect(followUp(said, earlier)).toBe(meant);
  });

  it.each([
    ['三会一课是指什么', '什么是主题党日'],
    ['三会一课是指什么', '那些会议有什么要求'],
    ['三会一课是指什么', '谢谢你的解答'],
    ['党员大会多久开一次', '党费怎么交'],
    ['党员大会多久开一次', '呢'],
  ])('after %s by %s is just that', (earlier, said) => {
    expect(followUp(said, earlier)).toBeUndefined();
  });

  it('in English as well', () => {
    expect(followUp('What about the committee meeting?', 'How often is it held?')).toContain(
      'committee meeting',
    );
  });
});
