import { describe, expect, it } from 'vitest';
import { setTimeout as pause } from 'node:timers/promises';
import { world } from '../support/world.ts';

const rules =
  '# 支部学习制度\n\n第一条 每月集中学习一次。\n\n第二条 每周自学两小时。\n\n第三条 学完要交流。';
const fees = '# 党费常识\n\n第一条 党费按月交纳。\n\n第二条 半年以上不交要谈话。';

type World = Awaited<ReturnType<typeof world>>;

/** A world with these documents in the branch's library. */
async function library(at: string, ...documents: string[]): Promise<World> {
  const there = await world({ at });
  for (const document of documents) await shelve(there, document);
  return there;
}
async function shelve({ lin, settle }: World, document: string) {
  const title = /# (.*)/.exec(document)?.[1] ?? '';
  await lin.sends(`${title}.md`, document);
  await settle();
  await lin.presses('确认入库');
  await settle();
}
const pushes = ({ group }: World) => group.all().filter((text) => text.startsWith('每日一学 · 《'));
async function until({ clock, settle }: World, at: string) {
  clock.set(at);
  await settle();
}
const slots = ({ db }: World) => db.client.dailySlot.findMany({ orderBy: { at: 'asc' } });

describe('每日一学 开', () => {
  it('shows time, days, group, document and the next push', async () => {
    const here = await library('2026-03-02T10:00:00+08:00', rules);
    await here.lin.says('每日一学 开 8:30 工作日');
    for (const part of [
      '每日一学已开启',
      '发到：支部群',
      '时间：每个工作日 08:30',
      '资料：《支部学习制度》',
      '进度：已学 0 / 3 段',
      '下一次：3月3日（周二）08:30',
    ])
      expect(here.group.sees()).toContain(part);
  });

  it('is refused without a document, with how to add one', async () => {
    const here = await world('2026-03-02T10:00:00+08:00');
    await here.lin.says('每日一学 开 8:30');
    expect(here.group.sees()).toContain('还没有学习资料');
    expect(here.group.sees()).toContain('私聊发给我');
    await until(here, '2026-03-03T08:30:00+08:00');
    expect(pushes(here)).toEqual([]);
  });

  it('is refused to a member, who can neither see nor stop it', async () => {
    const here = await library('2026-03-02T10:00:00+08:00', rules);
    await here.wang.says('每日一学 开 8:30');
    expect(here.group.sees()).toContain('只有本支部的书记');
    await here.lin.says('每日一学 开 8:30');
    for (const word of ['每日一学', '每日一学 关']) {
      await here.wang.says(word);
      expect(here.group.sees()).toContain('只有本支部的书记');
    }
    await until(here, '2026-03-03T08:30:00+08:00');
    expect(pushes(here)).toHaveLength(1);
  });

  it('takes a document by its title, or by a part that fits one only', async () => {
    const here = await library('2026-03-02T10:00:00+08:00', rules, fees);
    await here.lin.says('每日一学 开 8:30 资料 《党费常识》');
    expect(here.group.sees()).toContain('资料：《党费常识》');
    await here.lin.says('每日一学 开 8:30 资料 学习制度');
    expect(here.group.sees()).toContain('资料：《支部学习制度》');
  });

  it('refuses a title that fits none or several, with those that are near', async () => {
    const more = '# 支部学习计划\n\n第一条 先学党章。';
    const here = await library('2026-03-02T10:00:00+08:00', rules, fees, more);
    await here.lin.says('每日一学 开 8:30 资料 党费须知');
    expect(here.group.sees()).toContain('没有找到资料「党费须知」，可以选：《党费常识》');
    await here.lin.says('每日一学 开 8:30 资料 支部学习');
    expect(here.group.sees()).toMatch(/有好几份.*《支部学习计划》、《支部学习制度》/);
    await here.lin.says('每日一学');
    expect(here.group.sees()).toContain('现在是关闭的');
  });

  it('goes from a private chat to the first group, and from another group to that one', async () => {
    const here = await library('2026-03-02T10:00:00+08:00', rules);
    const other = await here.add('党小组群', here.lin);
    await here.lin.says('绑定 第一党支部', { in: other });
    await here.lin.whispers('每日一学 开 8:30');
    expect(here.lin.reads()).toContain('发到：支部群');
    await here.lin.says('每日一学 开 9:00', { in: other });
    await until(here, '2026-03-03T08:30:00+08:00');
    expect(pushes(here)).toHaveLength(1);
    expect(other.sees()).toContain('每日一学已开启');
    await until(here, '2026-03-03T09:00:00+08:00');
    expect(pushes(here)).toHaveLength(1);
    expect(other.sees()).toContain('每月集中学习一次');
    await here.lin.whispers('每日一学 关');
    expect(here.lin.private().at(-1)).toMatch(/支部群[^]*党小组群/);
    await until(here, '2026-03-04T09:00:00+08:00');
    expect(pushes(here)).toHaveLength(1);
  });
});

describe('a push', () => {
  it('brings one passage a day, word for word and with its source, and ends with the document', async () => {
    const here = await library('2026-03-02T10:00:00+08:00', rules, fees);
    await here.lin.says('每日一学 开 8:30 资料 支部学习制度');
    await until(here, '2026-03-03T08:29:50+08:00');
    expect(pushes(here)).toEqual([]);
    await until(here, '2026-03-03T08:30:00+08:00');
    expect(pushes(here)).toHaveLength(1);
    expect(here.group.sees()).toContain('\n第一条 每月集中学习一次。\n');
    expect(here.group.sees()).toContain('—— 《支部学习制度》 第一条');
    expect(here.group.sees()).toContain('第 1 / 3 段');
    await until(here, '2026-03-04T08:30:00+08:00');
    expect(here.group.sees()).toContain('每周自学两小时');
    await until(here, '2026-03-05T08:30:00+08:00');
    expect(here.group.sees()).toContain('《支部学习制度》到这里就学完了。下次开始学《党费常识》。');
    expect(here.lin.reads()).toContain('《支部学习制度》已经学完，下次开始学《党费常识》');
    await until(here, '2026-03-06T08:30:00+08:00');
    expect(here.group.sees()).toContain('党费按月交纳');
    expect(pushes(here)).toHaveLength(4);
  });

  it('that an earlier version sent and did not note is noted later, once', async () => {
    const here = await library('2026-03-02T10:00:00+08:00', rules);
    await here.lin.says('每日一学 开 8:30');
    await until(here, '2026-03-03T08:30:00+08:00');
    await here.db.sql(`update daily_slot set state = 'waiting'`);
    await here.db.sql(`update daily set position = 0`);
    await here.settle();
    await here.lin.says('每日一学');
    expect(here.group.sees()).toContain('已学 1 / 3 段');
    await here.lin.says('每日一学');
    expect(here.group.sees()).toContain('已学 1 / 3 段');
  });

  it('begins anew where there is one document only', async () => {
    const here = await library('2026-03-02T10:00:00+08:00', fees);
    await here.lin.says('每日一学 开 8:30');
    await until(here, '2026-03-03T08:30:00+08:00');
    await until(here, '2026-03-04T08:30:00+08:00');
    expect(here.group.sees()).toContain('到这里就学完了。下次从头再学一遍。');
    await until(here, '2026-03-05T08:30:00+08:00');
    expect(here.group.sees()).toContain('第 1 / 2 段');
  });

  it('stops when switched off and goes on where it stopped', async () => {
    const here = await library('2026-03-02T10:00:00+08:00', rules);
    await here.lin.says('每日一学 开 8:30');
    await until(here, '2026-03-03T08:30:00+08:00');
    await here.lin.says('每日一学 关');
    expect(here.group.sees()).toContain('每日一学已关闭');
    await until(here, '2026-03-04T08:30:00+08:00');
    expect(pushes(here)).toHaveLength(1);
    await here.lin.says('每日一学 关');
    expect(here.group.sees()).toContain('本来就没有开');
    await here.lin.says('每日一学 开 9:00');
    expect(here.group.sees()).toContain('进度：已学 1 / 3 段');
    await until(here, '2026-03-04T09:00:00+08:00');
    expect(here.group.sees()).toContain('每周自学两小时');
    await here.lin.says('每日一学');
    expect(here.group.sees()).toContain('下一次：3月5日（周四）09:00');
  });

  it('does not come twice for a slot that is switched off and on again', async () => {
    const here = await library('2026-03-02T10:00:00+08:00', rules);
    await here.lin.says('每日一学 开 8:30');
    await until(here, '2026-03-03T08:30:00+08:00');
    await here.db.sql(`update daily set next_at = '2026-03-03T08:30:00+08:00'`);
    await here.settle();
    expect(pushes(here)).toHaveLength(1);
  });

  it('moves the reading on only when it was sent', async () => {
    const here = await library('2026-03-02T10:00:00+08:00', rules);
    await here.lin.says('每日一学 开 8:30');
    const { send } = here.messenger;
    here.messenger.send = (to, content, options) =>
      'chat' in to && to.chat === here.group.id
        ? Promise.resolve({ outcome: 'refused', reason: '230000' })
        : send(to, content, options);
    await until(here, '2026-03-03T08:30:00+08:00');
    expect(here.lin.reads()).toContain('3月3日（周二）08:30 的一段没能发出，已记为错过');
    here.messenger.send = send;
    await until(here, '2026-03-04T08:30:00+08:00');
    expect(here.group.sees()).toContain('每月集中学习一次');
    expect((await slots(here)).map(({ state }) => state)).toEqual(['refused', 'sent']);
  });

  it('leaves markup and mentions of all in a document as text', async () => {
    const here = await library(
      '2026-03-02T10:00:00+08:00',
      '# 注意\n\n大家 <at id=all></at> 看 [这里](http://x)',
    );
    await here.lin.says('每日一学 开 8:30');
    await until(here, '2026-03-03T08:30:00+08:00');
    expect(here.group.sees()).toContain('大家 <at id=all></at> 看');
    expect(JSON.stringify(here.messenger.messages.at(-1))).not.toContain('"tag":"markdown"');
  });
});

describe('workdays', () => {
  it('leave holidays out and take moved workdays in', async () => {
    const here = await library('2026-09-30T07:00:00+08:00', rules, fees);
    await here.lin.says('每日一学 开 8:30 工作日');
    const came: string[] = [];
    for (let day = 0; day <= 12; day += 1) {
      const before = pushes(here).length;
      const at = new Date(Date.parse('2026-09-30T08:30:00+08:00') + day * 86_400_000);
      await until(here, at.toISOString());
      if (pushes(here).length > before) came.push(at.toISOString().slice(5, 10));
    }
    // 1 to 7 October are free; Saturday the 10th is worked.
    expect(came).toEqual(['09-30', '10-08', '10-09', '10-10', '10-12']);
  });

  it('are Monday to Friday in a year without data, which secretary and operator hear once', async () => {
    const here = await library('2026-12-30T07:00:00+08:00', rules, fees);
    await here.lin.says('每日一学 开 8:30 工作日');
    expect(here.group.sees()).not.toContain('2027');
    const told = () =>
      [here.lin, here.admin].map((each) => each.reads().split('还没有 2027 年的放假').length - 1);
    const came: string[] = [];
    for (let day = 0; day <= 6; day += 1) {
      const before = pushes(here).length;
      const at = new Date(Date.parse('2026-12-30T08:30:00+08:00') + day * 86_400_000);
      await until(here, at.toISOString());
      if (pushes(here).length > before) came.push(at.toISOString().slice(5, 10));
    }
    expect(came).toEqual(['12-30', '12-31', '01-01', '01-04', '01-05']);
    expect(told()).toEqual([1, 1]);
  });

  it('of an unknown year are told at once to who switches on, and to the operator', async () => {
    const here = await library('2027-03-02T07:00:00+08:00', rules);
    await here.lin.says('每日一学 开 8:30 工作日');
    expect(here.group.sees()).toContain('还没有 2027 年的放假和调休安排');
    expect(here.admin.reads()).toContain('还没有 2027 年的放假和调休安排');
    await until(here, '2027-03-02T08:30:00+08:00');
    expect(here.lin.reads()).not.toContain('2027 年的放假');
  });
});

describe('after an outage', () => {
  it('makes up a push that is half an hour late', async () => {
    const here = await library('2026-03-02T10:00:00+08:00', rules);
    await here.lin.says('每日一学 开 8:30');
    await until(here, '2026-03-03T09:00:00+08:00');
    expect(pushes(here)).toHaveLength(1);
    expect(here.lin.reads()).not.toContain('错过');
  });

  it('records one that is three hours late as missed, and tells the secretary only', async () => {
    const here = await library('2026-03-02T10:00:00+08:00', rules);
    await here.lin.says('每日一学 开 8:30');
    await until(here, '2026-03-03T11:30:00+08:00');
    expect(pushes(here)).toEqual([]);
    expect(here.lin.reads()).toContain('3月3日（周二）08:30 的一段没有发出');
    expect(here.wang.reads()).toBe('');
    await until(here, '2026-03-04T08:30:00+08:00');
    expect(here.group.sees()).toContain('每月集中学习一次');
    expect((await slots(here)).map(({ state }) => state)).toEqual(['missed', 'sent']);
  });

  it('tells of all days that were missed in one message', async () => {
    const here = await library('2026-03-02T10:00:00+08:00', rules);
    await here.lin.says('每日一学 开 8:30');
    const before = here.lin.private().length;
    await until(here, '2026-03-07T12:00:00+08:00');
    expect(here.lin.private()).toHaveLength(before + 1);
    expect(here.lin.reads()).toContain('3月5日（周四）08:30等 5 次');
    expect(await slots(here)).toHaveLength(5);
  });

  it('does not send hours later what was claimed in time, and says so', async () => {
    const here = await library('2026-03-02T10:00:00+08:00', rules);
    await here.lin.says('每日一学 开 8:30');
    const other = await here.replica();
    here.clock.set('2026-03-03T08:30:00+08:00');
    await other.tick();
    expect((await slots(here)).map(({ state }) => state)).toEqual(['waiting']);
    await until(here, '2026-03-03T11:30:00+08:00');
    expect(pushes(here)).toEqual([]);
    expect(here.lin.reads()).toContain('没能发出，已记为错过');
  });
});

describe('in English', () => {
  it('is switched on, pushed, shown and switched off by English words', async () => {
    const here = await world({ at: '2026-03-06T10:00:00+08:00', locale: 'en-US' });
    const { lin, group, settle } = here;
    await lin.sends(
      'Study rules.md',
      '# Study rules\n\nFirst, study monthly.\n\nThen, talk of it.',
    );
    await settle();
    await lin.presses('Add to library');
    await lin.says('daily on 08:30 workdays');
    for (const part of [
      'Daily reading is on',
      'Goes to: Branch group',
      'Time: 08:30 on workdays',
      'Document: "Study rules"',
      'Next: Mon 9 Mar 08:30',
    ])
      expect(group.sees()).toContain(part);
    const before = group.all().length;
    await until(here, '2026-03-08T08:30:00+08:00');
    expect(group.all()).toHaveLength(before);
    await until(here, '2026-03-09T08:30:00+08:00');
    expect(group.sees()).toContain('Daily reading · "Study rules"');
    expect(group.sees()).toContain('First, study monthly.');
    expect(group.sees()).toContain('Passage 1 of');
    await lin.says('daily');
    expect(group.sees()).toContain('Next: Tue 10 Mar 08:30');
    await lin.says('daily off');
    expect(group.sees()).toContain('Daily reading is off');
    await until(here, '2026-03-10T08:30:00+08:00');
    expect(group.sees()).toContain('Daily reading is off');
  });
});

describe('several processes on one database', () => {
  it.each([2, 3])('%i push each slot once', async (count) => {
    const here = await library('2026-03-02T10:00:00+08:00', rules);
    const others = await Promise.all(Array.from({ length: count - 1 }, () => here.replica()));
    await here.lin.says('每日一学 开 8:30');
    for (const day of ['03', '04', '05']) {
      here.clock.set(`2026-03-${day}T08:30:00+08:00`);
      await Promise.all([...others, ...others, ...others].map((each) => each.tick()));
      await Promise.all([here.settle(), ...others.map((each) => each.settle())]);
    }
    const texts = pushes(here);
    expect(texts.map((text) => /第 \d/.exec(text)?.[0])).toEqual(['第 1', '第 2', '第 3']);
  });

  it('have the push of one that died after the claim sent by another', async () => {
    const here = await library('2026-03-02T10:00:00+08:00', rules);
    await here.lin.says('每日一学 开 8:30');
    const dying = await here.replica();
    here.clock.set('2026-03-03T08:30:00+08:00');
    await dying.tick(); // and never does what follows
    await here.settle();
    expect(pushes(here)).toHaveLength(1);
  });

  it('take again what one had claimed when its connection was lost', async () => {
    const here = await library('2026-03-02T10:00:00+08:00', rules);
    await here.lin.says('每日一学 开 8:30');
    const dying = await here.replica();
    here.clock.set('2026-03-03T08:30:00+08:00');
    // The claim cannot write its message, and its connection ends before it commits.
    await here.db.atomic(async () => {
      await here.db.sql('lock table outgoing in share mode');
      const lost = dying.tick();
      for (;;) {
        const killed = await here.db.pool.query(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where datname = current_database() and wait_event_type = 'Lock' and query like 'insert into outgoing%'`,
        );
        if (killed.rows.length > 0) break;
        await pause(5);
      }
      await lost;
    });
    expect(await slots(here)).toEqual([]);
    await here.settle();
    expect(pushes(here)).toHaveLength(1);
    expect((await slots(here)).map(({ state }) => state)).toEqual(['sent']);
  });
});

describe('what is not there any more', () => {
  it('group: nothing is sent, it is switched off, and the secretary hears so', async () => {
    const here = await library('2026-03-02T10:00:00+08:00', rules);
    await here.lin.says('每日一学 开 8:30');
    await here.group.happens('disbanded');
    await until(here, '2026-03-03T08:30:00+08:00');
    expect(pushes(here)).toEqual([]);
    expect(here.lin.reads()).toContain('每日一学在这里已关闭');
    await until(here, '2026-03-04T08:30:00+08:00');
    expect(here.lin.reads().split('每日一学在这里已关闭')).toHaveLength(2);
  });

  it('group, gone between decision and push: not called sent', async () => {
    const here = await library('2026-03-02T10:00:00+08:00', rules);
    await here.lin.says('每日一学 开 8:30');
    here.messenger.isGone = (to) => 'chat' in to && to.chat === here.group.id;
    await until(here, '2026-03-03T08:30:00+08:00');
    expect((await slots(here)).map(({ state }) => state)).toEqual(['gone']);
    expect(here.lin.reads()).toContain('每日一学在这里已关闭');
  });

  it('group tied to another branch: nothing of the old branch is read there', async () => {
    const here = await library('2026-03-02T10:00:00+08:00', rules);
    await here.lin.says('每日一学 开 8:30');
    await here.admin.says('绑定 第三党支部', { in: here.group });
    await until(here, '2026-03-03T08:30:00+08:00');
    expect(pushes(here)).toEqual([]);
  });

  it('document: goes on with another and tells the secretary', async () => {
    const here = await library('2026-03-02T10:00:00+08:00', rules, fees);
    await here.lin.says('每日一学 开 8:30 资料 支部学习制度');
    await here.db.client.document.deleteMany({ where: { title: '支部学习制度' } });
    await until(here, '2026-03-03T08:30:00+08:00');
    expect(here.group.sees()).toContain('党费按月交纳');
    expect(here.lin.reads()).toContain('资料《支部学习制度》已经不在了，改为学《党费常识》');
  });

  it('document replaced by a new edition: goes on at the same place', async () => {
    const here = await library('2026-03-02T10:00:00+08:00', rules, fees);
    await here.lin.says('每日一学 开 8:30 资料 支部学习制度');
    await until(here, '2026-03-03T08:30:00+08:00');
    await shelve(here, rules.replace('两小时', '三小时'));
    await until(here, '2026-03-04T08:30:00+08:00');
    expect(here.group.sees()).toContain('每周自学三小时');
    expect(here.lin.reads()).not.toContain('已经不在了');
  });

  it('every document: stops and tells the secretary how to go on', async () => {
    const here = await library('2026-03-02T10:00:00+08:00', rules);
    await here.lin.says('每日一学 开 8:30');
    await here.db.client.document.deleteMany();
    await until(here, '2026-03-03T08:30:00+08:00');
    expect(pushes(here)).toEqual([]);
    expect(here.lin.reads()).toContain('学习资料都不在了，每日一学已关闭');
  });
});
