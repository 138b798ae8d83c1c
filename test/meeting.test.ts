import { describe, expect, it } from 'vitest';
import { world } from './support/world.ts';

const morning = '2026-03-02T10:00:00+08:00';
const announced = '会议 支委会 明天 10:00 地点 301 议题 学习；分工';

describe('a meeting', () => {
  it('is announced on one card with its facts, counts and buttons', async () => {
    const { lin, group } = await world(morning);
    await lin.says(announced);
    for (const part of ['支委会', '时间 3月3日（周二）10:00', '地点 301', '议题 学习；分工'])
      expect(group.sees()).toContain(part);
    expect(group.sees()).toContain('参加 0 · 请假 0 · 未回复 4');
    expect(group.sees()).toContain('[参加]');
    expect(group.sees()).toContain('[请假]');
  });

  it('is refused to a member', async () => {
    const { wang, group } = await world(morning);
    await wang.says(announced);
    expect(group.sees()).not.toContain('[参加]');
  });

  it('counts who comes and who does not, and the later word counts', async () => {
    const { lin, wang, zhao, group } = await world(morning);
    await lin.says(announced);
    await wang.presses('参加');
    await zhao.says('不参加 1 照顾病人');
    expect(group.card('支委会')).toContain('参加 1 · 请假 1 · 未回复 2');
    expect(group.all().join()).not.toContain('照顾病人');
    await wang.whispers('请假 1 出差');
    await zhao.whispers('参加 1');
    expect(group.card('支委会')).toContain('参加 1 · 请假 1 · 未回复 2');
    await lin.whispers('进度 1');
    expect(lin.reads()).toContain('请假：王芳（出差）');
  });

  it('counts the word said later, also when the earlier one arrives after it', async () => {
    const { lin, wang, group, clock } = await world(morning);
    await lin.says(announced);
    const comes = wang.sawButton('参加');
    clock.pass(60_000);
    await wang.says('不参加 1');
    expect((await comes(morning))?.content).toContain('以后来的为准');
    expect(group.card('支委会')).toContain('参加 0 · 请假 1 · 未回复 3');
  });

  it('takes no more answers once it has begun, and its card no longer asks', async () => {
    const { lin, wang, group, clock, settle } = await world(morning);
    await lin.says(announced);
    clock.set('2026-03-03T10:00:00+08:00');
    await settle();
    await wang.whispers('参加 1');
    expect(wang.reads()).toContain('已经开始了');
    expect(group.card('支委会')).toContain('未回复 4');
    expect(group.card('支委会')).not.toContain('[参加]');
  });
});
