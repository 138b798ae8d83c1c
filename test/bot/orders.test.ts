import { describe, expect, it } from 'vitest';
import { measure } from '../../bench/understanding/measure.ts';
import { sentences } from '../../bench/understanding/sentences.ts';
import { commands } from '../support/commands.ts';
import { world } from '../support/world.ts';

describe('what people ask for in their own words', () => {
  it('is understood in 97 of 100 sentences, and no order is looked up in the documents', () => {
    const { right, wrong, answered } = measure(sentences, commands);
    expect(right / sentences.length, JSON.stringify(wrong)).toBeGreaterThanOrEqual(0.97);
    expect(answered).toEqual([]);
    expect(sentences.length).toBeGreaterThanOrEqual(200);
  });

  it('is offered filled in, and done once it is confirmed', async () => {
    const { lin, group } = await world();
    const before = group.all().length;
    await lin.whispers('帮我发起一个主题党日的签到，周三下午五点半截止');
    expect(lin.reads()).toContain('我还什么都没有做');
    expect(lin.reads()).toContain('签到 主题党日 截止 2026-03-04 17:30');
    expect(group.all().length).toBe(before);
    await lin.presses('就这样办');
    expect(group.sees()).toContain('主题党日');
    expect(group.sees()).toContain('3月4日（周三）17:30');
  });

  it('is done once however often its button is pressed', async () => {
    const { lin, group } = await world();
    await lin.whispers('帮我发起一个签到');
    const press = lin.sawButton('就这样办');
    await press();
    const after = group.all().length;
    expect((await press())?.content).toBe('这件事已经办过了。');
    expect(group.all().length).toBe(after);
  });

  it('names the moment that was meant, since it may be confirmed on another day', async () => {
    const { lin, clock, group } = await world();
    await lin.whispers('通知：明天下午两点半在三楼会议室开支委会');
    clock.set('2026-03-03T09:00:00+08:00');
    await lin.presses('就这样办');
    expect(group.sees()).toContain('3月3日（周二）14:30');
  });

  it('carries out nothing but a command', async () => {
    const { lin } = await world();
    await lin.whispers('你好');
    const line = { id: '0190f0e0-0000-7000-8000-000000000000', line: '党员的义务有哪些' };
    const toast = await lin.pressesForged('order.confirm', line);
    expect(toast?.type).toBe('warning');
  });

  it('is left alone where it was not meant', async () => {
    const { lin, group } = await world();
    const before = group.all().length;
    await lin.whispers('帮我发起一个签到');
    await lin.presses('不是');
    expect(lin.reads()).toContain('什么也没有做');
    expect(group.all().length).toBe(before);
  });

  it('goes to the private chat of whoever said it in a group, and acts in that group', async () => {
    const { lin, group } = await world({ second: true });
    await lin.says('发起一次学习签到，明天18:00截止');
    expect(group.sees()).toBe('私聊发给你了，确认后再办。');
    await lin.presses('就这样办');
    expect(group.sees()).toContain('学习');
  });

  it('tells somebody who may not who can', async () => {
    const { wang, group } = await world();
    await wang.whispers('帮我发起一个签到');
    expect(wang.reads()).toContain('支部书记');
    expect(group.all().join()).not.toContain('签到 签到');
  });

  it('shows at once, to the secretary alone, what was only asked to be seen', async () => {
    const { lin, group } = await world();
    await lin.says('签到 党课');
    await lin.says('谁还没签到');
    expect(group.sees()).not.toContain('王芳');
    expect(lin.reads()).toContain('王芳');
  });

  it('says of what people tell of themselves that nothing was recorded', async () => {
    const { wang } = await world();
    await wang.whispers('我想请假去接孩子');
    expect(wang.reads()).toMatch(/没有记录|还什么都没有做/);
  });

  it('keeps an end that cannot be read from being lost', async () => {
    const { lin, group } = await world();
    const before = group.all().length;
    await lin.whispers('帮我发起一个签到，截止2月30日');
    if (lin.reads().includes('就这样办')) await lin.presses('就这样办');
    expect(group.all().length).toBe(before);
  });
});

describe('several commands in one message', () => {
  it('are done in order and answered one by one', async () => {
    const { lin, group } = await world();
    await lin.says('签到 党课 截止 18:00\n签到 读书 截止 明天 18:00');
    expect(group.all().join('\n')).toContain('党课');
    expect(group.sees()).toContain('读书');
  });

  it('of which one is refused do not undo the others', async () => {
    const { lin, group } = await world();
    await lin.says('签到 党课\n结束 99\n签到 读书');
    const all = group.all().join('\n');
    expect(all).toContain('党课');
    expect(all).toContain('读书');
    expect(all).toContain('99');
  });

  it('leave lines that begin with no command to the one above, and lines below 议题 as they are', async () => {
    const { lin, group } = await world();
    await lin.says('会议 支委会 明天 10:00 议题 一、学习\n签到 制度讨论\n二、讨论');
    expect(group.sees()).toContain('签到 制度讨论');
    expect(group.all().join()).not.toContain('已签到');
  });

  it('may be one command with several numbers', async () => {
    const { lin, group } = await world();
    await lin.says('签到 一\n签到 二\n签到 三');
    await lin.says('撤回 1 3');
    await lin.whispers('进度');
    expect(lin.reads()).toContain('二');
    expect(group.all().filter((each) => each.includes('撤回')).length).toBeGreaterThanOrEqual(2);
  });
});

describe('a number behind a number', () => {
  it('is an answer where a round takes one', async () => {
    const { lin, wang, group } = await world();
    await lin.says('签到 一\n签到 二');
    await wang.says('答 1 2');
    expect(group.all().filter((each) => each.includes('已签到 1 / 4 人'))).toHaveLength(1);
  });
});

describe('signs around a command', () => {
  it.each(['签到👍', '签到[赞]', '[玫瑰] 签到', '👍签到👍🏻'])('%s signs in', async (text) => {
    const { lin, wang, group } = await world();
    await lin.says('签到 党课');
    await wang.says(text);
    expect(group.all().join()).toContain('已签到 1 / 4 人');
  });

  it('do not hide it, nor does whom the message mentions', async () => {
    const { lin, wang, zhao, group } = await world();
    await lin.says('签到 党课');
    await wang.says('@赵敏 签到', { mentions: [] });
    await wang.says('@林志远 签到', { mentions: [lin] });
    expect(group.all().join()).toContain('已签到 1 / 4 人');
    await zhao.says('签到 @林志远', { mentions: [lin] });
    expect(group.all().join()).toContain('已签到 2 / 4 人');
  });
});

describe('the words on a button that was shown', () => {
  it('do what the button does where somebody types them', async () => {
    const { lin } = await world();
    await lin.whispers('帮我发起一个签到');
    await lin.whispers('不是');
    expect(lin.reads()).toContain('什么也没有做');
  });

  it('are kept without anything that somebody said', async () => {
    const { lin, db } = await world();
    await lin.whispers('帮我发起一个读书会的签到');
    await lin.whispers('党员的义务有哪些');
    const rows = await db.sql<{ buttons: unknown }>(`select buttons from outgoing`);
    expect(JSON.stringify(rows)).not.toMatch(/读书会|义务/);
  });

  it('also of a card that took the place of a pressed one', async () => {
    const { lin, group } = await world();
    await lin.whispers('帮我发起一个签到');
    await lin.presses('不是');
    await lin.whispers('就这样办');
    expect(group.all().join()).not.toContain('已签到 0 / 4 人');
  });

  it('mean nothing where no such button was shown', async () => {
    const { wang } = await world();
    await wang.whispers('就这样办');
    expect(wang.reads()).not.toContain('已办');
  });
});
