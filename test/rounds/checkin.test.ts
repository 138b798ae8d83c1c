import { describe, expect, it } from 'vitest';
import { world } from '../support/world.ts';

describe('opening a check-in', () => {
  it('puts one card with title, end, count and button into the group', async () => {
    const { lin, group } = await world('2026-03-02T10:00:00+08:00');
    await lin.says('签到 主题党日学习 截止 明天 18:00');
    expect(group.sees()).toContain('签到 · 主题党日学习');
    expect(group.sees()).toContain('截止 3月3日（周二）18:00');
    expect(group.sees()).toContain('已签到 0 / 4 人');
    expect(group.sees()).toContain('[签到]');
    expect(group.sees()).toContain('#1');
    expect(group.all()).toHaveLength(2); // the answer to 绑定 and this card
  });

  it('ends at 23:59 of the next day where nothing is said', async () => {
    const { lin, group } = await world('2026-12-30T10:00:00+08:00');
    await lin.says('打卡 读报');
    expect(group.sees()).toContain('截止 12月31日（周四）23:59');
  });

  it('goes to the group from a private chat too, and the secretary hears so', async () => {
    const { lin, group } = await world();
    await lin.whispers('签到 主题党日学习');
    expect(group.sees()).toContain('签到 · 主题党日学习');
    expect(lin.reads()).toContain('已经发到群里了');
  });

  it('is refused to a member, and nothing is opened', async () => {
    const { wang, group } = await world();
    await wang.says('签到 主题党日学习');
    expect(group.sees()).not.toContain('[签到]');
    await wang.says('签到');
    expect(group.sees()).not.toContain('签到成功');
  });

  it('is refused where no branch is bound, with what to do', async () => {
    const { lin, group } = await world({ bound: false });
    await lin.says('签到 主题党日学习');
    expect(group.sees()).not.toContain('[签到]');
    expect(group.all()).toHaveLength(1);
  });

  it('is refused with a past end, and nothing is opened', async () => {
    const { lin, group } = await world('2026-03-02T10:00:00+08:00');
    await lin.says('签到 主题党日学习 截止 今天 9:00');
    expect(group.sees()).not.toContain('[签到]');
  });

  it('leaves markup and mentions of all in the title as text', async () => {
    const { lin, group, messenger } = await world();
    await lin.says('签到 **党课** <at id=all></at> [点我](http://x)');
    expect(group.sees()).toContain('**党课** <at id=all></at> [点我](http://x)');
    expect(JSON.stringify(messenger.messages)).not.toContain('"tag":"markdown","content":"**党课');
  });

  it('refuses a title of 10,000 characters and takes one with control characters', async () => {
    const { lin, group } = await world();
    await lin.says(`签到 ${'学'.repeat(10_000)}`);
    expect(group.sees()).not.toContain('[签到]');
    await lin.says('签到 党\u0000课\ud800学习');
    expect(group.sees()).toContain('签到 · 党课学习');
  });
});

describe('answering', () => {
  it('counts a press, says so to the presser and moves the count on the card', async () => {
    const { lin, wang, group } = await world();
    await lin.says('签到 党课');
    expect(await wang.presses('签到')).toMatchObject({ type: 'success', content: '签到成功' });
    expect(group.sees()).toContain('已签到 1 / 4 人');
  });

  it('changes nothing at the second press and says so', async () => {
    const { lin, wang, group } = await world();
    await lin.says('签到 党课');
    await wang.presses('签到');
    expect(await wang.presses('签到')).toMatchObject({ type: 'info', content: '你已经签过了' });
    expect(group.sees()).toContain('已签到 1 / 4 人');
  });

  it('is answered by the button of the help in a group, and only the presser is told', async () => {
    const { lin, wang, group } = await world();
    await lin.says('签到 党课');
    await wang.says('帮助');
    const before = group.all().length;
    expect(await wang.presses('签到')).toMatchObject({ content: '签到成功（#1）' });
    expect(group.all()).toHaveLength(before);
    expect(group.card('签到 · 党课')).toContain('已签到 1 / 4 人');
  });

  it('counts right when one person presses 50 times at once and 30 others with them', async () => {
    const { lin, wang, members, group } = await world({ members: 29 });
    await lin.says('签到 党课');
    const toasts = await Promise.all([
      ...Array.from({ length: 50 }, () => wang.presses('签到')),
      ...members.map((member) => member.presses('签到')),
    ]);
    expect(toasts.filter((toast) => toast?.type === 'success')).toHaveLength(30);
    expect(group.sees()).toContain('已签到 30 / 33 人');
  });

  it('refreshes the card once for all presses of a second', async () => {
    const { lin, members, group, settle } = await world({ members: 10 });
    await lin.says('签到 党课');
    await Promise.all(members.map((member) => member.taps('签到')));
    await settle();
    expect(group.sees()).toContain('已签到 10 / 14 人');
    expect(group.updates()).toBe(1);
  });

  it('takes 签到 alone for the one that is open, in the group and in private', async () => {
    const { lin, wang, zhao, group } = await world();
    await lin.says('签到 党课');
    await wang.says('签到');
    await zhao.whispers('签到');
    expect(zhao.reads()).toContain('签到成功（#1）');
    expect(group.card('党课')).toContain('已签到 2 / 4 人');
  });

  it('asks which one where several are open, and takes the press', async () => {
    const { lin, wang, group } = await world();
    await lin.says('签到 党课');
    await lin.says('签到 读报');
    await wang.whispers('签到');
    expect(wang.reads()).toContain('[#1 党课]');
    await wang.presses('#2 读报');
    expect(group.card('读报')).toContain('已签到 1 / 4 人');
    expect(group.card('党课')).toContain('已签到 0 / 4 人');
    await wang.whispers('签到');
    expect(group.card('党课')).toContain('已签到 1 / 4 人');
  });

  it('says so when nothing is open', async () => {
    const { wang } = await world();
    await wang.whispers('签到');
    expect(wang.reads()).not.toContain('签到成功');
    expect(wang.reads()).not.toBe('');
  });

  it('takes an answer by number, and a line of text that may be written anew', async () => {
    const { lin, wang, group } = await world();
    await lin.says('签到 党课');
    await wang.whispers('答 1 学了第一章');
    await wang.whispers('答 #1 学了两章');
    expect(wang.reads()).toContain('已更新你写的内容');
    await wang.whispers('答 1');
    expect(wang.reads()).toContain('你已经签过了');
    expect(group.card('党课')).toContain('已签到 1 / 4 人');
  });

  it('takes 2,000 characters of text and refuses one more with the limit', async () => {
    const { lin, wang, group } = await world();
    await lin.says('签到 党课');
    await wang.says(`答 1 ${'学'.repeat(2001)}`);
    expect(group.sees()).toContain('最多 2000 个字');
    await wang.says(`答 1 ${'学'.repeat(2000)}`);
    expect(group.sees()).toContain('签到成功');
  });

  it('tells an outsider that the round does not ask them', async () => {
    const { lin, chen, group } = await world();
    await lin.says('签到 党课');
    expect((await chen.presses('签到'))?.content).toContain('不在这次的名单里');
    expect(group.sees()).toContain('已签到 0 / 4 人');
  });

  it('changes nothing for forged values', async () => {
    const { lin, wang, group } = await world();
    await lin.says('签到 党课');
    for (const round of ['1', 999, -1, 1.5, null, 2 ** 40, { $ne: 1 }]) {
      const toast = await wang.pressesForged('checkin.answer', { round });
      expect(toast?.type).not.toBe('success');
    }
    expect(group.sees()).toContain('已签到 0 / 4 人');
  });
});

describe('the end of a check-in', () => {
  it('comes by itself: card grey without button, names to the secretary only', async () => {
    const { lin, wang, zhao, clock, settle, group } = await world('2026-03-02T10:00:00+08:00');
    await lin.says('签到 党课 截止 18:00');
    await wang.presses('签到');
    clock.set('2026-03-02T18:00:00+08:00');
    await settle();
    expect(group.sees()).toContain('签到已结束 · 党课');
    expect(group.sees()).toContain('已签到 1 / 4 人');
    expect(group.sees()).not.toContain('[签到]');
    expect(lin.reads()).toContain('赵敏');
    expect(lin.reads()).not.toContain('王芳');
    expect(zhao.reads()).toBe('');
    expect(group.all().join()).not.toContain('赵敏');
  });

  it('refuses a press after it with a toast', async () => {
    const { lin, wang, clock, group } = await world('2026-03-02T10:00:00+08:00');
    await lin.says('签到 党课 截止 18:00');
    const press = wang.sawButton('签到');
    clock.set('2026-03-02T18:00:01+08:00');
    const toast = await press();
    expect(toast?.type).not.toBe('success');
    expect(group.card('党课')).toContain('已签到 0 / 4 人');
  });

  it('takes an answer that was given before the end and arrives after it', async () => {
    const { lin, wang, clock, settle, group } = await world('2026-03-02T10:00:00+08:00');
    await lin.says('签到 党课 截止 18:00');
    const press = wang.sawButton('签到');
    clock.set('2026-03-02T18:00:00+08:00');
    await settle();
    expect(await press('2026-03-02T17:59:59+08:00')).toMatchObject({ type: 'success' });
    await settle();
    expect(group.card('党课')).toContain('已签到 1 / 4 人');
  });
});
