import { describe, expect, it } from 'vitest';
import type { Person } from '../support/people.ts';
import { commits, upgraded, type OldButton } from '../support/upgraded.ts';

type Branch = Awaited<ReturnType<typeof upgraded>>;

/** The jobs that are not done, by what they are called. */
const waiting = ({ db }: Branch) =>
  db.sql<{ id: string; job: string }>(
    `select id::text, data->>'job' as job from pgboss.job
     where name <> 'dead-letter' and state not in ('completed', 'cancelled')`,
  );
const deadLetters = async ({ db }: Branch) =>
  (await db.sql<{ data: object }>(`select data from pgboss.job where name = 'dead-letter'`)).map(
    ({ data }) => data,
  );

/** What takes a thing away is pressed after what needs it. */
const taking = ['docs.retire', 'standard.change', 'feedback.finish', 'library.drop', 'round.close'];
const order = ({ action }: OldButton) =>
  ['round.recall', 'privacy.confirm'].includes(action) ? 2 : Number(taking.includes(action));

/** What failed before is tried again within a minute or so. */
async function twoMinutes({ clock, settle }: Branch) {
  for (let minute = 1; minute <= 2; minute += 1) {
    clock.pass(60_000);
    await settle();
  }
}
const read = (person: Person, words: string) =>
  person.private().filter((text) => text.includes(words));

/** Chooses the first option of the question that stands on the quiz card of this person. */
async function answers(person: Person) {
  const [card = ''] = person.private().filter((text) => /^党章 · 第 \d \/ 3 题/.test(text));
  const [, option = ''] = /^\[([A-F]\. .*|对)\]$/m.exec(card) ?? [];
  await (/^☐/m.test(card) ? person.presses('确定', { option_0: true }) : person.presses(option));
}

describe.each(commits)('the branch that %s left', (commit) => {
  it('has all the work done that waited, whatever it is called, and loses none', async () => {
    const branch = await upgraded(commit);
    const [before, dead] = [await waiting(branch), await deadLetters(branch)];
    expect(new Set(before.map(({ job }) => job))).toEqual(new Set(branch.platform.jobs));
    await branch.until('2026-03-31T12:00:00+08:00');
    const left = new Set((await waiting(branch)).map(({ id }) => id));
    expect(before.filter(({ id }) => left.has(id))).toEqual([]);
    expect(await deadLetters(branch)).toEqual(dead);
  });

  it('has each message sent once that was on its way', async () => {
    const branch = await upgraded(commit);
    const { db, messenger } = branch;
    const onTheirWay = await db.client.outgoing.findMany({ where: { state: 'waiting' } });
    expect(onTheirWay.length).toBeGreaterThan(10);
    const shown = messenger.messages.length;
    await twoMinutes(branch);
    const ids = onTheirWay.map(({ id }) => id);
    const now = await db.client.outgoing.findMany({ where: { id: { in: ids } } });
    expect(new Set(now.map(({ state }) => state))).toEqual(new Set(['sent']));
    const sent = await db.client.outgoing.findMany({
      where: { platformId: { in: messenger.messages.slice(shown).map(({ id }) => id) } },
    });
    expect(sent).toHaveLength(messenger.messages.length - shown);
    expect(sent.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
  });

  it('is answered what it said last, and knows who came meanwhile', async () => {
    const branch = await upgraded(commit);
    await twoMinutes(branch);
    expect(read(branch.person('成员2'), '我的记录')).toHaveLength(1);
    const { db } = branch;
    const said = await db.client.answer.findFirst({
      where: { person: { name: '王芳' }, round: { title: '读书笔记' } },
    });
    expect(said?.content).toMatchObject({ text: '又读了一章' });
    const came = { person: { name: '新来的' }, round: { title: '读书笔记' } };
    expect(await db.client.roundPerson.count({ where: came })).toBe(1);
    expect(branch.group('第三支部群').sees()).toContain('绑定好了');
  });

  it('understands every button that was ever shown to it, for 14 days', async () => {
    const branch = await upgraded(commit);
    const { buttons, actions } = branch.platform;
    expect([...new Set(buttons.map(({ action }) => action))].sort()).toEqual(actions);
    await branch.settle();
    const [any] = buttons;
    const lost = any && (await branch.presses({ ...any, action: 'no.such' }, '王芳'));
    expect(lost?.content).toContain('失效');
    const sorted = [...buttons].sort((one, other) => order(one) - order(other));
    const notUnderstood: OldButton[] = [];
    for (const button of sorted) {
      const toast = await branch.presses(button, '刘洋');
      if (toast?.content === lost?.content) notUnderstood.push(button);
    }
    expect(notUnderstood).toEqual([]);
    const dead = await deadLetters(branch);
    await branch.settle();
    expect(await deadLetters(branch)).toEqual(dead);
  });

  it('answers the open check-in on its old card, which follows and is renewed', async () => {
    const branch = await upgraded(commit);
    await branch.settle();
    const group = branch.group('支部群');
    const count = () => /已签到 (\d) \/ 7 人/.exec(group.card('读书笔记'))?.[1];
    const before = Number(count());
    expect(before).toBeGreaterThan(2);
    const card = branch.platform.buttons.find(
      ({ action, to }) => action === 'checkin.answer' && 'chat' in to,
    );
    const [round] = await branch.db.client.round.findMany({ where: { title: '读书笔记' } });
    const button = card && { ...card, value: { round: round?.id } };
    const toast = button && (await branch.presses(button, '成员2'));
    expect(toast).toMatchObject({ type: 'success' });
    await branch.settle();
    expect(Number(count())).toBe(before + 1);
    await branch.until('2026-03-16T12:00:00+08:00');
    const cards = group.all().filter((text) => text.includes('签到 · 读书笔记'));
    expect(cards.length).toBeGreaterThan(1);
    const lin = branch.person('林志远');
    await branch.until('2026-03-27T18:01:00+08:00');
    expect(read(lin, '已结束\n读书笔记')).toHaveLength(1);
    expect(group.all().join('\n')).toContain('签到已结束 · 读书笔记');
  });

  it('goes on with the quiz that was begun, and hands in', async () => {
    const branch = await upgraded(commit);
    await branch.settle();
    const wang = branch.person('王芳');
    for (let step = 2; step <= 3; step += 1) await answers(wang);
    await wang.presses('交卷');
    expect(wang.reads()).toMatch(/党章 · 答对 \d \/ 3 题/);
    expect(branch.group('支部群').card('测验 · 党章')).toContain('已交卷 2 / 7 人');
    await branch.until('2026-03-20T18:01:00+08:00');
    const lin = branch.person('林志远');
    expect(read(lin, '测验结果 · 党章')).toHaveLength(2);
  });

  it('confirms by the old buttons what was sent and not confirmed', async () => {
    const branch = await upgraded(commit);
    await branch.settle();
    const lin = branch.person('林志远');
    await lin.presses('确认入库 · 第二党支部');
    await lin.presses('确认入库 · 第二党支部');
    await lin.presses('确认入库 · 第一党支部');
    expect(lin.reads()).toContain('题库《时政题库》已入库');
    for (const title of ['慰问安排', '读书安排', '参观安排'])
      expect(lin.reads()).toContain(`《${title}》已入库`);
  });

  it('is called to its meetings, and its secretary hears who came', async () => {
    const branch = await upgraded(commit);
    const [group, lin] = [branch.group('支部群'), branch.person('林志远')];
    await branch.settle();
    await branch.person('赵敏').presses('我到了');
    await branch.until('2026-03-09T15:01:00+08:00');
    expect(read(lin, '会议开始 · 党课')).toHaveLength(1);
    expect(read(lin, '会议开始 · 党课')[0]).toContain('实到 2');
    await branch.until('2026-03-10T09:46:00+08:00');
    const about = group.all().filter((text) => text.includes('支委会'));
    expect(about.filter((text) => text.startsWith('会议提醒'))).toHaveLength(2);
    expect(about.filter((text) => text.startsWith('会议签到'))).toHaveLength(1);
    await branch.until('2026-03-10T13:00:00+08:00');
    expect(read(lin, '会议结束 · 党课')).toHaveLength(1);
    expect(read(lin, '会议结束 · 支委会')).toHaveLength(1);
  });

  it('gets its readings, reminders that were held, and the note of the week', async () => {
    const branch = await upgraded(commit);
    const [liu, chen, lin] = ['刘洋', '陈晨', '林志远'].map(branch.person) as [
      Person,
      Person,
      Person,
    ];
    await branch.settle();
    expect(read(liu, '提醒：还等你完成')).toHaveLength(0);
    await branch.until('2026-03-09T20:01:00+08:00');
    expect(read(liu, '提醒：还等你完成')).toHaveLength(1);
    expect(read(chen, '卫星怎样回到地面')).toHaveLength(1);
    await branch.until('2026-03-10T08:31:00+08:00');
    expect(branch.group('支部群').all().join('\n')).toContain('第四条 补学的党员可以阅读');
    await branch.until('2026-03-16T09:01:00+08:00');
    expect(read(lin, '怎么修理自行车')).toHaveLength(1);
  });
});
