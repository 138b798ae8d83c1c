import { describe, expect, it } from 'vitest';
import {
  boundCard,
  groupGoneCard,
  roleCard,
  roleNews,
  secretaryLeftCard,
  unreadableGroupLine,
  welcomeCard,
} from '../../cards/people/roster.ts';
import type { BranchId, PersonId } from '../../src/base/ids.ts';
import type { Round } from '../../src/rounds/types.ts';
import { textOf } from '../support/card-text.ts';
import { checkBinding } from '../../src/people/roster/rules.ts';
import { world } from '../support/world.ts';

describe('绑定', () => {
  it('makes the branch, reads the members and makes the owner its secretary', async () => {
    const { lin, group } = await world({ bound: false, members: 120 });
    await lin.says('绑定 第一党支部');
    expect(group.sees()).toContain('支部：第一党支部');
    expect(group.sees()).toContain('成员：124 人');
    expect(group.sees()).toContain('书记：林志远');
    await lin.says('签到 党课');
    expect(group.sees()).toContain('[签到]');
  });

  it('is harmless when repeated, and says so', async () => {
    const { lin, group } = await world();
    await lin.says('绑定 第一党支部');
    expect(group.sees()).toContain('本来就绑定着');
  });

  it('is refused to a member who is neither owner nor administrator', async () => {
    const { wang, lin, group } = await world({ bound: false });
    await wang.says('绑定 第一党支部');
    expect(group.sees()).not.toContain('支部：第一党支部');
    await lin.says('签到 党课');
    expect(group.sees()).not.toContain('[签到]');
  });

  it('belongs in a group', async () => {
    const { lin } = await world({ bound: false });
    await lin.whispers('绑定 第一党支部');
    expect(lin.reads()).not.toBe('');
    expect(lin.reads()).not.toContain('绑定好了');
  });

  it('does not let a stranger join a name that exists', async () => {
    const { chen, group, add } = await world();
    const other = await add('别的群', chen);
    await chen.says('绑定 第一党支部', { in: other });
    expect(other.sees()).not.toContain('绑定好了');
    expect(group.all()).toHaveLength(1);
  });

  it('lets its secretary bring in a second group, whose people are then members', async () => {
    const { lin, chen, group, add } = await world();
    await lin.says('签到 党课');
    const more = await add('第二个群', lin, chen);
    await lin.says('绑定 第一党支部', { in: more });
    expect(more.sees()).toContain('成员：5 人');
    expect(group.card('党课')).toContain('已签到 0 / 5 人');
  });

  it('lets only an administrator tie a bound group to another branch', async () => {
    const { lin, admin, group } = await world({ adminInGroup: true });
    await lin.says('绑定 第九党支部');
    expect(group.sees()).not.toContain('支部：第九党支部');
    await admin.says('绑定 第九党支部');
    expect(group.sees()).toContain('支部：第九党支部');
    expect(group.sees()).toContain('书记：管理员');
  });

  it('lets only an administrator bind an external group', async () => {
    const { lin, admin, group, messenger } = await world({ bound: false, adminInGroup: true });
    messenger.groupOf(group.id).external = true;
    await lin.says('绑定 第一党支部');
    expect(group.sees()).not.toContain('绑定好了');
    await admin.says('绑定 第一党支部');
    expect(group.sees()).toContain('绑定好了');
  });

  it('says what to do when the platform does not tell the members, and binds nothing', async () => {
    const { lin, group, messenger } = await world({ bound: false });
    messenger.failure = new Error('no permission');
    await lin.says('绑定 第一党支部');
    expect(group.sees()).toContain('暂时读不到这个群的成员');
    messenger.failure = undefined;
    await lin.says('绑定 第一党支部');
    expect(group.sees()).toContain('绑定好了');
  });

  it('refuses a name that is too long, and leaves markup in one as text', async () => {
    const { lin, group } = await world({ bound: false });
    await lin.says(`绑定 ${'长'.repeat(51)}`);
    expect(group.all().join()).not.toContain('绑定好了');
    await lin.says('绑定 <at id=all></at>支部');
    expect(group.sees()).toContain('支部：<at id=all></at>支部');
  });

  it('gives a new name to one group only when two ask for it at once', async () => {
    const { lin, chen, group, add } = await world({ bound: false });
    const other = await add('别的群', chen);
    await Promise.all([lin.says('绑定 第一党支部'), chen.says('绑定 第一党支部', { in: other })]);
    const texts = group.sees() + other.sees();
    expect(texts.split('绑定好了')).toHaveLength(2);
  });
});

describe('书记', () => {
  it('gives the role, tells the person, and lets them act', async () => {
    const { lin, wang, group } = await world();
    await lin.says('书记 @王芳', { mentions: [wang] });
    expect(group.sees()).toContain('王芳 现在是书记了');
    expect(wang.reads()).toContain('你现在是「第一党支部」的书记');
    await wang.says('签到 党课');
    expect(group.sees()).toContain('[签到]');
  });

  it('says so when it is so already', async () => {
    const { lin, group } = await world();
    await lin.says('书记 @林志远', { mentions: [lin] });
    expect(group.sees()).toContain('林志远 本来就是书记');
  });

  it('is given to members of the branch only, and by those who may', async () => {
    const { lin, wang, zhao, chen, group } = await world();
    await lin.says('书记 @陈晨', { mentions: [chen] });
    await wang.says('书记 @赵敏', { mentions: [zhao] });
    expect(group.all().join()).not.toContain('现在是书记了');
  });

  it('is given to one person at a time', async () => {
    const { lin, wang, zhao, group } = await world();
    await lin.says('书记 @王芳 @赵敏', { mentions: [wang, zhao] });
    expect(group.sees()).not.toContain('现在是书记了');
  });

  it('can be taken, and the person and the other secretaries hear so', async () => {
    const { lin, wang, zhao, group } = await world();
    await lin.says('书记 @王芳', { mentions: [wang] });
    await lin.says('书记 @赵敏', { mentions: [zhao] });
    await lin.says('撤销书记 @王芳', { mentions: [wang] });
    expect(group.sees()).toContain('王芳 不再是书记');
    expect(wang.reads()).toContain('你不再是「第一党支部」的书记');
    expect(zhao.reads()).toContain('王芳 不再是书记');
    await wang.says('签到 党课');
    expect(group.sees()).not.toContain('[签到]');
  });

  it('stays with the last one, however many take it at once', async () => {
    const { lin, wang, group } = await world();
    await lin.says('撤销书记 @林志远', { mentions: [lin] });
    expect(group.sees()).not.toContain('不再是书记');
    await lin.says('书记 @王芳', { mentions: [wang] });
    const tries = Array.from({ length: 5 }, () => [
      lin.says('撤销书记 @王芳', { mentions: [wang] }),
      wang.says('撤销书记 @林志远', { mentions: [lin] }),
    ]);
    await Promise.all(tries.flat());
    const taken = group.all().filter((text) => text.includes('不再是书记'));
    expect(taken).toHaveLength(1);
  });
});

describe('people and groups that come and go', () => {
  it('tells the other secretaries when one of them leaves, and the role stays', async () => {
    const { lin, wang, zhao, group } = await world();
    await lin.says('书记 @王芳', { mentions: [wang] });
    await group.leftBy(wang);
    expect(lin.reads()).toContain('王芳 已不在支部的群里');
    expect(zhao.reads()).toBe('');
    await wang.whispers('签到 党课');
    expect(group.sees()).toContain('[签到]');
  });

  it('ignores a leaving that is older than the joining', async () => {
    const { lin, zhao, group, clock } = await world('2026-03-02T10:00:00+08:00');
    clock.pass(3_600_000);
    await group.leftBy(zhao);
    clock.pass(3_600_000);
    await group.joinedBy(zhao);
    await group.happens('left', [zhao], '2026-03-02T11:30:00+08:00');
    await lin.says('签到 党课');
    expect(group.sees()).toContain('已签到 0 / 4 人');
  });

  it('welcomes a new group once', async () => {
    const { group } = await world({ bound: false });
    await group.happens('bot-added');
    expect(group.sees()).toContain('绑定 第一党支部');
    expect(group.sees()).toContain('我只存');
    await group.happens('bot-removed');
    await group.happens('bot-added');
    expect(group.all()).toHaveLength(1);
  });

  it('writes nothing to a group it was removed from, and tells the secretary what is open', async () => {
    const { lin, wang, group } = await world();
    await lin.says('签到 党课');
    await wang.presses('签到');
    await group.happens('bot-removed');
    const before = group.all().length;
    expect(lin.reads()).toContain('群里用不了我了');
    expect(lin.reads()).toContain('#1 党课');
    await lin.whispers('结束 1');
    expect(lin.reads()).toContain('已结束');
    expect(group.all()).toHaveLength(before);
  });

  it('that lets nothing be written any more is given up, and the secretary is told once', async () => {
    const { lin, wang, group, messenger } = await world();
    messenger.isGone = (to) => 'chat' in to && to.chat === group.id;
    await lin.says('签到 党课');
    expect(lin.reads()).toContain('群里用不了我了');
    expect(lin.reads()).toContain('#1 党课');
    await wang.whispers('答 1');
    await lin.whispers('结束 1');
    expect(lin.private().filter((said) => said.includes('群里用不了我了'))).toHaveLength(1);
    expect(wang.private().join()).not.toContain('群里用不了我了');
  });

  it('has its secretary told who cannot be written to', async () => {
    const { lin, wang, group, messenger } = await world();
    messenger.isGone = (to) => 'person' in to && to.person === wang.id;
    await lin.says('书记 @王芳', { mentions: [wang] });
    expect(lin.reads()).toContain('王芳 收不到我的私信');
    expect(group.all().join()).not.toContain('收不到');
  });

  it('brings members in step with the platform every night', async () => {
    const { lin, chen, zhao, group, messenger, clock, settle } = await world(
      '2026-03-02T10:00:00+08:00',
    );
    await lin.says('签到 党课 截止 3天后');
    const people = messenger.groupOf(group.id).people;
    people.delete(zhao.id);
    people.set(chen.id, '陈晨');
    people.set(lin.id, '林远');
    clock.set('2026-03-03T03:00:00+08:00');
    await settle();
    await lin.whispers('进度');
    expect(lin.reads()).toContain('还差：林远、王芳、刘洋、陈晨');
  });
});

describe('who may bind', () => {
  const binding = { admin: false, owner: true, external: false, name: '一' };
  it.each([
    ['an owner', binding, undefined],
    ['an administrator who is not the owner', { ...binding, owner: false, admin: true }, undefined],
    ['anyone else', { ...binding, owner: false }, 'NOT_OWNER_OR_ADMIN'],
    ['an owner of an external group', { ...binding, external: true }, 'NOT_ADMIN'],
    ['an owner, to another branch', { ...binding, tiedTo: '二' }, 'GROUP_BOUND_ELSEWHERE'],
    ['an owner, again', { ...binding, tiedTo: '一' }, undefined],
  ] as const)('%s', (_who, given, code) => {
    if (code) expect(() => checkBinding(given)).toThrow(code);
    else expect(() => checkBinding(given)).not.toThrow();
  });
});

describe('the cards', () => {
  it('read well in English', () => {
    const english = { locale: 'en-US', zone: 'Asia/Shanghai', now: new Date() } as const;
    const branch = { id: 1 as BranchId, name: 'First Branch' };
    const lin = { id: 1 as PersonId, name: 'Lin Zhiyuan' };
    const wang = { id: 2 as PersonId, name: 'Wang Fang' };
    const given = { branch, person: wang, by: lin, given: true };
    const taken = { ...given, given: false };
    const other = { id: 3 as PersonId, name: 'Zhao Min' };
    const cards = [
      boundCard(english, { branch, how: 'made', members: 30, secretaries: [lin, wang] }),
      boundCard(english, { branch, how: 'same', members: 30, secretaries: [] }),
      welcomeCard(english),
      roleCard(english, given, true),
      roleCard(english, given, false),
      roleCard(english, taken, true),
      roleCard(english, taken, false),
      secretaryLeftCard(english, branch, [wang]),
      groupGoneCard(english, branch, [{ number: 12, title: 'Reading' } as Round]),
    ].map((card) => textOf({ card }));
    const news = [given, taken].flatMap((change) => roleNews(english, change, [lin, wang, other]));
    expect(news.map(({ to }) => to)).toEqual([
      { person: 2 },
      { person: 3 },
      { person: 2 },
      { person: 3 },
    ]);
    const told = news.map(({ content }) => textOf(content));
    expect([...cards, ...told, unreadableGroupLine(english)].join('\n---\n'))
      .toMatchInlineSnapshot(`
      "Bound
      Branch: First Branch
      Members: 30
      Secretary: Lin Zhiyuan, Wang Fang
      Next, the secretary can mention me here with:
      checkin Theme day reading by tomorrow 18:00
      To add a secretary: secretary @X. For anything else: help
      ---
      Already bound; members are up to date
      Branch: First Branch
      Members: 30
      There is no secretary yet. An administrator can mention me with: secretary @X
      ---
      Hello, I am Xueban
      I help a branch with its study work: check-ins, quizzes and meetings that count and close by themselves, a reading a day, and answers to study questions, each with its source.
      I store the names of the people in this group and what they hand in on purpose, such as a check-in. What does not mention me is neither read nor stored. I do not score or rank anyone.
      First step: the owner of this group mentions me with “bind NAME”, for example:
      @Xueban bind First Branch
      ---
      Secretary
      Wang Fang is a secretary now.
      ---
      Secretary
      Wang Fang is a secretary already.
      ---
      Secretary
      Wang Fang is no longer a secretary.
      ---
      Secretary
      Wang Fang was not a secretary.
      ---
      A secretary left the group
      Wang Fang left the groups of the branch and is still a secretary.
      Branch: First Branch
      To end the role, send: unsecretary @Wang Fang
      ---
      I am no longer in the group
      Branch: First Branch
      I was removed or the group was dissolved. Still open, with cards that no longer follow:
      #12 Reading
      People can send me “answer ID” in private; you can send “status ID” or “close ID”.
      ---
      You are now a secretary of “First Branch”
      Mention me in the group, or send me here:
      checkin Theme day reading by tomorrow 18:00
      To add a secretary: secretary @X. For anything else: help
      Done by Lin Zhiyuan
      ---
      A change of secretary
      Wang Fang is a secretary now.
      Branch: First Branch
      Done by Lin Zhiyuan
      ---
      You are no longer a secretary of “First Branch”
      You can still check in and ask questions.
      Done by Lin Zhiyuan
      ---
      A change of secretary
      Wang Fang is no longer a secretary.
      Branch: First Branch
      Done by Lin Zhiyuan
      ---
      The members of this group cannot be read right now, so nothing was bound. Please send “bind NAME” again in a few minutes; if it keeps failing, ask an administrator to check that the bot may read group members."
    `);
  });
});
