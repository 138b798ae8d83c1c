import { describe, expect, it } from 'vitest';
import { sizeOf } from '../support/card-text.ts';
import { world } from '../support/world.ts';

const reminder = '提醒：还等你完成';
const remindersOf = (person: { private(): string[] }) =>
  person.private().filter((text) => text.includes(reminder));

describe('催办', () => {
  it('reminds in private those who are waited for, with a button that answers', async () => {
    const { lin, wang, zhao, liu, group } = await world();
    await lin.says('签到 党课');
    await zhao.presses('签到');
    await liu.whispers('请假 1');
    await lin.whispers('催办 1');
    expect(remindersOf(wang)).toHaveLength(1);
    expect(remindersOf(wang)[0]).toContain('党课');
    expect(remindersOf(zhao)).toHaveLength(0);
    expect(remindersOf(liu)).toHaveLength(0);
    expect(await wang.presses('签到')).toMatchObject({ type: 'success' });
    expect(group.card('党课')).toContain('已签到 2 / 4 人');
  });

  it('says at once how many, and afterwards what became of it; in a group counts only', async () => {
    const { lin, group } = await world();
    await lin.says('签到 党课');
    await lin.says('催办');
    expect(group.all().join()).toContain('马上私下提醒 4 人');
    expect(group.sees()).toBe('已私下提醒 4 人。');
    for (const name of ['王芳', '赵敏', '刘洋'])
      expect(group.all().slice(1).join()).not.toContain(name);
  });

  it('reaches a person once in 4 hours, whatever the round and however many ask at once', async () => {
    const { lin, wang, clock } = await world('2026-03-02T10:00:00+08:00');
    await lin.says('签到 党课');
    await lin.says('签到 读报');
    await Promise.all(Array.from({ length: 6 }, () => lin.whispers('催办 1')));
    await lin.whispers('催办 2');
    expect(remindersOf(wang)).toHaveLength(1);
    expect(lin.private().at(-1)).toBe('没有要提醒的人，4 人近 4 小时内提醒过。');
    clock.set('2026-03-02T14:10:00+08:00');
    await lin.whispers('催办 2');
    expect(remindersOf(wang)).toHaveLength(2);
  });

  it('is one message about everything that is open where no number is given', async () => {
    const { lin, wang } = await world();
    await lin.says('签到 党课');
    await lin.says('签到 读报');
    await lin.whispers('催办');
    expect(remindersOf(wang)).toHaveLength(1);
    expect(remindersOf(wang)[0]).toContain('党课');
    expect(remindersOf(wang)[0]).toContain('读报');
  });

  it('may remind once more in the last 30 minutes, whatever went before', async () => {
    const { lin, wang, clock } = await world('2026-03-02T16:00:00+08:00');
    await lin.says('签到 党课 截止 18:00');
    await lin.whispers('催办 1');
    clock.set('2026-03-02T17:20:00+08:00');
    await lin.whispers('催办 1');
    expect(remindersOf(wang)).toHaveLength(1);
    clock.set('2026-03-02T17:40:00+08:00');
    await Promise.all([lin.whispers('催办 1'), lin.whispers('催办 1')]);
    await lin.whispers('催办 1');
    expect(remindersOf(wang)).toHaveLength(2);
  });

  it('counts those who cannot be reached, known before or found out in sending', async () => {
    const { lin, wang, zhao, group, messenger, db } = await world();
    await lin.says('签到 党课');
    await db.client.person.update({ where: { id: zhao.id }, data: { goneAt: new Date() } });
    messenger.isGone = (to) => 'person' in to && to.person === wang.id;
    await lin.says('催办 1');
    expect(group.all()).toContain('马上私下提醒 3 人，发完告诉你结果。');
    expect(group.sees()).toBe('已私下提醒 2 人，2 人提醒不到。');
  });

  it('is refused to members, for what is over, and where nothing is open', async () => {
    const { lin, wang, zhao, group } = await world();
    await lin.whispers('催办');
    expect(lin.reads()).toContain('现在没有进行中的事项，不用催。要发起，例如：签到');
    await lin.says('签到 党课');
    await wang.says('催办 1');
    expect(group.sees()).toContain('例如：催办 12');
    expect((await wang.pressesForged('round.nudge', { round: 1 }))?.type).toBe('warning');
    expect(remindersOf(zhao)).toHaveLength(0);
    await lin.says('结束 1');
    await lin.says('催办 1');
    expect(group.sees()).toContain('#1 已经结束了');
  });

  it('is a button where the secretary sees who is missing', async () => {
    const { lin, wang } = await world();
    await lin.says('签到 党课');
    await lin.whispers('进度 1');
    expect((await lin.presses('催办'))?.content).toContain('马上私下提醒 4 人');
    expect(remindersOf(wang)).toHaveLength(1);
  });

  it('reaches each of 200 people for whom much is open once, in a card the platform takes', async () => {
    const { lin, members, messenger, clock } = await world({ members: 200 });
    for (let i = 0; i < 14; i += 1) await lin.says(`签到 ${'长'.repeat(99)}${i}`);
    clock.set('2026-03-02T15:00:00+08:00');
    await lin.whispers('催办');
    const cards = messenger.messages.filter(({ to }) => 'person' in to);
    expect(new Set(cards.map(({ to }) => JSON.stringify(to))).size).toBe(204);
    expect(remindersOf(members[150] ?? lin)).toHaveLength(1);
    for (const { content } of cards.slice(0, 3)) {
      expect(sizeOf(content).bytes).toBeLessThan(30_000);
      expect(sizeOf(content).elements).toBeLessThan(200);
    }
  });
});

describe('a reminder in quiet hours', () => {
  const evening = '2026-03-02T21:30:00+08:00';
  const morning = '2026-03-03T08:00:00+08:00';

  it('is held until the morning, and then sent once', async () => {
    const { lin, wang, zhao, clock, settle } = await world(evening);
    await zhao.whispers('勿扰 关');
    await lin.says('签到 党课');
    await lin.whispers('催办 1');
    await lin.whispers('催办 1');
    expect(lin.reads()).toContain('已私下提醒 1 人，3 人在免打扰时段，等到早上再提醒。');
    expect(remindersOf(zhao)).toHaveLength(1);
    expect(remindersOf(wang)).toHaveLength(0);
    clock.set(morning);
    await settle();
    await settle();
    expect(remindersOf(wang)).toHaveLength(1);
  });

  it('is dropped where somebody answered, asked for leave, or the round was closed meanwhile', async () => {
    const { lin, wang, zhao, liu, clock, settle, db } = await world(evening);
    await lin.says('签到 党课');
    await lin.says('签到 读报');
    await lin.whispers('催办');
    expect(await db.client.heldReminder.count()).toBe(8);
    await lin.says('结束 2');
    await wang.whispers('答 1');
    await zhao.whispers('请假 1');
    clock.set(morning);
    await settle();
    expect(remindersOf(wang)).toHaveLength(0);
    expect(remindersOf(zhao)).toHaveLength(0);
    expect(remindersOf(liu)).toHaveLength(1);
    expect(remindersOf(liu)[0]).not.toContain('读报');
    expect(await db.client.heldReminder.count()).toBe(0);
  });

  it('waits on where the person moved their hours meanwhile', async () => {
    const { lin, wang, clock, settle } = await world(evening);
    await lin.says('签到 党课');
    await lin.whispers('催办 1');
    await wang.whispers('勿扰 21:00-9:30');
    clock.set(morning);
    await settle();
    expect(remindersOf(wang)).toHaveLength(0);
    clock.set('2026-03-03T09:30:00+08:00');
    await settle();
    expect(remindersOf(wang)).toHaveLength(1);
  });

  it('is not promised where the round ends before the morning', async () => {
    const { lin, wang, clock, settle } = await world(evening);
    await lin.says('签到 党课 截止 23:00');
    await lin.whispers('催办 1');
    expect(lin.private().at(-1)).toBe('没有要提醒的人，4 人提醒不到。');
    clock.set(morning);
    await settle();
    expect(remindersOf(wang)).toHaveLength(0);
  });
});
