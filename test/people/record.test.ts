import { describe, expect, it } from 'vitest';
import { sizeOf } from '../support/card-text.ts';
import { world } from '../support/world.ts';

describe('学习', () => {
  it('adds up one’s own minutes of this month, by the branch’s calendar', async () => {
    const { wang, clock } = await world('2026-02-28T23:50:00+08:00');
    await wang.whispers('学习 120 党章');
    clock.set('2026-03-01T00:10:00+08:00');
    await wang.whispers('学习 30 党章第二章');
    await wang.whispers('学习 1小时');
    expect(wang.private().at(-1)).toBe('已记下 60 分钟，本月共 90 分钟。只有你自己看得到。');
    await wang.whispers('我的');
    expect(wang.reads()).toContain('本月学习 90 分钟，记了 2 次');
    expect(wang.private().at(-1)).toContain('30 分钟 党章第二章');
  });

  it('says in a group neither minutes nor what was studied', async () => {
    const { wang, group } = await world();
    await wang.says('学习 45 党章');
    expect(group.sees()).toBe('已记下，只有你自己看得到。发「我的」看合计。');
  });

  it('is shown to nobody else', async () => {
    const { lin, wang, group } = await world();
    await wang.whispers('学习 45 笔记一');
    await lin.whispers('我的');
    await lin.says('签到 党课');
    await lin.whispers('进度');
    expect(lin.reads()).toContain('本月学习 0 分钟');
    expect([...lin.private(), ...group.all()].join()).not.toMatch(/笔记一|45/);
  });

  it.each(['学习 0', '学习 1441', '学习 -5', '学习 25小时', '学习 99999'])(
    '%s is refused in one line with an example',
    async (text) => {
      const { wang, db } = await world();
      await wang.whispers(text);
      expect(wang.reads()).toContain('1 到 1440');
      expect(wang.reads()).toContain('例如：学习 30 党章');
      expect(await db.client.studyLog.count()).toBe(0);
    },
  );

  it('keeps markup as text', async () => {
    const { wang, messenger } = await world();
    await wang.whispers('学习 1440 **党章** <at id=all></at>');
    await wang.whispers('我的');
    expect(wang.reads()).toContain('1440 分钟 **党章** <at id=all></at>');
    expect(JSON.stringify(messenger.messages)).not.toContain('"tag":"markdown","content":"**党章');
  });
});

describe('我的', () => {
  it('shows what waits for oneself, with buttons that do it', async () => {
    const { lin, wang, group } = await world('2026-03-02T10:00:00+08:00');
    await lin.says('签到 党课 截止 明天 18:00');
    await lin.says('签到 读报');
    await wang.whispers('答 2');
    await wang.whispers('我的');
    const record = wang.private().at(-1) ?? '';
    expect(record).toContain('等你完成的有 1 个');
    expect(record).toContain('#1 党课');
    expect(record).toContain('截止 3月3日（周二）18:00 · 第一党支部');
    expect(record).toContain('本月完成了 1 次');
    expect(record).toContain('#2 读报');
    expect(record).toContain('免打扰：每天 21:00 到次日 8:00');
    expect(await wang.presses('请假')).toMatchObject({ type: 'success' });
    expect(group.card('党课')).toContain('请假 1');
    expect(await wang.presses('签到')).toMatchObject({ type: 'success' });
    await wang.whispers('我的');
    expect(wang.private().at(-1)).toContain('现在没有等你完成的');
    expect(wang.private().at(-1)).toContain('本月完成了 2 次');
  });

  it('is answered in private, and a group hears only that', async () => {
    const { lin, wang, group } = await world();
    await lin.says('签到 党课');
    await wang.says('我的');
    expect(group.sees()).toBe('已私聊发给你。');
    expect(wang.reads()).toContain('我的记录');
    await wang.says('帮助');
    expect((await wang.presses('我的记录'))?.content).toBe('已私聊发给你。');
    expect(group.all().join()).not.toContain('本月');
    expect(wang.private()).toHaveLength(2);
  });

  it('is there for somebody who is in no branch', async () => {
    const { chen } = await world();
    await chen.whispers('我的');
    expect(chen.reads()).toContain('现在没有等你完成的');
    await chen.whispers('帮助');
    expect(chen.reads()).toContain('学习 分钟数');
    expect(chen.reads()).not.toContain('请假 编号');
  });

  it('stays within what the platform takes, however much waits', async () => {
    const { lin, wang, messenger } = await world();
    const long = '长'.repeat(90);
    for (let i = 0; i < 20; i += 1) await lin.says(`签到 ${long}${i}`);
    for (let i = 0; i < 6; i += 1) {
      await wang.whispers(`答 ${i + 1}`);
      await wang.whispers(`学习 30 ${long}`);
    }
    await wang.whispers('我的');
    const content = messenger.messages.at(-1)?.content ?? { text: '' };
    expect(sizeOf(content).elements).toBeLessThan(200);
    expect(sizeOf(content).elements).toBeGreaterThan(50);
    expect(sizeOf(content).bytes).toBeLessThan(30_000);
  });
});
