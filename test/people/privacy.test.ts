import { describe, expect, it } from 'vitest';
import { must } from '../../src/base/errors.ts';
import type { StoredData } from '../../src/people/privacy/types.ts';
import type { FakeMessenger } from '../support/messenger.ts';
import { world } from '../support/world.ts';

/** Somebody with something of everything, in one round that is over and one that is open. */
async function lived() {
  const there = await world('2026-03-02T10:00:00+08:00');
  const { lin, wang, clock, settle } = there;
  await lin.says('签到 党课 截止 18:00');
  await lin.says('签到 读报 截止 18:00');
  await wang.whispers('答 1 学了第一章');
  await wang.whispers('请假 2 照顾病人');
  clock.set('2026-03-02T19:00:00+08:00');
  await settle();
  await wang.whispers('补 2 自学了社论');
  await lin.says('签到 月末读书 截止 3月9日 18:00');
  await wang.whispers('答 3 读到第九页');
  await wang.whispers('学习 45 笔记一');
  await wang.whispers('勿扰 22:00-7:00');
  return there;
}

function exported(messenger: FakeMessenger): StoredData {
  const files = messenger.messages.flatMap(({ content }) => ('file' in content ? [content] : []));
  return JSON.parse(new TextDecoder().decode(must(files.at(-1)).file.bytes)) as StoredData;
}

describe('隐私', () => {
  it('says in private what is stored, and a group hears only that it was sent', async () => {
    const { wang, group } = await lived();
    await wang.says('隐私');
    expect(group.sees()).toBe('已私聊发给你。');
    const card = must(wang.private().at(-1));
    expect(card).toContain('问到你 3 次，你完成 2 次，答应参加会议 0 次，请假 1 次，补 1 次');
    expect(card).toContain('自己记的学习时间：1 条');
    expect(card).toContain('[导出全部]');
  });

  it('is there for somebody who is in no branch, and for others words make a question', async () => {
    const { chen } = await world();
    await chen.whispers('隐私');
    expect(chen.reads()).toContain('问到你 0 次');
    await chen.whispers('隐私 怎么保护');
    expect(chen.private()).toHaveLength(2);
    expect(chen.private().at(-1)).not.toContain('问到你');
  });

  it('exports everything as one file, and nothing of anybody else', async () => {
    const { wang, zhao, lin, messenger } = await lived();
    await zhao.whispers('学习 30 别人的笔记');
    await zhao.whispers('答 3 别人的回答');
    await lin.whispers('催办 3');
    await wang.whispers('隐私');
    await wang.presses('导出全部');
    const everything = exported(messenger);
    const text = JSON.stringify(everything);
    for (const own of ['王芳', '学了第一章', '照顾病人', '自学了社论', '读到第九页', '笔记一'])
      expect(text).toContain(own);
    expect(text).not.toMatch(/别人的|赵敏/);
    expect(Object.keys(everything.tables)).toEqual(
      expect.arrayContaining([
        'answer',
        'chat',
        'chat_member',
        'outgoing',
        'quiet_hours',
        'round_leave',
        'round_makeup',
        'round_person',
        'study_log',
      ]),
    );
    expect(Object.values(everything.names.round)).toContain('#1 党课');
    expect(wang.private().at(-1)).toBe('[学伴-我的信息-2026-03-02.json]');
  });

  it('holds every row that any table keeps under the person', async () => {
    const { wang, lin, messenger, db } = await lived();
    await lin.whispers('催办 3');
    await wang.whispers('隐私 导出');
    const { tables } = exported(messenger);
    const keeping = await db.sql<{ name: string }>(
      `select c.table_name as name from information_schema.columns c join information_schema.tables t
         using (table_schema, table_name) where c.table_schema = 'public' and c.column_name = 'person_id'`,
    );
    expect(keeping.length).toBeGreaterThan(8);
    for (const { name } of keeping) {
      const [row] = await db.sql<{ count: number }>(
        `select count(*)::int as count from ${name} where person_id = $1`,
        wang.id,
      );
      // The file itself is on its way since.
      const known = (tables[name] ?? []).filter((each) =>
        Object.entries(each as object).some(
          ([key, value]) => key === 'person_id' && value === wang.id,
        ),
      );
      const late = name === 'outgoing' ? 1 : 0;
      expect([name, known.length + late]).toEqual([name, must(row).count]);
    }
  });

  it('deletes after a confirmation what is one’s own, and keeps what was counted', async () => {
    const { wang, group, messenger, db } = await lived();
    await wang.whispers('隐私');
    const { id: chatId } = await db.client.chat.findUniqueOrThrow({ where: { personId: wang.id } });
    const turn = { chatId, thread: '', question: '刚才问的', askedAt: new Date() };
    await db.client.askTurn.create({ data: turn });
    await wang.presses('删除');
    const sure = must(wang.private().at(-1));
    expect(sure).toContain('会删掉');
    expect(sure).toContain('会留下');
    expect(sure).toContain('支部的台账要对得上');
    await wang.whispers('我的');
    expect(wang.private().at(-1)).toContain('本月学习 45 分钟');
    await wang.presses('确认删除');
    await wang.whispers('隐私 导出');
    const everything = exported(messenger);
    const text = JSON.stringify(everything);
    for (const own of ['照顾病人', '自学了社论', '读到第九页', '笔记一'])
      expect(text).not.toContain(own);
    expect(text).toContain('学了第一章');
    expect(everything.tables['quiet_hours']).toBeUndefined();
    expect(text).not.toContain('刚才问的');
    expect(group.card('党课')).toContain('已签到 1 / 4 人');
    expect(group.card('签到已结束 · 读报')).toContain('补 1');
    expect(group.card('月末读书')).toContain('已签到 0 / 4 人');
    await wang.whispers('答 3');
    expect(group.card('月末读书')).toContain('已签到 1 / 4 人');
  });

  it('touches nothing of anybody else, repeated or pressed by another', async () => {
    const { wang, zhao, db } = await lived();
    await zhao.whispers('学习 30 赵的笔记');
    await wang.whispers('隐私 删除');
    const toast = await zhao.pressesForged('privacy.confirm', { person: wang.id });
    expect(toast?.content).toContain('没有改动');
    await zhao.pressesForged('privacy.export', { person: wang.id });
    expect(zhao.reads()).not.toContain('.json');
    expect(await db.client.studyLog.count({ where: { personId: wang.id } })).toBe(1);
    await wang.whispers('隐私 确认删除');
    await wang.whispers('隐私 确认删除');
    expect(wang.private().at(-1)).toContain('学习时间 0 条');
    expect(await db.client.studyLog.count()).toBe(1);
  });
});
