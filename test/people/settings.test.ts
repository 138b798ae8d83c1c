import { describe, expect, it } from 'vitest';
import { world } from '../support/world.ts';

const remindersOf = (person: { private(): string[] }) =>
  person.private().filter((text) => text.includes('提醒：还等你完成'));

describe('设置', () => {
  it('shows a secretary in private all that the branch decides, however it was asked', async () => {
    const { lin, group } = await world();
    await lin.says('设置');
    expect(group.sees()).toBe('设置已私聊发给你');
    for (const text of ['设置 · 第一党支部', '下班', '自动催办', '每周消息', '保存'])
      expect(lin.reads()).toContain(text);
  });

  it('is for secretaries', async () => {
    const { wang } = await world();
    await wang.whispers('设置 自动催办 关');
    expect(wang.reads()).toContain('只有本支部的书记');
    expect(await wang.pressesForged('settings.save', { branch: 1 })).toMatchObject({
      type: 'warning',
    });
  });

  it('keeps what is filled in on the form, and shows it so from then on', async () => {
    const { lin } = await world();
    await lin.whispers('设置');
    const filled = { nudges_automatic: false, groups_messages: '5', work_end: '17:30 +0800' };
    expect(await lin.presses('保存', filled)).toMatchObject({ type: 'success' });
    await lin.whispers('设置 自动催办');
    expect(lin.reads()).toContain('没看懂「自动催办」要改成什么');
    await lin.whispers('签到 读报 截止 下班前');
    expect(lin.reads()).toContain('17:30');
  });

  it.each([
    ['设置 自动催办 关', '自动催办 关'],
    ['设置 每周消息 20', '每周消息 20'],
    ['设置 下班 17:30', '下班 17:30'],
    ['设置 下班：17：30', '下班 17:30'],
    ['settings end of work 17:30', '下班 17:30'],
    ['/设置 下班 下午五点半', '下班 17:30'],
  ])('%s changes one thing in a line', async (said, told) => {
    const { lin } = await world();
    await lin.whispers(said);
    expect(lin.reads()).toContain(told);
  });

  it.each([
    ['设置 每周消息 1000', '只能是 1 到 100'],
    ['设置 下班 25:99', '没看懂「下班」要改成什么'],
    ['/设置 心情 好', '没有叫「心情 好」的设置'],
  ])('%s is refused with what works', async (said, told) => {
    const { lin } = await world();
    await lin.whispers(said);
    expect(lin.reads()).toContain(told);
  });

  it('refuses a form that holds what cannot be, and changes nothing of it', async () => {
    const { lin } = await world();
    await lin.whispers('设置');
    const wrong = { nudges_automatic: false, groups_messages: '0', work_end: '17:30 +0800' };
    expect(await lin.presses('保存', wrong)).toMatchObject({ type: 'warning' });
    await lin.whispers('签到 读报 截止 下班前');
    expect(lin.reads()).toContain('18:00');
  });

  it('decides nothing that was left as it was', async () => {
    const { lin, db } = await world();
    await lin.whispers('设置');
    const filled = { nudges_automatic: true, groups_messages: '5', work_end: '18:00 +0800' };
    await lin.presses('保存', filled);
    expect(await db.client.branchSetting.findMany()).toMatchObject([{ name: 'groups.messages' }]);
  });

  it('belongs to one branch: whoever serves two sees each', async () => {
    const { lin, second } = await world({ second: true });
    await lin.says('设置 下班 16:00', { in: second });
    await lin.whispers('设置');
    expect(lin.reads()).toContain('设置 · 第一党支部');
    await lin.presses('第二党支部');
    expect(lin.reads()).toContain('设置 · 第二党支部');
    await lin.says('签到 读报 截止 下班前', { in: second });
    expect(second.sees()).toContain('16:00');
  });
});

describe('a reminder that comes by itself', () => {
  it('reaches those who are waited for two hours before the end, once', async () => {
    const { lin, wang, zhao, clock, settle } = await world('2026-03-02T10:00:00+08:00');
    await lin.says('签到 党课 截止 18:00');
    await zhao.presses('签到');
    clock.set('2026-03-02T16:00:00+08:00');
    await settle();
    expect(remindersOf(wang)).toHaveLength(1);
    expect(remindersOf(zhao)).toHaveLength(0);
    clock.set('2026-03-02T17:00:00+08:00');
    await settle();
    expect(remindersOf(wang)).toHaveLength(1);
  });

  it('leaves out what is short, and what the branch switched off', async () => {
    const { lin, wang, clock, settle } = await world('2026-03-02T10:00:00+08:00');
    await lin.says('签到 读报 截止 15:30');
    await lin.says('签到 党课 截止 18:00');
    await lin.whispers('设置 自动催办 关');
    for (const at of ['13:30', '16:00', '17:55']) {
      clock.set(`2026-03-02T${at}:00+08:00`);
      await settle();
    }
    expect(remindersOf(wang)).toHaveLength(0);
  });

  it('leaves meetings to their own reminders', async () => {
    const { lin, wang, clock, settle } = await world('2026-03-02T10:00:00+08:00');
    await lin.says('会议 支委会 明天 15:00');
    for (const at of ['03T14:30', '03T15:00', '03T16:30']) {
      clock.set(`2026-03-${at}:00+08:00`);
      await settle();
    }
    expect(remindersOf(wang)).toHaveLength(0);
  });

  it('follows an end that is moved', async () => {
    const { lin, wang, clock, settle } = await world('2026-03-02T10:00:00+08:00');
    await lin.says('签到 党课 截止 18:00');
    await lin.says('改 1 截止 20:00');
    clock.set('2026-03-02T16:30:00+08:00');
    await settle();
    expect(remindersOf(wang)).toHaveLength(0);
    clock.set('2026-03-02T18:00:00+08:00');
    await settle();
    expect(remindersOf(wang)).toHaveLength(1);
  });
});

describe('a group that has heard enough this week', () => {
  it('gets no reminder of a meeting, while whoever has not answered gets theirs', async () => {
    const { lin, wang, group, clock, settle } = await world('2026-03-02T10:00:00+08:00');
    await lin.whispers('设置 每周消息 1');
    await lin.says('会议 支委会 明天 15:00');
    for (const at of ['02T15:00', '03T14:00']) {
      clock.set(`2026-03-${at}:00+08:00`);
      await settle();
    }
    expect(group.all().join()).not.toContain('会议提醒');
    expect(wang.private().join()).toContain('快开会了');
    expect(group.all().join()).toContain('支委会');
  });
});
