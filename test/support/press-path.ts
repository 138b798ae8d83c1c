import type { Incoming, Reply } from '../../src/bot/talk.ts';
import type { Db } from '../../src/database/db.ts';
import { createAccounts } from '../../src/feishu/accounts/accounts.ts';
import { privateTo } from '../../src/queue/outbox.ts';
import type { ChatId, MessageId, PersonId } from '../../src/base/ids.ts';
import { handClock } from './clock.ts';
import { fakeMessenger } from './messenger.ts';
import { overhear } from './overheard.ts';
import { createGroup, createPerson, type Stage } from './people.ts';
import { bankRow, bankSheet } from './sheet.ts';
import { startApp } from './started-app.ts';
import { type HeardStatement, listenToStatements } from './heard-statements.ts';

const rules = ['每月集中学习一次。', '补学在两周内完成。', '补学可以自学。', '补学要有笔记。'];
const bank = [
  bankRow('单选', '十的后面是几', ['十一', '十二'], 'A', '数一数', '《学习制度》', '数'),
  bankRow('多选', '哪些是双数', ['二', '三', '四'], 'AC', '', '', '数'),
  bankRow('判断', '十比九大。', [], '对', '', '', '数'),
];

const document = (articles: string[]) =>
  `# 学习制度\n\n${articles.map((article, i) => `第${'一二三四'[i]}条 ${article}`).join('\n\n')}`;

/**
 * A branch lives through two days, and its people press every button they see. Each press comes as from the
 * platform, to a process that has not heard of anybody yet. Returns the statements of the presses, and which
 * actions were pressed.
 */
export async function pressEverything(db: Db, url: string) {
  const clock = handClock('2026-03-02T10:00:00+08:00');
  const messenger = fakeMessenger();
  const admins = new Set<PersonId>();
  const app = await startApp({ db, url, clock, messenger, admins, locale: 'zh-CN' });
  const statements = listenToStatements();
  const actions = new Set<string>();

  async function press(pressed: Incoming & { kind: 'pressed' }): Promise<Reply> {
    const { action, value, form, message, at, trace } = pressed;
    const [from, chat] = [
      await db.client.person.findUniqueOrThrow({ where: { id: pressed.from } }),
      await db.client.chat.findUniqueOrThrow({ where: { id: pressed.place.id } }),
    ];
    const raw = { kind: 'pressed' as const, action, value, form, message, at, from: from.openId };
    actions.add(action);
    return statements.during(async () => {
      const { inward } = createAccounts({ db, privateTo: privateTo(db) });
      return app.hand(await inward({ ...raw, chat: { platformId: chat.platformId } }, trace));
    });
  }
  /** A press on a card, and in a chat, that nobody knows. */
  const pressUnknown = () =>
    statements.during(async () => {
      const forged = { kind: 'pressed' as const, action: 'no.such', value: {}, form: {} };
      const where = { chat: { platformId: 'oc_press_unknown' }, message: 'om_press_unknown' };
      const who = { from: 'ou_press_unknown', at: clock.now() };
      const { inward } = createAccounts({ db, privateTo: privateTo(db) });
      await app.hand(await inward({ ...forged, ...where, ...who }, 'trace of nobody'));
    });
  let messages = 0;
  const stage: Stage = {
    clock,
    messenger,
    settle: app.settle,
    hand: (incoming) => (incoming.kind === 'pressed' ? press(incoming) : app.hand(incoming)),
    nextMessage: () => `om_press_${(messages += 1)}` as MessageId,
  };
  async function person(name: string) {
    const row = await db.client.person.create({ data: { openId: `ou_press_${name}`, name } });
    const chat = { platformId: `oc_press_${name}`, kind: 'private', personId: row.id };
    const alone = await db.client.chat.create({ data: chat });
    return createPerson(stage, row.id as PersonId, name, alone.id as ChatId);
  }
  const [lin, wang, zhao] = [await person('林志远'), await person('王芳'), await person('赵敏')];
  const row = await db.client.chat.create({ data: { platformId: 'oc_press', kind: 'group' } });
  const people = new Map([lin, wang, zhao].map((each) => [each.id, each.name]));
  messenger.groups.set(row.id as ChatId, {
    ...{ name: '支部群', owner: lin.id, external: false, people },
  });
  const group = createGroup(stage, row.id as ChatId);
  for (const each of [lin, wang, zhao]) each.enters(group);
  const { pressesAll } = overhear(messenger);
  async function until(at: string) {
    clock.set(at);
    await app.settle();
  }

  try {
    await lin.says('绑定 按钮支部');
    await lin.sends('制度.md', document(rules));
    await lin.presses('确认入库');
    await lin.sends('数.xlsx', await bankSheet(bank));
    await lin.presses('确认入库');
    await lin.sends('多余.md', document(['没有用。']));
    await lin.presses('放弃');
    await wang.says('补学怎么补');
    for (const each of [wang, lin])
      for (const text of ['补学在几周内完成', '火星上有没有水', '帮助']) await each.whispers(text);
    const standard = { question: '补学怎么补', answer: '自学。', source: '1' };
    for (const each of [wang, lin]) await pressesAll(each, group, standard);
    await lin.whispers('反馈');
    await lin.whispers('标准答案');
    await pressesAll(lin, group, standard);

    await lin.whispers('签到 主题党日 截止 明天18:00');
    await lin.whispers('测验 数 3题 截止 明天18:00');
    await lin.whispers('会议 支委会 明天 10:00');
    await lin.whispers('签到 学习 截止 明天18:00');
    for (const each of [wang, lin])
      for (const text of [
        '签到',
        '我的',
        '隐私',
        '请假',
        '补',
        '补 1 看了',
        '改 4 标题 学',
        '进度',
        '导出',
        '催办',
      ])
        await each.whispers(text);
    const form = { option_0: true, text: '出差', reason: '出差' };
    for (const each of [zhao, wang, lin]) await pressesAll(each, group, form);
    await until('2026-03-03T09:46:00+08:00');
    for (const each of [zhao, wang]) await pressesAll(each, group);
    await until('2026-03-03T18:01:00+08:00');
    for (const each of [zhao, lin]) await pressesAll(each, group, { text: '看了' });
    await pressUnknown();
    return { statements: statements.heard(), actions };
  } finally {
    statements.stop();
    await app.stop();
  }
}

/** How the server would go about a statement; by its indexes, wherever it has one that serves. */
export async function planOf(db: Db, { text, values }: HeardStatement, byIndexes = false) {
  const client = await db.pool.connect();
  try {
    await client.query('begin');
    if (byIndexes) await client.query('set local enable_seqscan = off');
    const explained = await client.query<{ 'QUERY PLAN': string }>(`explain ${text}`, values);
    return explained.rows.map((line) => line['QUERY PLAN']);
  } finally {
    await client.query('rollback');
    client.release();
  }
}
