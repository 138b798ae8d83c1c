import { describe, expect, it } from 'vitest';
import { quietUntil } from '../../src/people/quiet/rules.ts';
import { world } from '../support/world.ts';

const zone = 'Asia/Shanghai';
const at = (time: string) => new Date(`2026-03-02T${time}:00+08:00`);

describe('quiet hours', () => {
  const night = { from: 21 * 60, to: 8 * 60 };
  const noon = { from: 12 * 60, to: 14 * 60 };

  it.each([
    ['before the night', night, '20:59', undefined],
    ['from the first minute of the night', night, '21:00', '2026-03-03T08:00:00+08:00'],
    ['after midnight', night, '00:30', '2026-03-02T08:00:00+08:00'],
    ['not in the last minute', night, '08:00', undefined],
    ['at noon', noon, '12:00', '2026-03-02T14:00:00+08:00'],
    ['after noon', noon, '14:00', undefined],
  ])('%s', (_when, hours, time, until) => {
    const expected = until === undefined ? undefined : new Date(until);
    expect(quietUntil(hours, at(time), zone)).toEqual(expected);
  });
});

describe('勿扰', () => {
  it('sets, replaces and ends one’s own hours', async () => {
    const { wang, zhao, db } = await world();
    await wang.whispers('勿扰 22:00-7:30');
    expect(wang.reads()).toContain('每天 22:00 到次日 7:30 不提醒你');
    await wang.says('勿扰 12:00-14:00');
    await wang.whispers('勿扰 关');
    expect(wang.reads()).toContain('不再设免打扰时间');
    await zhao.whispers('勿扰 12:00-14:00');
    const rows = await db.client.quietHours.findMany({ orderBy: { personId: 'asc' } });
    expect(rows).toEqual([
      { personId: wang.id, fromMinute: null, toMinute: null },
      { personId: zhao.id, fromMinute: 720, toMinute: 840 },
    ]);
  });

  it('refuses hours without a length or that cannot be read, with an example', async () => {
    const { wang, db } = await world();
    await wang.whispers('勿扰 21:00-21:00');
    expect(wang.reads()).toContain('开始和结束是同一个时间，没有改动。例如：勿扰 21:00-8:00');
    await wang.whispers('勿扰 25:00-8:00');
    expect(wang.private().at(-1)).toContain('例如：勿扰 21:00-8:00');
    await wang.whispers('勿扰');
    expect(wang.private().at(-1)).toContain('例如：勿扰 21:00-8:00');
    expect(await db.client.quietHours.count()).toBe(0);
  });
});
