import { describe, expect, it } from 'vitest';
import {
  answeredLine,
  checkinCard,
  checkinFace,
  chooseCheckinCard,
} from '../../cards/rounds/checkin.ts';
import {
  changedCard,
  closedLine,
  editedLine,
  recalledLine,
  reportCard,
  usualChange,
} from '../../cards/rounds/round-news.ts';
import { chooseRoundCard, closeRound, openedCard, statusCard } from '../../cards/rounds/rounds.ts';
import type { PersonId } from '../../src/base/ids.ts';
import type { Round } from '../../src/rounds/types.ts';
import { sizeOf, textOf } from '../support/card-text.ts';
import { checkInTime, checkOpen, defaultEnd, liveCard } from '../../src/rounds/rules.ts';
import { listen } from '../support/listen.ts';
import { world } from '../support/world.ts';

describe('进度', () => {
  it('shows counts in the group and never a name', async () => {
    const { lin, wang, group } = await world();
    await lin.says('签到 党课');
    await wang.presses('签到');
    await lin.says('进度');
    expect(group.sees()).toContain('已签到 1 / 4 人');
    await lin.says('进度 1');
    for (const name of ['赵敏', '王芳', '刘洋'])
      expect(group.all().slice(1).join()).not.toContain(name);
  });

  it('names in private who is missing', async () => {
    const { lin, wang } = await world();
    await lin.says('签到 党课');
    await wang.presses('签到');
    await lin.whispers('进度');
    expect(lin.reads()).toContain('还差：林志远、赵敏、刘洋');
    expect(lin.reads()).not.toContain('王芳');
  });

  it('reads the names of however many rounds at once', async () => {
    const { lin, db } = await world();
    for (const title of ['党课', '读报', '讨论']) await lin.says(`签到 ${title}`);
    const told = listen(db);
    await lin.whispers('进度');
    expect(lin.reads().split('还差：林志远、王芳、赵敏、刘洋')).toHaveLength(4);
    expect(told.filter((text) => text.includes('round_leave l join person'))).toHaveLength(1);
  });

  it('is for secretaries', async () => {
    const { lin, wang, group } = await world();
    await lin.says('签到 党课');
    await wang.whispers('进度');
    expect(wang.reads()).not.toContain('已签到');
    await wang.says('进度');
    expect(group.sees()).not.toContain('已签到');
  });

  it('says the number that it does not know', async () => {
    const { lin } = await world();
    await lin.whispers('进度 77');
    expect(lin.reads()).toContain('77');
  });
});

describe('结束', () => {
  it('closes at once: the group hears counts, the secretary in private the names', async () => {
    const { lin, wang, group } = await world();
    await lin.says('签到 党课');
    await wang.presses('签到');
    await lin.says('结束 1');
    expect(group.sees()).toContain('#1 已结束，已签到 1 / 4 人');
    expect(group.card('党课')).toContain('签到已结束');
    expect(group.all().slice(1).join()).not.toContain('赵敏');
    expect(lin.reads()).toContain('赵敏');
  });

  it('closes once, however many say it at once', async () => {
    const { lin, group, settle } = await world();
    await lin.says('签到 党课');
    await Promise.all(Array.from({ length: 10 }, () => lin.whispers('结束 1')));
    await settle();
    const reports = lin.private().filter((text) => text.includes('还差'));
    expect(reports).toHaveLength(1);
    expect(group.card('党课')).toContain('签到已结束');
  });

  it('shows in the end exactly those whose press was called a success, also in a race', async () => {
    const { lin, members, group, settle } = await world({ members: 20 });
    await lin.says('签到 党课');
    const presses = members.map((member) => member.taps('签到'));
    const [toasts] = await Promise.all([Promise.all(presses), lin.says('结束 1')]);
    await settle();
    const counted = toasts.filter((toast) => toast?.type === 'success').length;
    expect(group.card('签到已结束')).toContain(`已签到 ${counted} / 24 人`);
  });

  it('is refused to a member and changes nothing', async () => {
    const { lin, wang, group } = await world();
    await lin.says('签到 党课');
    await wang.says('结束 1');
    expect(group.card('党课')).toContain('[签到]');
  });
});

describe('撤回', () => {
  it('marks the card and takes no answer any more', async () => {
    const { lin, wang, group } = await world();
    await lin.says('签到 党课');
    const press = wang.sawButton('签到');
    await lin.says('撤回 1');
    expect(group.card('党课')).toContain('签到已撤回');
    expect((await press())?.type).not.toBe('success');
    await lin.whispers('进度');
    expect(lin.reads()).not.toContain('党课');
  });

  it('happens once', async () => {
    const { lin } = await world();
    await lin.says('签到 党课');
    await lin.whispers('撤回 1');
    await lin.whispers('撤回 1');
    expect(lin.private().filter((text) => text.includes('不再计入'))).toHaveLength(1);
  });
});

describe('改', () => {
  it('changes title and end, refreshes the card and tells the group', async () => {
    const { lin, group } = await world('2026-03-02T10:00:00+08:00');
    await lin.says('签到 党课');
    await lin.says('改 1 标题 党课与讨论');
    expect(group.sees()).toContain('标题改为：党课与讨论');
    await lin.says('改 1 截止 今天 20:00');
    expect(group.sees()).toContain('截止改为：3月2日（周一）20:00');
    expect(group.card('签到 · 党课与讨论')).toContain('截止 3月2日（周一）20:00');
  });

  it('makes the round end at the new time and not at the old one', async () => {
    const { lin, wang, clock, settle, group } = await world('2026-03-02T10:00:00+08:00');
    await lin.says('签到 党课 截止 12:00');
    await lin.says('改 1 截止 15:00');
    clock.set('2026-03-02T12:00:00+08:00');
    await settle();
    expect(await wang.presses('签到')).toMatchObject({ type: 'success' });
    clock.set('2026-03-02T15:00:00+08:00');
    await settle();
    expect(group.card('签到已结束 · 党课')).toContain('已签到 1 / 4 人');
  });

  it('refuses a past end and the parts of a meeting', async () => {
    const { lin, group } = await world('2026-03-02T10:00:00+08:00');
    await lin.says('签到 党课');
    await lin.says('改 1 截止 9:00');
    await lin.says('改 1 地点 会议室');
    expect(group.all().join()).not.toContain('#1 有改动');
    expect(group.card('党课')).toContain('3月3日（周二）23:59');
  });
});

describe('members who come and go while a round is open', () => {
  it('asks who joined', async () => {
    const { lin, chen, group } = await world();
    await lin.says('签到 党课');
    await group.joinedBy(chen);
    expect(group.card('党课')).toContain('已签到 0 / 5 人');
    expect(await chen.presses('签到')).toMatchObject({ type: 'success' });
    expect(group.card('党课')).toContain('已签到 1 / 5 人');
  });

  it('asks who joins at the very moment it opens', async () => {
    const { lin, chen, admin, group, settle } = await world();
    await Promise.all([group.joinedBy(chen), lin.says('签到 党课'), group.joinedBy(admin)]);
    await settle();
    expect(group.card('党课')).toContain('已签到 0 / 6 人');
  });

  it('waits no longer for who left, and keeps what they had answered', async () => {
    const { lin, wang, zhao, group } = await world();
    await lin.says('签到 党课');
    await wang.presses('签到');
    await group.leftBy(wang);
    await group.leftBy(zhao);
    expect(group.card('党课')).toContain('已签到 1 / 3 人');
    await lin.whispers('进度');
    expect(lin.reads()).not.toContain('赵敏');
  });
});

describe('a round that lasts longer than a card can be changed', () => {
  it('gets a new card after 13 days, and the old one says so', async () => {
    const { lin, wang, zhao, clock, settle, group } = await world('2026-03-01T10:00:00+08:00');
    await lin.says('签到 读书月 截止 3月31日 18:00');
    await wang.presses('签到');
    clock.set('2026-03-14T10:01:00+08:00');
    await settle();
    expect(group.card('这张卡片用得太久了')).not.toContain('[签到]');
    await zhao.presses('签到');
    expect(group.sees()).toContain('已签到 2 / 4 人');
    expect(group.all().filter((text) => text.includes('[签到]'))).toHaveLength(1);
    clock.set('2026-03-27T10:01:00+08:00');
    await settle();
    clock.set('2026-03-31T18:00:00+08:00');
    await settle();
    expect(group.sees()).toContain('签到已结束 · 读书月');
    expect(group.all().filter((text) => text.includes('读书月'))).toHaveLength(3);
  });
});

describe('a number that means several rounds', () => {
  it('is asked back with buttons in private, and means this branch in a group', async () => {
    const { lin, group, second } = await world({ second: true });
    await lin.says('签到 党课');
    await lin.says('签到 读报', { in: second });
    await lin.whispers('结束 1');
    expect(lin.reads()).toContain('[第二党支部 · 读报]');
    await lin.presses('第二党支部 · 读报');
    expect(second.card('读报')).toContain('签到已结束');
    expect(group.card('党课')).toContain('[签到]');
    await lin.says('结束 1');
    expect(group.card('党课')).toContain('签到已结束');
  });
});

describe('the rules', () => {
  const at = (text: string) => new Date(`2026-03-02T${text}+08:00`);
  const open = { closesAt: at('18:00'), closedAt: null, recalledAt: null };

  it('ends at 23:59 of the next day in the zone of the branch', () => {
    expect(defaultEnd(new Date('2026-02-28T20:00:00Z'), 'Asia/Shanghai')).toEqual(
      new Date('2026-03-02T23:59:00+08:00'),
    );
  });

  it.each([
    ['open, in time', open, '18:00', undefined],
    ['open, too late', open, '18:01', 'ROUND_CLOSED'],
    ['closed, given before', { ...open, closedAt: at('17:00') }, '16:59', undefined],
    ['closed, given after', { ...open, closedAt: at('17:00') }, '17:01', 'ROUND_CLOSED'],
    ['taken back', { ...open, recalledAt: at('12:00') }, '11:00', 'ROUND_RECALLED'],
  ] as const)('an answer to a round that is %s', (_case, span, time, code) => {
    const check = () => checkInTime(span, at(time), 1);
    if (code) expect(check).toThrow(code);
    else expect(check).not.toThrow();
  });

  it.each([
    ['at first', 5, 30, 0],
    ['after 13 days', 13, 30, 1],
    ['after 26 days', 27, 30, 2],
    ['where it ends with its first card', 13, 13, 0],
    ['long after its end', 90, 20, 1],
  ])('the live card %s', (_when, days, length, card) => {
    const after = (n: number) => new Date(at('10:00').getTime() + n * 86_400_000);
    expect(liveCard(at('10:00'), after(length), after(days))).toBe(card);
  });

  it('changes nothing about a round at or after its end', () => {
    expect(() => checkOpen(open, at('18:00'), 1)).toThrow('ROUND_CLOSED');
    expect(() => checkOpen(open, at('17:59'), 1)).not.toThrow();
  });
});

describe('a group that was disbanded between the command and its card', () => {
  it('gets nothing, and the secretary hears so once', async () => {
    const { lin, group, messenger, clock, settle } = await world('2026-03-02T10:00:00+08:00');
    messenger.isGone = (to) => 'chat' in to && to.chat === group.id;
    const before = group.all().length;
    await lin.whispers('签到 党课 截止 18:00');
    expect(group.all()).toHaveLength(before);
    expect(lin.reads()).toContain('群已解散');
    clock.set('2026-03-02T18:00:00+08:00');
    await settle();
    expect(lin.reads().split('群已解散')).toHaveLength(2);
    expect(lin.reads()).toContain('已结束');
  });
});

describe('the cards', () => {
  const english = {
    locale: 'en-US',
    zone: 'Asia/Shanghai',
    now: new Date('2026-03-02T10:00:00+08:00'),
  } as const;
  const faces = { of: () => ({ face: checkinFace }) };
  const round = {
    id: 7,
    number: 12,
    kind: 'checkin',
    title: 'Reading',
    branch: { id: 1, name: 'First Branch' },
    chat: 1,
    openedBy: 1,
    openedAt: new Date('2026-03-02T10:00:00+08:00'),
    card: 0,
    closesAt: new Date('2026-03-03T18:00:00+08:00'),
    state: 'open',
    tally: { asked: 30, done: 12 },
  } as Round;
  const changed = { title: 'Reading', closesAt: round.closesAt };
  const closed: Round = { ...round, state: 'closed', closedAt: round.closesAt };
  const recalled: Round = { ...round, state: 'recalled' };
  const missing = [
    { id: 1 as PersonId, name: 'Wang Fang' },
    { id: 2 as PersonId, name: '' },
  ];
  const answered = { outcome: 'recorded', round, content: null } as const;

  it('read well in English', () => {
    const cards = [
      checkinCard(english, round),
      checkinCard(english, closed),
      checkinCard(english, recalled),
      chooseCheckinCard(english, [{ ...round, answered: false }]),
      openedCard(english, round),
      statusCard(english, faces, []),
      statusCard(english, faces, [{ round }]),
      statusCard(english, faces, [{ round, missing }]),
      statusCard(english, faces, [{ round: closed, missing: [] }]),
      reportCard(english, faces, { round: closed, missing, onLeave: [] }),
      changedCard(english, round, usualChange(english, round, changed)),
      chooseRoundCard(english, [round], (id) => closeRound.with({ round: id })),
    ].map((card) => textOf({ card }));
    const lines = [
      answeredLine(english, answered),
      closedLine(english, faces, closed),
      recalledLine(english, faces, round),
      editedLine(english, round),
    ];
    expect([...cards, ...lines].join('\n---\n')).toMatchInlineSnapshot(`
      "Check-in · Reading
      12 of 30 checked in
      Until Tue 3 Mar 18:00
      [Check in]
      No. #12 · First Branch
      ---
      Check-in closed · Reading
      12 of 30 checked in
      Ended Tue 3 Mar 18:00
      No. #12 · First Branch
      ---
      Check-in taken back · Reading
      This check-in was taken back and no longer counts.
      No. #12 · First Branch
      ---
      Which check-in?
      Several check-ins are open. Please pick one:
      [#12 Reading]
      ---
      Sent to the group
      Reading
      Until Tue 3 Mar 18:00
      No. #12 · First Branch
      Send “status” any time to see who is missing; it closes by itself.
      [Status]
      [Close]
      [Take back]
      ---
      Status
      Nothing is open now.
      ---
      Status
      #12 Reading
      12 of 30 checked in · Until Tue 3 Mar 18:00
      To see who is missing, send me “status” in private.
      ---
      Status
      #12 Reading
      12 of 30 checked in · Until Tue 3 Mar 18:00
      Still missing: Wang Fang, (no name)
      First Branch
      [Remind]
      [Close]
      [Take back]
      ---
      Status
      #12 Reading
      12 of 30 checked in · Closed
      Nobody is missing.
      First Branch
      ---
      Closed
      Reading
      12 of 30 checked in
      Still missing: Wang Fang, (no name)
      No. #12 · First Branch
      [Export as a sheet]
      ---
      #12 has changed · Reading
      New title: Reading
      New end: Tue 3 Mar 18:00
      ---
      Which branch?
      #12 exists in several of your branches. Please pick one:
      [First Branch · Reading]
      ---
      Checked in (#12)
      ---
      #12 is closed: 12 of 30 checked in.
      ---
      #12 was taken back and no longer counts.
      ---
      #12 is changed, and the group was told."
    `);
  });

  it('stay within what the platform takes, however much is open', () => {
    const long = '长'.repeat(100);
    const all = Array.from({ length: 500 }, () => ({ id: 1 as PersonId, name: long }));
    const many = Array.from({ length: 60 }, () => ({
      round: { ...round, title: long, branch: { ...round.branch, name: long.slice(50) } },
      missing: all,
      onLeave: all.map((each) => ({ ...each, reason: long })),
    }));
    const cards = [
      statusCard(english, faces, many),
      statusCard(english, faces, many.slice(0, 1)),
      statusCard(
        english,
        faces,
        many.map((each) => ({ round: each.round })),
      ),
      reportCard(english, faces, {
        round: closed,
        missing: all,
        onLeave: all.map((each) => ({ ...each, reason: long })),
      }),
      chooseCheckinCard(
        english,
        many.map((each) => ({ ...each.round, answered: false })),
      ),
    ];
    for (const card of cards) {
      expect(sizeOf({ card }).bytes).toBeLessThan(30_000);
      expect(sizeOf({ card }).elements).toBeLessThan(200);
    }
  });
});
