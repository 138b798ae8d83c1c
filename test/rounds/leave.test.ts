import { describe, expect, it } from 'vitest';
import { world } from '../support/world.ts';

const morning = '2026-03-02T10:00:00+08:00';
const afterwards = '2026-03-02T18:30:00+08:00';

describe('请假', () => {
  it('takes a person off the list of who is missing and counts without a name', async () => {
    const { lin, wang, group } = await world();
    await lin.says('签到 党课');
    await wang.whispers('请假 1 出差');
    expect(group.card('党课')).toContain('已签到 0 / 4 人 · 请假 1');
    await lin.whispers('进度 1');
    expect(lin.reads()).toContain('还差：林志远、赵敏、刘洋');
    expect(lin.reads()).toContain('请假：王芳（出差）');
    await lin.says('进度 1');
    expect(group.sees()).toContain('请假 1');
    expect(group.all().slice(1).join()).not.toContain('王芳');
  });

  it('does not repeat in a group the reason that was typed there', async () => {
    const { lin, wang, group } = await world();
    await lin.says('签到 党课');
    await wang.says('请假 1 照顾病人');
    expect(group.sees()).toContain('#1 请假已记下');
    expect(group.all().join()).not.toContain('照顾病人');
    await lin.whispers('进度 1');
    expect(lin.reads()).toContain('照顾病人');
  });

  it('counts an answer that is given afterwards as done', async () => {
    const { lin, wang, group } = await world();
    await lin.says('签到 党课');
    await wang.whispers('请假 1');
    await wang.presses('签到');
    expect(group.card('党课')).toContain('已签到 1 / 4 人');
    expect(group.card('党课')).not.toContain('请假');
    await wang.whispers('请假 1');
    expect(wang.reads()).toContain('你已经完成了，不用请假');
    expect(group.card('党课')).not.toContain('请假');
  });

  it('is recorded once however often it is said at once; a reason may follow', async () => {
    const { lin, wang, group, db } = await world();
    await lin.says('签到 党课');
    await Promise.all(Array.from({ length: 8 }, () => wang.whispers('请假 1')));
    expect(wang.private().filter((text) => text.includes('已记下'))).toHaveLength(1);
    expect(group.card('党课')).toContain('请假 1');
    await wang.whispers('请假 1 出差');
    await wang.whispers('请假 1');
    const kept = await db.client.roundLeave.findMany();
    expect(kept.map(({ reason }) => reason)).toEqual(['出差']);
  });

  it('is told to the secretary when the round ends, and to nobody else', async () => {
    const { lin, wang, zhao, clock, settle, group } = await world(morning);
    await lin.says('签到 党课 截止 18:00');
    await wang.whispers('请假 1 出差');
    clock.set(afterwards);
    await settle();
    expect(lin.reads()).toContain('请假：王芳（出差）');
    expect(lin.reads()).toContain('还差：林志远、赵敏、刘洋');
    expect(zhao.reads()).toBe('');
    expect(group.all().join()).not.toContain('出差');
  });

  it('is refused with one line after the end, to outsiders, and where nothing has that number', async () => {
    const { lin, wang, chen, clock, settle, db } = await world(morning);
    await lin.says('签到 党课 截止 18:00');
    await chen.whispers('请假 1');
    await wang.whispers('请假 7');
    expect(wang.reads()).toContain('没有编号为 7 的事项');
    await wang.whispers('/请假 十二');
    expect(wang.reads()).toContain('例如：请假 12 出差');
    clock.set(afterwards);
    await settle();
    await wang.whispers('请假 1');
    expect(wang.reads()).toContain('#1 已经结束了，没有改动。没赶上可以补，例如：补 1 已自学');
    expect(await db.client.roundLeave.count()).toBe(0);
  });

  it('asks with buttons which branch is meant', async () => {
    const { lin, db } = await world({ second: true });
    await lin.whispers('签到 党课');
    const second = await db.client.chat.findFirstOrThrow({ where: { name: '第二支部群' } });
    expect(second.branchId).not.toBeNull();
    await db.client.round.create({
      data: {
        branchId: second.branchId ?? 0,
        chatId: second.id,
        number: 1,
        kind: 'checkin',
        title: '读报',
        openedBy: lin.id,
        openedAt: new Date(morning),
        closesAt: new Date('2026-03-03T10:00:00+08:00'),
        people: { create: { personId: lin.id } },
      },
    });
    await lin.whispers('请假 1 出差');
    expect(await lin.presses('第二党支部 · 读报')).toMatchObject({ type: 'success' });
    const [leave] = await db.client.roundLeave.findMany({ include: { round: true } });
    expect(leave).toMatchObject({ reason: '出差', round: { title: '读报' } });
  });

  it('takes a forged reason for nothing', async () => {
    const { lin, wang, db } = await world();
    await lin.says('签到 党课');
    for (const text of [{ $ne: 1 }, 12, '长'.repeat(3000)])
      await wang.pressesForged('round.leave', { round: 1, text });
    expect(await db.client.roundLeave.count()).toBe(0);
  });
});

describe('补', () => {
  async function ended() {
    const there = await world(morning);
    await there.lin.says('签到 党课 截止 18:00');
    await there.zhao.presses('签到');
    there.clock.set(afterwards);
    await there.settle();
    return there;
  }

  it('is counted apart once the round is over, and once per person', async () => {
    const { wang, lin, group, db } = await ended();
    await wang.whispers('补 1 自学了第二章');
    expect(wang.reads()).toContain('#1 已记下，算结束之后补上的');
    await wang.whispers('补 1 又学了一遍');
    expect(wang.reads()).toContain('#1 已经补过了');
    expect(group.card('党课')).toContain('已签到 1 / 4 人 · 补 1');
    const made = await db.client.roundMakeup.findMany();
    expect(made.map(({ text }) => text)).toEqual(['自学了第二章']);
    await lin.whispers('进度 1');
    expect(lin.private().at(-1)).toContain('还差：林志远、刘洋');
  });

  it('is not needed by whoever answered in time', async () => {
    const { zhao, group } = await ended();
    await zhao.whispers('补 1');
    expect(zhao.reads()).toContain('你已经按时完成了，不用补');
    expect(group.card('党课')).not.toContain('补');
  });

  it('is never taken before the end, nor for what was taken back, nor from outsiders', async () => {
    const { lin, wang, chen, db } = await world();
    await lin.says('签到 党课');
    await wang.whispers('补 1 已自学');
    expect(wang.reads()).toContain('#1 还没有结束，不用补，现在就可以完成，例如：答 1');
    await lin.says('撤回 1');
    await wang.whispers('补 1 已自学');
    expect(wang.reads()).toContain('#1 已经撤回了');
    await chen.whispers('补 1 已自学');
    expect(await db.client.roundMakeup.count()).toBe(0);
  });

  it('is of one who was on leave counted as made up', async () => {
    const { lin, wang, clock, settle, group } = await world(morning);
    await lin.says('签到 党课 截止 18:00');
    await wang.whispers('请假 1 出差');
    clock.set(afterwards);
    await settle();
    await wang.whispers('补 1 已自学');
    expect(group.card('党课')).toContain('已签到 0 / 4 人 · 补 1');
    expect(group.card('党课')).not.toContain('请假');
  });
});
