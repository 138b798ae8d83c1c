import { describe, expect, it } from 'vitest';
import { textOf } from '../support/card-text.ts';
import { listen } from '../support/listen.ts';
import { holdRound } from '../support/hold-round.ts';
import { world } from '../support/world.ts';

const morning = '2026-03-02T10:00:00+08:00';
const announced = '会议 支委会 明天 10:00 地点 301 议题 学习；分工';

/** A world in which the meeting of tomorrow, 10:00, is announced. */
async function withMeeting(text = announced) {
  const there = await world(morning);
  await there.lin.says(text);
  const goTo = async (time: string) => {
    there.clock.set(`${time}:00+08:00`);
    await there.settle();
  };
  return { ...there, goTo };
}

describe('a meeting', () => {
  it('is announced on one card with its facts, counts and buttons', async () => {
    const { group } = await withMeeting();
    for (const part of ['支委会', '时间 3月3日（周二）10:00', '地点 301', '议题 学习；分工'])
      expect(group.sees()).toContain(part);
    expect(group.sees()).toContain('参加 0 · 未回复 4 · 请假 0');
    expect(group.sees()).toContain('[参加]');
    expect(group.sees()).toContain('[请假]');
  });

  it('announced in private says what comes by itself', async () => {
    const { lin, group } = await world(morning);
    await lin.whispers('会议 党课 后天 15:00');
    expect(group.sees()).toContain('[参加]');
    expect(lin.reads()).toContain('会议通知已经发到群里了');
    expect(lin.reads()).toContain('开始前 15 分钟发签到卡');
  });

  it('is refused to a member, in the past, without a known type, and where nobody would come', async () => {
    const { wang, lin, group, second } = await world({ at: morning, second: true });
    await wang.says(announced);
    expect(group.sees()).not.toContain('[参加]');
    await lin.says('会议 支委会 昨天 10:00');
    expect(group.sees()).toContain('已经过去了');
    await lin.says('会议 班会 明天 10:00');
    expect(group.sees()).toContain('党员大会、支委会、党小组会');
    await second.leftBy(lin);
    await lin.says('会议 支委会 明天 10:00', { in: second });
    expect(second.sees()).toContain('没有人可以通知');
  });

  it('warns the secretary alone of another one at the same time', async () => {
    const { lin, group } = await withMeeting();
    await lin.says('会议 党课 明天 11:00');
    expect(group.sees()).toContain('党课');
    expect(group.all().join()).not.toContain('同一时间');
    expect(lin.reads()).toContain('同一时间还有 #1 支委会（3月3日（周二）10:00）');
    await lin.whispers('会议 主题党日 明天 13:00');
    expect(lin.private().at(-1)).not.toContain('#1 支委会');
    await lin.whispers('会议 主题党日 后天 10:00');
    expect(lin.private().at(-1)).not.toContain('同一时间');
    await lin.says('改 2 时间 后天 9:00');
    expect(lin.private().at(-1)).toContain('同一时间还有 #4 主题党日');
  });
});

describe('an agenda of several lines', () => {
  const lines = '议题\n一、学习\n二、分工';

  it('keeps them on the announcement, the reminder and the notice of a change', async () => {
    const { lin, group, liu, goTo } = await withMeeting(
      '会议 支委会 明天 10:00 议题 一、学习\n\n 二、分工',
    );
    expect(group.sees()).toContain(lines);
    await lin.says('改 1 议题 一、学习\n二、分工\n三、讨论');
    expect(group.sees()).toContain('议题改为：\n一、学习\n二、分工\n三、讨论');
    await goTo('2026-03-03T09:00');
    expect(group.sees()).toContain(`${lines}\n三、讨论`);
    expect(liu.reads()).toContain(`${lines}\n三、讨论`);
  });

  it('keeps them when a button says which meeting is meant', async () => {
    const { lin, group, second } = await world({ at: morning, second: true });
    await lin.says('会议 支委会 明天 10:00');
    await lin.says('会议 党课 后天 10:00', { in: second });
    await lin.whispers('改 1 议题 一、学习\n二、分工');
    await lin.presses('第一党支部 · 支委会');
    expect(group.card('会议 · 支委会')).toContain(lines);
  });
});

describe('who comes', () => {
  it('is counted, and the later word counts', async () => {
    const { lin, wang, zhao, group } = await withMeeting();
    await wang.presses('参加');
    await zhao.says('不参加 1 照顾病人');
    expect(group.card('支委会')).toContain('参加 1 · 未回复 2 · 请假 1');
    await wang.whispers('请假 1 出差');
    await zhao.whispers('参加 1');
    expect(group.card('支委会')).toContain('参加 1 · 未回复 2 · 请假 1');
    await lin.whispers('进度 1');
    expect(lin.reads()).toContain('参加 1 · 未回复 2 · 请假 1 · 开始 3月3日（周二）10:00');
    expect(lin.reads()).toContain('未回复：林志远、刘洋');
    expect(lin.reads()).toContain('请假：王芳（出差）');
  });

  it('gives a reason that no group reads', async () => {
    const { wang, zhao, liu, group } = await withMeeting();
    await zhao.says('请假 1 照顾病人');
    expect(group.sees()).toContain('原因我私聊回你');
    expect(group.all().join()).not.toContain('照顾病人');
    expect(zhao.reads()).toContain('请假原因记为：照顾病人');
    expect((await wang.presses('请假'))?.content).toContain('请假已记下');
    expect(wang.reads()).toContain('写一句原因');
    await wang.presses('提交', { reason: '出差' });
    expect(wang.reads()).toContain('原因已记下');
    expect(liu.reads()).toBe('');
    expect(group.all().join()).not.toContain('出差');
  });

  it('keeps a reason to the person who gave it and the secretary', async () => {
    const { lin, wang } = await withMeeting();
    await wang.presses('请假');
    await wang.presses('提交', { reason: '' });
    await wang.presses('提交', { reason: 'x'.repeat(201) });
    await wang.pressesForged('meeting.reason', { round: 999 });
    await lin.whispers('进度 1');
    expect(lin.reads()).toMatch(/请假：王芳\n/);
    await wang.presses('提交', { reason: '出差' });
    await lin.whispers('进度 1');
    expect(lin.private().at(-1)).toContain('请假：王芳（出差）');
  });

  it('is what was said later, also when the earlier word arrives after it', async () => {
    const { wang, group, clock } = await withMeeting();
    const comes = wang.sawButton('参加');
    clock.pass(60_000);
    await wang.says('不参加 1');
    expect((await comes(morning))?.content).toContain('以后来的为准');
    expect(group.card('支委会')).toContain('参加 0 · 未回复 3 · 请假 1');
  });

  it('stays as it is when the same is said again, and then counts as said later', async () => {
    const { wang, group, clock } = await withMeeting();
    await wang.presses('参加');
    const misses = wang.sawButton('请假');
    clock.pass(60_000);
    const between = clock.now().toISOString();
    clock.pass(60_000);
    expect((await wang.presses('参加'))?.content).toContain('已经回复参加了');
    expect((await misses(between))?.content).toContain('以后来的为准');
    expect(group.card('支委会')).toContain('参加 1');
  });

  it('can no longer be said once it has begun, and the card no longer asks', async () => {
    const { wang, group, goTo } = await withMeeting();
    await goTo('2026-03-03T10:00');
    await wang.whispers('参加 1');
    expect(wang.reads()).toContain('已经开始了');
    expect(group.card('支委会')).toContain('应到 4 · 实到 0 · 请假 0');
    expect(group.card('支委会')).not.toContain('[参加]');
  });
});

describe('reminders', () => {
  it('come a day and an hour before, and in private to the undecided an hour before', async () => {
    const { wang, zhao, liu, group, goTo } = await withMeeting('会议 支委会 3月4日 10:00');
    await wang.presses('参加');
    await zhao.whispers('请假 1');
    await goTo('2026-03-03T09:59');
    expect(group.all()).toHaveLength(2);
    await goTo('2026-03-03T10:00');
    expect(group.all()).toHaveLength(3);
    expect(group.sees()).toContain('会议提醒 · 支委会');
    expect(liu.reads()).toBe('');
    await goTo('2026-03-04T09:00');
    expect(group.all()).toHaveLength(4);
    expect(liu.reads()).toContain('你还没有回复');
    expect(wang.reads() + zhao.reads()).not.toContain('你还没有回复');
    await liu.presses('参加');
    expect(group.card('支委会')).toContain('参加 2 · 未回复 1 · 请假 1');
  });

  it('come only as far as they are ahead when the meeting is announced', async () => {
    const { group, goTo } = await withMeeting('会议 支委会 今天 10:40');
    await goTo('2026-03-02T10:24');
    expect(group.all()).toHaveLength(2);
    await goTo('2026-03-02T10:25');
    expect(group.all()).toHaveLength(3);
    expect(group.sees()).toContain('会议签到 · 支委会');
  });

  it('ask no more once the meeting has begun, and are not changed for every sign-in', async () => {
    const { liu, wang, zhao, messenger, goTo } = await withMeeting();
    await goTo('2026-03-03T09:00');
    await goTo('2026-03-03T10:00');
    expect(liu.private()[0]).not.toContain('[参加]');
    await wang.presses('我到了');
    await zhao.presses('我到了');
    const changes = messenger.messages
      .filter((shown) => textOf(shown.content).includes('会议提醒'))
      .map(({ updates }) => updates);
    expect(new Set(changes)).toEqual(new Set([1]));
  });

  it('both due after an outage come as one', async () => {
    const { group, goTo } = await withMeeting('会议 支委会 3月4日 10:00');
    await goTo('2026-03-04T09:30');
    expect(group.all().filter((text) => text.includes('会议提醒'))).toHaveLength(1);
  });

  it('do not come for a meeting that was taken back or closed', async () => {
    const { lin, liu, group, goTo } = await withMeeting();
    await lin.says('撤回 1');
    const seen = group.all().length;
    await goTo('2026-03-03T12:00');
    expect(group.all()).toHaveLength(seen);
    expect(liu.reads()).toBe('');
  });

  it('missed while the bot was down are left out, the sign-in is not', async () => {
    const { lin, liu, group, goTo } = await withMeeting('会议 支委会 3月4日 10:00');
    await goTo('2026-03-04T10:30');
    expect(group.all().filter((text) => text.includes('会议提醒'))).toHaveLength(0);
    expect(group.all().filter((text) => text.includes('会议签到'))).toHaveLength(1);
    expect(liu.reads()).toBe('');
    expect(lin.reads()).toContain('会议开始 · 支委会');
  });
});

describe('signing in', () => {
  it('opens fifteen minutes before, marks who is late, and ends with the meeting', async () => {
    const { lin, wang, zhao, liu, group, goTo } = await withMeeting();
    await wang.presses('参加');
    await wang.whispers('到 1');
    expect(wang.reads()).toContain('还没到签到的时候');
    await goTo('2026-03-03T09:45');
    expect((await wang.presses('我到了'))?.content).toBe('#1 已签到。');
    expect((await wang.presses('我到了'))?.content).toContain('已经签到了');
    expect(group.sees()).toContain('应到 4 · 实到 1 · 请假 0');
    await goTo('2026-03-03T10:00');
    expect((await zhao.presses('我到了'))?.content).toContain('记为迟到');
    await liu.says('到 1');
    expect(group.sees()).toBe('#1 已签到。');
    expect(group.card('会议签到')).toContain('应到 4 · 实到 3 · 请假 0');
    expect(group.all().join('\n')).not.toMatch(/王芳|赵敏|刘洋/);
    await goTo('2026-03-03T12:00');
    expect(group.card('会议签到')).toContain('签到已经结束');
    await lin.whispers('到 1');
    expect(lin.reads()).toContain('已经结束了');
  });

  it('is what 签到 does, where no check-in is open', async () => {
    const { lin, wang, zhao, group, goTo } = await withMeeting();
    await wang.says('签到');
    expect(group.sees()).toContain('现在没有');
    await goTo('2026-03-03T09:50');
    await wang.says('签到');
    expect(group.sees()).toBe('#1 已签到。');
    await wang.says('签到');
    expect(group.sees()).toContain('#1 你已经签到了');
    await lin.says('签到 学习');
    await zhao.says('签到');
    expect(group.sees()).toBe('签到成功（#2）');
    await zhao.says('签到');
    expect(group.card('会议签到')).toContain('实到 1');
  });

  it('at the start tells the secretary alone who is there, on leave and not there', async () => {
    const { lin, wang, zhao, liu, group, goTo } = await withMeeting();
    await zhao.whispers('请假 1 出差');
    await goTo('2026-03-03T09:50');
    await wang.presses('我到了');
    await goTo('2026-03-03T10:00');
    const told = lin.private().at(-1) ?? '';
    expect(told).toContain('会议开始 · 支委会');
    expect(told).toContain('应到 4 · 实到 1 · 请假 1');
    expect(told).toContain('实到：王芳');
    expect(told).toContain('请假：赵敏（出差）');
    expect(told).toContain('未到：林志远、刘洋');
    await liu.presses('我到了');
    await goTo('2026-03-03T12:00');
    const report = lin.private().at(-1) ?? '';
    expect(report).toContain('会议结束 · 支委会');
    expect(report).toContain('实到：王芳、刘洋');
    expect(report).toContain('其中迟到：刘洋');
    expect(report).toContain('其中没有报名就来的：王芳、刘洋');
    expect(report).toContain('未到：林志远');
    for (const text of [...group.all(), wang.reads()]) expect(text).not.toContain('未到：');
  });

  it('counts who comes although on leave, and refuses who is not of the branch', async () => {
    const { wang, chen, group, goTo } = await withMeeting();
    await wang.whispers('请假 1');
    await goTo('2026-03-03T09:50');
    await wang.presses('我到了');
    expect((await wang.presses('请假'))?.content).toContain('已经签到了');
    expect((await chen.presses('我到了'))?.content).toContain('不在这次的名单里');
    expect(group.card('会议签到')).toContain('应到 4 · 实到 1 · 请假 0');
  });

  it('is asked of those who did not come by 催办 once it has begun', async () => {
    const { lin, wang, zhao, goTo } = await withMeeting();
    await wang.presses('参加');
    await lin.says('催办 1');
    expect(wang.reads()).toBe('');
    expect(zhao.reads()).toContain('[参加]');
    await goTo('2026-03-03T10:10');
    await lin.says('催办 1');
    expect(wang.reads()).toContain('[我到了]');
    await wang.presses('我到了');
    await zhao.says('答 1');
    await lin.whispers('进度 1');
    expect(lin.reads()).toContain('未到：林志远、刘洋');
  });
});

describe('who is asked', () => {
  const ask = (text: string) => /for share(?: of r)?\s*$/.test(text);

  it('is looked up once for each word and press', async () => {
    const { wang, zhao, db, goTo } = await withMeeting();
    const told = listen(db);
    const times = async (doing: () => Promise<unknown>) => {
      const before = told.filter(ask).length;
      await doing();
      return told.filter(ask).length - before;
    };
    expect(await times(() => wang.taps('参加'))).toBe(1);
    expect(await times(() => zhao.taps('请假'))).toBe(1);
    await goTo('2026-03-03T09:50');
    expect(await times(() => wang.taps('我到了'))).toBe(1);
  });
});

describe('a change', () => {
  it('of the time reaches the group and whoever was told in private, and plans everything anew', async () => {
    const { lin, wang, liu, group, goTo } = await withMeeting();
    await wang.presses('参加');
    await goTo('2026-03-03T09:46');
    await wang.presses('我到了');
    expect(liu.reads()).toContain('你还没有回复');
    await lin.says('改 1 时间 15:00');
    expect(group.sees()).toContain('时间改为：3月3日（周二）15:00');
    expect(liu.private().at(-1)).toContain('时间改为：3月3日（周二）15:00');
    expect(wang.reads()).not.toContain('时间改为');
    expect(group.card('会议 · 支委会')).toContain('时间 3月3日（周二）15:00');
    expect(group.all().filter((text) => text.includes('时间改了 · 支委会'))).toHaveLength(2);
    await goTo('2026-03-03T10:00');
    expect(lin.reads()).not.toContain('会议开始');
    await goTo('2026-03-03T14:45');
    expect(group.sees()).toContain('应到 4 · 实到 0 · 请假 0');
    expect((await wang.presses('我到了'))?.content).toBe('#1 已签到。');
    await goTo('2026-03-03T15:00');
    expect(lin.reads()).toContain('会议开始');
    await goTo('2026-03-03T17:00');
    expect(lin.reads()).toContain('会议结束');
  });

  it('to the time it has already leaves its cards as they are', async () => {
    const { lin, group, goTo } = await withMeeting();
    await goTo('2026-03-03T09:00');
    await lin.says('改 1 时间 10:00');
    expect(group.card('会议提醒')).toContain('[参加]');
  });

  it('of place, agenda, title and end is shown and told', async () => {
    const { lin, group } = await withMeeting();
    await lin.says('改 1 地点 三楼');
    expect(group.sees()).toContain('地点改为：三楼');
    await lin.says('改 1 议题 一；二');
    expect(group.sees()).toContain('议题改为：一；二');
    await lin.says('改 1 标题 扩大会议');
    await lin.says('改 1 截止 明天 11:00');
    expect(group.sees()).toContain('结束改为：3月3日（周二）11:00');
    const card = group.card('会议 · 扩大会议');
    for (const part of ['地点 三楼', '议题 一；二', '结束 3月3日（周二）11:00'])
      expect(card).toContain(part);
    await lin.says('改 1 截止 明天 9:00');
    expect(group.sees()).toContain('结束要晚于开始');
  });

  it('of the time, two at once, is decided one after the other', async () => {
    const { lin, wang, group, db, goTo } = await withMeeting();
    await goTo('2026-03-03T09:46');
    await wang.presses('我到了');
    const inTurn = await holdRound(db);
    const away = lin.says('改 1 时间 15:00');
    await inTurn.until(1);
    const back = lin.says('改 1 时间 10:00');
    await inTurn.until(2);
    await inTurn.release();
    await Promise.all([away, back]);
    expect(group.card('会议 · 支委会')).toContain('时间 3月3日（周二）10:00');
    // Each took back the time before it, of which cards may be out.
    const times = await db.sql<{ starts: string }>(
      `select data->'payload'->>'starts' as starts from pgboss.job where data->>'job' = 'meeting.moved' order by id`,
    );
    const at = (time: string) => String(new Date(`2026-03-03T${time}:00+08:00`).getTime());
    expect(times.map(({ starts }) => starts)).toEqual([at('10:00'), at('15:00')]);
    expect((await wang.presses('我到了'))?.content).toBe('#1 已签到。');
  });

  it('of time, place or agenda is a meeting’s alone, and a secretary’s', async () => {
    const { lin, wang, group } = await withMeeting();
    await wang.says('改 1 地点 三楼');
    expect(group.sees()).toContain('书记');
    await lin.says('签到 学习');
    await lin.says('改 2 地点 三楼');
    expect(group.sees()).toContain('不能这样操作');
  });

  it('to nothing, by taking it back or closing it before the start, reaches all who were told', async () => {
    for (const word of ['撤回 1', '结束 1']) {
      const { lin, liu, group, goTo } = await withMeeting();
      await goTo('2026-03-03T09:00');
      expect(liu.reads()).toContain('你还没有回复');
      await lin.whispers(word);
      const off = '#1 支委会（3月3日（周二）10:00）不开了，不用参加。';
      expect(group.sees()).toBe(off);
      expect(liu.private().at(-1)).toBe(off);
      expect(liu.private()[0]).not.toContain('[参加]');
      expect(group.card('支委会')).not.toContain('[参加]');
      expect(lin.reads()).not.toContain('会议结束');
    }
  });
});

describe('a meeting in the database', () => {
  it('begins before it ends, whichever is changed', async () => {
    const { db } = await withMeeting();
    const late = `update meeting set starts_at = '2026-03-03T12:00:00+08:00'`;
    await expect(db.atomic(() => db.sql(late))).rejects.toThrow('begins before it ends');
    const short = `update round set closes_at = '2026-03-03T10:00:00+08:00'`;
    await expect(db.atomic(() => db.sql(short))).rejects.toThrow('begins before it ends');
    const longer = `update round set closes_at = '2026-03-03T13:00:00+08:00'`;
    await db.atomic(async () => {
      await db.sql(late);
      await db.sql(longer);
    });
  });
});

describe('我的', () => {
  it('shows meetings ahead: with buttons while undecided, then as coming', async () => {
    const { wang } = await withMeeting();
    await wang.whispers('我的');
    expect(wang.reads()).toContain('等你完成的有 1 个');
    expect(wang.reads()).toContain('开始 3月3日（周二）10:00');
    await wang.presses('参加');
    await wang.whispers('我的');
    expect(wang.private().at(-1)).toContain('接下来的会议：\n#1 支委会\n开始 3月3日（周二）10:00');
    await wang.whispers('请假 1');
    await wang.whispers('我的');
    expect(wang.private().at(-1)).not.toContain('支委会');
  });
});
