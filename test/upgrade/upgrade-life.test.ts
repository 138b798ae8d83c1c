/**
 * The life of a branch up to a moment at which its process ends with work in hand of every sort. `npm run
 * fixture:upgrade` has a commit live it and keeps what that leaves, for `upgrade.test.ts`. It uses little of
 * what changes from release to release, so that older commits can live it too.
 */
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { PgBoss, TestClock } from 'pg-boss';
import { v7 as uuid } from 'uuid';
import { expect, it, onTestFinished } from 'vitest';
import { writeBackup } from '../../src/database/backup/backup.ts';
import { must } from '../../src/base/errors.ts';
import type { ChatId, MessageId } from '../../src/base/ids.ts';
import { queueSchema } from '../../src/queue/queue-schema.ts';
import { openModelEndpoint } from '../support/model-endpoint.ts';
import type { Shown } from '../support/messenger.ts';
import type { Group, Person } from '../support/people.ts';
import { bankRow, bankSheet } from '../support/sheet.ts';
import { world } from '../support/world.ts';

const rules = `# 学习制度

## 第一章 请假

第一条 请假应当在活动开始前向主持人提出。

## 第二章 补学

第三条 请假的党员一般在两周之内补学。

第四条 补学的党员可以阅读学习材料，也可以与领学人交谈。
`;
const trees = '# 植树安排\n\n第一条 每年三月组织一次义务植树，地点由支委会确定。\n';
const question = '请假的党员和补学的党员在多久之内补学、怎么补学';
const sentences = ['请假的党员一般在两周之内补学。', '补学的党员可以阅读学习材料'];
const bank = [
  bankRow('单选', '宗旨是什么', ['享乐', '为人民服务', '发财'], 'B', '见总纲', '党章', '党章'),
  bankRow('多选', '义务有哪些', ['学习', '交党费', '罢工'], 'AB', '见第三条', '', '党章'),
  bankRow('判断', '预备期为一年', [], '对', '见第七条', '', '党章'),
];

type World = Awaited<ReturnType<typeof world>>;
type Stage = Awaited<ReturnType<typeof setOut>>;

async function setOut() {
  const endpoint = await openModelEndpoint();
  onTestFinished(async () => {
    await endpoint.close();
  });
  endpoint.behaves(({ body }) => {
    const prompt = body.messages?.at(-1)?.content ?? '';
    const given = prompt.split(/资料 \[\d\]/).slice(1);
    const pieces = sentences.flatMap((sentence) => {
      const from = given.findIndex((each) => each.includes(sentence)) + 1;
      return from > 0 ? [`${sentence.replace(/。?$/, '。')}[${from}]`] : [];
    });
    return { does: 'stream', pieces };
  });
  const there = await world({
    ...{ at: '2026-03-02T08:00:00+08:00', members: 2, second: true },
    llm: endpoint.settings,
  });
  await there.db.client.stamp.create({ data: { app: 'cli_a', botOpenId: 'ou_bot' } });
  /** Names as the platform gives them, so that its events are about these people and groups. */
  const nameThem = async () => {
    await there.db.sql(`update person set open_id = 'ou_' || id`);
    await there.db.sql(`update chat set platform_id = 'oc_' || coalesce(person_id, id)`);
  };
  const goTo = async (time: string) => {
    there.clock.set(`2026-03-${time}:00+08:00`);
    await there.settle();
  };
  return { ...there, goTo, nameThem };
}

/** Presses a button that is on the newest message to somebody. */
const newest = (person: Person) => person.private().at(-1) ?? '';

async function fillsShelves({ lin, chen, members, second, clock, messenger, goTo }: Stage) {
  for (const person of [chen, must(members[1])]) await second.joinedBy(person);
  await lin.says('书记 @陈晨', { in: second, mentions: [chen] });
  await lin.sends('学习制度.md', rules);
  await lin.presses('确认入库 · 第一党支部');
  await lin.sends('植树安排.md', trees);
  await lin.presses('确认入库 · 第二党支部');
  await lin.sends('旧安排.md', trees.replaceAll('植树', '种花'));
  await lin.presses('确认入库 · 第一党支部');
  await lin.sends('党章题库.xlsx', await bankSheet(bank));
  await lin.presses('确认入库 · 第一党支部');
  await lin.sends('同义词.txt', '义务植树 种树\n补学 补课\n');
  await lin.whispers('资料');
  await lin.presses('停用');
  await lin.presses('恢复');
  await lin.whispers('资料 停用 3');
  await lin.says('每日一学 开 8:30 工作日 资料 学习制度');
  // A card that could never be changed: its last try is a dead letter.
  await lin.says('签到 开场');
  const update = messenger.update;
  messenger.update = () => Promise.resolve({ outcome: 'later', reason: 'the platform is tired' });
  await lin.says('签到');
  for (let tries = 0; tries < 12; tries += 1) {
    clock.pass(320_000);
    await goTo(new Date(clock.now().getTime() + 8 * 3_600_000).toISOString().slice(8, 16));
  }
  messenger.update = update;
}

async function livesAWeek(stage: Stage) {
  const { lin, wang, zhao, liu, second, members, goTo } = stage;
  const [first, other] = members as [Person, Person];
  await lin.says('签到 读书分享', { in: second });
  await lin.says('签到 早会 截止 12:00');
  await wang.presses('签到');
  await zhao.whispers('请假 2 去医院');
  await goTo('02T12:00');
  await liu.whispers('补 2 看了回放');
  await lin.says('签到 读书笔记 截止 3月27日 18:00');
  await wang.presses('签到');
  await zhao.whispers('答 3 看完了第一章');
  await liu.whispers('请假 3 出差');
  await lin.says('测验 党章 3题 截止 3月20日 18:00');
  await begins(wang, 1);
  await begins(zhao, 3);
  await zhao.presses('交卷');
  await lin.says('测验 党章 2题 截止 3月3日 18:00');
  await begins(other, 2);
  await other.presses('交卷');
  await begins(first, 2);
  await lin.says('会议 党员大会 3月4日 10:00 地点 礼堂');
  await goTo('03T08:30');
  await goTo('03T18:00');
  await goTo('04T08:30');
  await goTo('04T09:45');
  await wang.presses('我到了');
  await goTo('04T10:00');
  await goTo('04T10:10');
  await zhao.presses('我到了');
  await goTo('04T12:30');
  await goTo('04T12:45');
  await asks(stage);
  await lin.says('会议 支委会 3月10日 10:00 地点 301 议题 学习；分工');
  await wang.presses('参加');
  await zhao.says('不参加 7 照顾病人');
  await first.presses('请假');
  await lin.says('会议 党课 3月9日 15:00');
  await lin.whispers('会议 主题党日 3月30日 9:00 地点 公园');
  await goTo('05T08:30');
  await goTo('09T09:00');
  await looksAround(stage);
}

/** Begins the newest quiz and answers so many of its questions. */
async function begins(person: Person, questions: number) {
  await person.presses('开始答题');
  for (let i = 0; i < questions; i += 1) {
    const labels = newest(person).match(/(?<=^\[|^[☐☑] )(?:[A-F]\. .*?|对|错)(?=\]?$)/gm) ?? [];
    if (/^[☐☑]/m.test(newest(person))) await person.presses('确定', { option_0: true });
    else await person.presses(labels[0] ?? '');
  }
}

async function asks({ lin, wang, zhao, liu, chen, members, second, goTo }: Stage) {
  await wang.says(question);
  await wang.presses('没用');
  await zhao.whispers('请假的党员一般在多久之内补学');
  await zhao.presses('出处不对');
  await lin.whispers('请假应当向谁提出');
  await wang.says('红烧肉要炖多长时间');
  await liu.whispers('学习 怎么打开降落伞');
  await lin.whispers('标准答案 问题：补学找谁 答案：找领学人说一声就行。 出处：《学习制度》第四条');
  await lin.whispers('标准答案');
  await lin.whispers('反馈');
  await lin.presses('写标准答案');
  await zhao.whispers('补学找谁');
  await liu.whispers('学习 45 读党章');
  await chen.whispers('勿扰 8:00-20:00');
  await members[1]?.says('卫星怎样回到地面', { in: second });
  await goTo('04T13:00');
}

/** Cards on which somebody may still press today. */
async function looksAround({ lin, wang, liu, admin, members, goTo }: Stage) {
  for (const word of ['帮助', '进度', '我的', '资料', '隐私', '签到']) await lin.whispers(word);
  for (const word of ['帮助', '我的', '隐私', '签到']) await wang.whispers(word);
  await wang.presses('删除');
  await admin.whispers('帮助');
  for (const word of ['答 1 看完了', '请假 1 有事', '补 1 补看了', '催办 1', '导出 1'])
    await lin.whispers(word);
  for (const word of ['改 1 标题 读书会', '结束 1', '撤回 1', '进度 3']) await lin.whispers(word);
  await liu.whispers('勿扰 13:00-20:00');
  await wang.says('怎么修理自行车');
  await members[0]?.whispers('参加 8');
  await goTo('09T10:30');
  await lin.whispers('催办 3');
}

/** Everything that waits when the process ends: what was asked of it and is not done. */
async function isCutOff(stage: Stage) {
  const { lin, wang, zhao, chen, members, messenger, clock, goTo, settle, second } = stage;
  const third = await stage.add('第三支部群', chen, ...members);
  await stage.nameThem();
  await goTo('09T14:40');
  await lin.says('签到 要撤回的');
  for (const [name, subject] of [
    ['慰问.md', '慰问'],
    ['读书会.md', '读书'],
  ] as const)
    await lin.sends(name, trees.replaceAll('植树', subject));
  await lin.sends('时政题库.xlsx', await bankSheet(bank.slice(0, 2)));
  // The platform takes nothing for a while: what goes to zhao is put off, a card stays as it was.
  const { send } = messenger;
  messenger.send = later;
  await zhao.whispers('我的');
  for (let tries = 0; tries < 15; tries += 1) {
    clock.pass(20_000);
    await settle();
  }
  messenger.send = (to, ...rest) =>
    'chat' in to && messenger.groups.has(to.chat) ? send(to, ...rest) : later();
  messenger.update = later;
  await goTo('09T14:50');
  await members[0]?.presses('签到');
  await members[1]?.presses('我到了');
  const { hand } = await stage.replica();
  const chats = new Map(
    (await stage.db.client.chat.findMany()).map((chat) => [chat.personId, chat.id as ChatId]),
  );
  let count = 0;
  const about = (who: Person, group?: Group) => ({
    ...{ from: who.id, at: clock.now(), trace: 'the last minute' },
    message: `om_last_${(count += 1)}` as MessageId,
    place: group
      ? { id: group.id, kind: 'group' as const }
      : { id: must(chats.get(who.id)), kind: 'private' as const },
  });
  const say = (who: Person, text: string, group?: Group) =>
    hand({ kind: 'said', text, mentions: [], ...about(who, group) });
  for (const words of ['催办', '导出 3', '导出 3月', '撤回 10', '改 9 时间 3月30日 10:00'])
    await say(lin, words, stage.group);
  await say(lin, link);
  await say(wang, question, stage.group);
  await say(wang, '请假应当向谁提出');
  await say(chen, '绑定 第三党支部', third);
  await lin.taps('确认入库 · 第一党支部');
  await zhao.taps('签到');
  const asked = about(lin);
  const bytes = new TextEncoder().encode(trees.replaceAll('植树', '参观'));
  messenger.files.set(asked.message, bytes);
  const file = { message: asked.message, key: 'key', name: '参观安排.md', size: bytes.length };
  await hand({ kind: 'file', file, ...asked });
  await adds(stage, second.id);
}
const later = () => Promise.resolve({ outcome: 'later' as const, reason: 'the platform is tired' });
const link = 'https://branch.feishu.cn/docx/DoxABC123';

/** What the platform's door, the timetable and the delivery add: here nobody stands behind them. */
async function adds({ db, url, clock, wang, members, group }: Stage, gone: ChatId) {
  const boss = new PgBoss({ connectionString: url, max: 2, clock: new TestClock(clock.now()) });
  await boss.start();
  const add = (lane: string, job: string, payload: object, singletonKey: string = uuid()) =>
    boss.insert(lane, [
      { id: uuid(), data: { job, payload }, singletonKey, startAfter: clock.now() },
    ]);
  const arrive = async (key: string, chat: string, event: object) => {
    await db.client.seenEvent.create({ data: { key, seenAt: clock.now() } });
    const raw = Buffer.from(JSON.stringify(event)).toString('base64');
    await add('inbox', 'inbox.receive', { key, raw }, chat);
  };
  const sent = String(clock.now().getTime());
  const said = [
    ['答 3 又读了一章', wang, 'group'],
    ['我的', must(members[1]), 'p2p'],
    ['谢谢', wang, 'group'],
  ] as const;
  for (const [i, [text, who, kind]] of said.entries()) {
    const chat = kind === 'group' ? `oc_${group.id}` : `oc_${who.id}`;
    const id = `om_event_${i}`;
    await arrive(id, chat, heard({ id, text, from: `ou_${who.id}`, kind, chat, sent }));
  }
  const users = [{ name: '新来的', user_id: { open_id: 'ou_new' } }];
  const joined = { chat_id: `oc_${group.id}`, users };
  const event = eventOf('im.chat.member.user.added_v1', joined, { create_time: sent });
  await arrive('ev_joined', `oc_${group.id}`, event);
  const shown = { where: { subject: { startsWith: 'round:' } }, orderBy: { id: 'desc' } } as const;
  const { id } = await db.client.outgoing.findFirstOrThrow(shown);
  await add('work', 'outbox.recall', { id }, `outbox.recall:${id}`);
  await add('work', 'dead-letter.tell', {}, 'dead-letter.tell');
  await add('work', 'recipient.tell', { chat: gone });
  await add('slow', 'group.sync', { chat: group.id }, `group.sync:${group.id}`);
  await add('work', 'house.clean', {}, 'house.clean');
  await boss.stop({ graceful: false });
}

function heard(said: Record<'id' | 'text' | 'from' | 'kind' | 'chat' | 'sent', string>) {
  const { id, text, from, kind, chat, sent } = said;
  const mention = { key: '@_user_1', id: { open_id: 'ou_bot' }, name: '学伴' };
  const words = kind === 'group' ? `@_user_1 ${text}` : text;
  const message = {
    ...{ message_id: id, chat_id: chat, chat_type: kind, message_type: 'text', create_time: sent },
    ...{ content: JSON.stringify({ text: words }), mentions: kind === 'group' ? [mention] : [] },
  };
  const sender = { sender_id: { open_id: from }, sender_type: 'user' };
  return eventOf('im.message.receive_v1', { sender, message }, { create_time: sent });
}
const eventOf = (event_type: string, event: object, header: object) => ({
  schema: '2.0',
  header: { event_id: event_type, event_type, token: 'token', app_id: 'cli_a', ...header },
  event,
});

/** Every button that anybody was ever shown, by what it carries, with the message that it was on. */
function watchButtons({ messenger }: World) {
  const seen = new Map<string, Button>();
  const look = (id: MessageId) => {
    const shown = messenger.messages.find((message) => message.id === id);
    for (const value of shown ? valuesIn(shown.content) : []) {
      const key = JSON.stringify(value);
      if (shown && !seen.has(key)) seen.set(key, { ...value, message: id, to: shown.to });
    }
  };
  const lookAtAll = () => messenger.messages.forEach(({ id }) => look(id));
  const { replace } = messenger;
  messenger.replace = (id, card) => {
    lookAtAll();
    replace(id, card);
    look(id);
  };
  const { update } = messenger;
  messenger.update = async (id, content) => {
    lookAtAll();
    return update(id, content);
  };
  return () => {
    lookAtAll();
    return [...seen.values()];
  };
}
interface Carried {
  action: string;
  value: unknown;
}
type Button = Carried & Pick<Shown, 'to'> & { message: MessageId };

function valuesIn(node: unknown): Carried[] {
  if (typeof node !== 'object' || node === null) return [];
  const { tag, behaviors } = node as { tag?: unknown; behaviors?: { value?: Carried }[] };
  const own = tag === 'button' ? (behaviors ?? []).flatMap(({ value }) => value ?? []) : [];
  return [...own, ...Object.values(node).flatMap(valuesIn)];
}

/** The names in this commit's sources that are given to `define…`. */
function namesGivenTo(define: string): string[] {
  const folders = ['src', 'cards', 'handlers', 'jobs'];
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(path.join(folder, name), 'utf8').replace(/^ \*.*$/gm, '')),
  );
  const pattern = new RegExp(`\\b${define}\\(\\s*(?:\\{\\s*name: )?'([a-z.-]+)'`, 'g');
  return [
    ...new Set(files.flatMap((text) => [...text.matchAll(pattern)].map(([, name]) => must(name)))),
  ].sort();
}

/** Whatever this commit can add or show has to be there, or its successors are held to less. */
function refuseGaps(what: string, wanted: string[], found: string[]) {
  const missing = wanted.filter((name) => !found.includes(name));
  if (wanted.length === 0 || missing.length > 0)
    throw new Error(`The life leaves no ${what} of ${missing.join(', ') || 'any name'}.`);
}

async function jobsWaiting({ db }: Stage): Promise<string[]> {
  const rows = await db.sql<{ job: string }>(
    `select distinct data->>'job' as job from pgboss.job where state <> 'completed'`,
  );
  return rows.map(({ job }) => job);
}

async function save(stage: Stage, buttons: Button[], folder: string) {
  const { clock, url, messenger } = stage;
  const [jobs, actions] = [namesGivenTo('defineJob'), namesGivenTo('defineAction')];
  refuseGaps('waiting job', jobs, await jobsWaiting(stage));
  const carried = buttons.map(({ action }) => action);
  refuseGaps('button', actions, carried);
  mkdirSync(folder, { recursive: true });
  await writeBackup({ url, file: path.join(folder, 'database.jsonl.gz'), files: [] });
  const messages = messenger.messages.map((shown) => {
    const { content } = shown;
    return 'file' in content ? { ...shown, content: { text: content.file.name } } : shown;
  });
  const groups = [...messenger.groups].map(([chat, { people, ...group }]) => {
    return { chat, ...group, people: [...people] };
  });
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  const files = [...messenger.files].map(([id, bytes]) => [id, base64(bytes)]);
  const platform = {
    ...{ at: clock.now().toISOString(), queueSchema: queueSchema(), jobs, actions, buttons },
    ...{ messages, groups, files, entities: [...messenger.entities] },
  };
  const packed = gzipSync(JSON.stringify(platform), { level: 9 });
  writeFileSync(path.join(folder, 'platform.json.gz'), packed);
}

it('is lived until a process ends in the middle of everything', async () => {
  const stage = await setOut();
  const buttons = watchButtons(stage);
  await fillsShelves(stage);
  await livesAWeek(stage);
  await isCutOff(stage);
  expect((await jobsWaiting(stage)).length).toBeGreaterThan(20);
  const folder = process.env['FIXTURE_FOLDER'];
  if (folder) await save(stage, buttons(), folder);
});
