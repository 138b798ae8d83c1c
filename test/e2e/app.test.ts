import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import exceljs from 'exceljs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { studyGroup, volunteerGroup } from '../../simulator/sample.ts';
import { encrypted, signed } from '../../simulator/seal.ts';
import type { SimulatedPerson } from '../../simulator/person.ts';
import { fromBot, read, reads, runningApp, type RunningApp } from '../support/running-app.ts';

const rule = '党支部每月至少召开一次主题党日活动，由支部书记主持，时间不少于两个小时。';
const minute = 60_000;

let corpusDir: string;
let app: RunningApp;
let lin: SimulatedPerson;
let wang: SimulatedPerson;
let sun: SimulatedPerson;
let xu: SimulatedPerson;

beforeAll(async () => {
  corpusDir = mkdtempSync(path.join(os.tmpdir(), 'corpus-'));
  writeFileSync(path.join(corpusDir, '主题党日办法.md'), `# 主题党日办法\n\n## 次数\n\n${rule}\n`);
  app = await runningApp({ corpusDir, lag: minute - 2_000 });
  [lin, wang, sun, xu] = ['lin', 'wang', 'sun', 'xu'].map((handle) => app.sim.person(handle)) as [
    SimulatedPerson,
    SimulatedPerson,
    SimulatedPerson,
    SimulatedPerson,
  ];
});
afterAll(async () => {
  await app.stop();
  rmSync(corpusDir, { recursive: true, force: true });
});

const inGroup = (...texts: string[]) => reads(app.sim, studyGroup, ...texts);
const privately = (person: SimulatedPerson, ...texts: string[]) =>
  reads(app.sim, person.private, ...texts);
const at = (text: string) => `@学伴 ${text}`;
/** One number of `/metrics`. */
async function counted(series: string): Promise<number> {
  const text = await (await fetch(`${app.url}/metrics`)).text();
  return Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${series} `))
      ?.split(' ')[1] ?? 0,
  );
}
/** What the platform refused of all that the app sent so far. */
const refusals = () => app.lines.filter((line) => /was not sent|could not be updated/.test(line));

describe('a branch', () => {
  it('is bound by the group’s owner, who becomes its secretary', async () => {
    await sun.says(studyGroup, at('绑定 向阳支部'));
    await inGroup('只有群主或学伴的管理员能绑定支部');
    await lin.says(studyGroup, at('绑定 向阳支部'));
    await inGroup('绑定好了', '支部：向阳支部', '成员：11 人', '书记：林静');
  });

  it('is there for what is said right behind 绑定', async () => {
    const { id: group } = app.sim.addGroup('青年小组', [wang.id, xu.id]);
    await wang.says(group, at('绑定 青年支部'));
    await wang.says(group, at('签到 紧接着'));
    await reads(app.sim, group, '签到 · 紧接着', '已签到 0 / 2 人', '编号 #1 · 青年支部');
    expect(fromBot(app.sim, group).map(read).join('\n')).not.toContain('还没有绑定');
    await wang.says(group, at('结束 1'));
    await reads(app.sim, group, '#1 已结束');
  });

  it('has members who come and go with the group', async () => {
    await lin.says(studyGroup, at('签到 读书会'));
    await inGroup('签到 · 读书会', '已签到 0 / 11 人');
    await lin.changes(studyGroup, { kind: 'invite', people: [xu.id] });
    await inGroup('签到 · 读书会', '已签到 0 / 12 人');
    await xu.changes(studyGroup, { kind: 'leave' });
    await inGroup('签到 · 读书会', '已签到 0 / 11 人');
    await lin.says(studyGroup, at('结束 1'));
    await inGroup('#1 已结束，已签到 0 / 11 人。');
  });
});

describe('a check-in', () => {
  it('counts presses and commands on its one card, once a person', async () => {
    await lin.says(studyGroup, at('签到 主题党日'));
    const card = await inGroup('签到 · 主题党日', '已签到 0 / 11 人', '[签到]');
    const pressed = await Promise.all([1, 2, 3].map(() => wang.presses(card.id, '签到')));
    const toasts = pressed.map(({ toast }) => toast?.content).sort();
    expect(toasts).toEqual(['你已经签过了', '你已经签过了', '签到成功']);
    await sun.says(studyGroup, at('签到'));
    await inGroup('签到成功（#2）');
    expect((await inGroup('已签到 2 / 11 人')).id).toBe(card.id);
  });

  it('names who is missing in private, and nobody in the group', async () => {
    await lin.says(studyGroup, at('进度'));
    const public_ = await inGroup('进度', '#2 主题党日', '还差谁，请私聊我');
    expect(read(public_)).not.toMatch(/周明远|赵建华/);
    await lin.says(lin.private, '进度 2');
    const own = read(await privately(lin, '进度', '#2 主题党日', '还差：'));
    expect(own).toMatch(/周明远.*赵建华|赵建华.*周明远/);
    expect(own).not.toMatch(/王晓燕|孙丽萍/);
    await sun.says(sun.private, '进度 2');
    await privately(sun, '只有本支部的书记能做');
  });

  it('is edited, and everyone who was told is told', async () => {
    await lin.says(studyGroup, at('改 2 标题 重温誓词'));
    await inGroup('#2 有改动', '标题改为：重温誓词');
    await inGroup('签到 · 重温誓词', '已签到 2 / 11 人');
  });

  it('is closed by command: a later press changes nothing and says so', async () => {
    const card = await inGroup('签到 · 重温誓词');
    await lin.says(studyGroup, at('结束 2'));
    await inGroup('#2 已结束，已签到 2 / 11 人。');
    await privately(lin, '已结束', '重温誓词', '还差：');
    const closed = await inGroup('签到已结束 · 重温誓词', '已签到 2 / 11 人');
    expect(closed.id).toBe(card.id);
    expect(read(closed)).not.toContain('[签到]');
    await sun.says(studyGroup, at('答 2'));
    await inGroup('已经结束了，没有改动');
  });

  it('ends by itself at its time', async () => {
    await lin.says(studyGroup, at('签到 晨读 截止 1分钟后'));
    const card = await inGroup('签到 · 晨读', '已签到 0 / 11 人');
    app.clock.lag = 0;
    expect((await inGroup('签到已结束 · 晨读')).id).toBe(card.id);
    await privately(lin, '已结束', '晨读', '还差：');
  });

  it('is taken back', async () => {
    await lin.says(studyGroup, at('签到 手滑'));
    const card = await inGroup('签到 · 手滑');
    await lin.says(studyGroup, at('撤回 4'));
    await inGroup('#4 已撤回，不再计入。');
    const taken = await inGroup('签到已撤回 · 手滑');
    expect(taken.id).toBe(card.id);
    expect(read(taken)).not.toContain('[签到]');
  });
});

describe('an export', () => {
  /** As the page downloads it. */
  async function download(person: SimulatedPerson, name: string) {
    const { id } = await privately(person, name);
    const address = `${app.pageApi}/file?as=${person.id}&message=${id}`;
    const book = new exceljs.Workbook();
    await book.xlsx.load(await (await fetch(address)).arrayBuffer());
    return book;
  }

  it('comes as a file in private, which can be downloaded and read', async () => {
    await lin.says(studyGroup, at('导出 2'));
    await inGroup('表格会私聊发给你');
    const sheet = (await download(lin, '导出 #2 重温誓词.xlsx')).getWorksheet('明细');
    const rows = sheet?.getSheetValues().slice(1) as unknown[][];
    expect(rows[0]?.slice(1)).toEqual(['姓名', '支部', '小组', '状态', '时间', '内容']);
    expect(rows).toHaveLength(12);
    expect(rows.filter((row) => row[4] === '已完成')).toHaveLength(2);
  });
});

describe('a question', () => {
  it('is answered with a quote word for word, and its source', async () => {
    await sun.says(studyGroup, at('主题党日多久开一次？'));
    const answer = read(await inGroup('—— 《主题党日办法》'));
    expect(answer).toContain(rule);
  });

  it('without an answer in the documents is not answered', async () => {
    await sun.says(sun.private, '怎样修理自行车的链条？');
    await privately(sun, '没有找到');
  });

  it('can be answered from a file once its secretary has confirmed it', async () => {
    const text =
      '# 会费细则\n\n会费由组织委员在每季度第一周统一收取，逾期三个月的由书记谈话提醒。\n';
    await sun.sendsFile(sun.private, '会费细则.md', text);
    await privately(sun, '学习资料和题库由支部书记来添加');
    await lin.sendsFile(lin.private, '会费细则.md', text);
    const preview = await privately(lin, '请确认 · 《会费细则》', '[确认入库]');
    expect(await app.db.client.document.count({ where: { title: '会费细则' } })).toBe(0);
    expect(await lin.presses(preview.id, '确认入库')).toEqual({
      toast: { type: 'success', content: '已确认，正在入库' },
    });
    await privately(lin, '《会费细则》已入库');
    await sun.says(studyGroup, at('会费由谁统一收取？'));
    const answer = read(await inGroup('—— 《会费细则》'));
    expect(answer).toContain('会费由组织委员在每季度第一周统一收取');
  });

  it('of the group that does not mention the bot is stored nowhere', async () => {
    const word = '悄悄话四百零四';
    await sun.says(studyGroup, `${word}，大家下班一起走？`);
    await app.sim.push('im.message.receive_v1', {
      sender: { sender_id: { open_id: sun.id }, sender_type: 'user' },
      message: {
        ...{ message_id: 'om_unmentioned', chat_id: studyGroup, chat_type: 'group' },
        ...{ message_type: 'text', content: JSON.stringify({ text: word }), create_time: '1' },
      },
    });
    await app.sim.settled();
    expect(await tablesWith(word)).toEqual([]);
    expect(await tablesWith('om_unmentioned')).toEqual([]);
    expect(app.lines.join('')).not.toContain(word);
  });
});

/** Every table of the whole database in which some row holds this text, plain or as base64. */
async function tablesWith(text: string): Promise<string[]> {
  const tables = await app.db.sql<{ name: string }>(
    `select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  const found: string[] = [];
  const coded = [0, 1, 2].map((shift) => {
    const bytes = Buffer.from('x'.repeat(shift) + text);
    return bytes.toString('base64').slice(4, -4);
  });
  for (const { name } of tables) {
    const [row] = await app.db.sql<{ n: number }>(
      `select count(*)::int as n from ${name} t where t::text like any($1::text[])`,
      [text, ...coded].map((each) => `%${each}%`),
    );
    if (row && row.n > 0) found.push(name);
  }
  return found;
}

describe('at the door', () => {
  const post = (event: object, keys = app.keys) => {
    const body = encrypted(event, keys.encryptKey);
    const headers = signed(body, keys.encryptKey, new Date());
    return fetch(`${app.url}/webhook/event`, { method: 'POST', body, headers });
  };
  const eventOf = (header: object, event: object = { chat_id: studyGroup }) => ({
    schema: '2.0',
    header: {
      ...{ event_id: 'e1', event_type: 'im.chat.disbanded_v1', create_time: '1' },
      ...{ token: app.keys.verificationToken, app_id: app.keys.id, ...header },
    },
    event,
  });

  it('the platform’s challenge is answered', async () => {
    expect(await app.sim.challenge()).toBe(true);
  });

  it('an event of a type nobody asked for is taken and does nothing', async () => {
    expect(await app.sim.push('drive.file.edit_v1', { file_token: 'f' })).toBe(true);
    expect(app.lines.join('')).toContain('drive.file.edit_v1');
  });

  it('events of another app or tenant are not genuine', async () => {
    expect((await post(eventOf({ app_id: 'cli_other' }))).status).toBe(401);
    expect((await post(eventOf({ tenant_key: 'another' }))).status).toBe(401);
    const forged = await post(eventOf({}), { ...app.keys, encryptKey: 'guessed' });
    expect(forged.status).toBe(401);
  });

  it('it lives and is ready', async () => {
    expect((await fetch(`${app.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${app.url}/readyz`)).status).toBe(200);
    expect((await fetch(`${app.url}/webhook/event`)).status).not.toBe(200);
    expect((await fetch(`${app.url}/simulator/`)).status).toBe(404);
  });
});

describe('in a group', () => {
  const welcomes = () =>
    fromBot(app.sim, volunteerGroup).filter((each) => read(each).includes('大家好，我是学伴'));

  it('the bot says once what it does, however often it is added', async () => {
    await xu.changes(volunteerGroup, { kind: 'add-bot' });
    await reads(app.sim, volunteerGroup, '大家好，我是学伴', '绑定 第一党支部');
    await xu.changes(volunteerGroup, { kind: 'remove-bot' });
    await xu.changes(volunteerGroup, { kind: 'add-bot' });
    await xu.says(volunteerGroup, at('进度'));
    await reads(app.sim, volunteerGroup, '这个群还没有绑定支部');
    expect(welcomes()).toHaveLength(1);
  });

  it('that removed the bot, nothing more is written', async () => {
    await lin.says(studyGroup, at('签到 最后一次'));
    const card = await inGroup('签到 · 最后一次', '#5');
    await lin.changes(studyGroup, { kind: 'remove-bot' });
    await privately(lin, '群里用不了我了', '最后一次');
    const before = app.sim.messagesOf(studyGroup);
    await lin.says(lin.private, '答 5');
    await privately(lin, '签到成功（#5）');
    await lin.says(lin.private, '结束 5');
    await privately(lin, '已结束', '最后一次', '已签到 1 / 11 人');
    await app.sim.settled();
    expect(app.sim.messagesOf(studyGroup)).toEqual(before);
    expect(before.find(({ id }) => id === card.id)?.recalled).toBe(false);
  });

  it('until it is back', async () => {
    await lin.changes(studyGroup, { kind: 'add-bot' });
    await lin.says(studyGroup, at('签到 又来了'));
    await inGroup('签到 · 又来了', '已签到 0 / 11 人');
  });
});

it('the platform has refused nothing of all this, and every message is known to be sent', async () => {
  const states = () =>
    app.db.sql<{ state: string }>(`select distinct state from outgoing order by state`);
  await expect.poll(states).toEqual([{ state: 'sent' }]);
  expect(refusals()).toEqual([]);
  expect(app.lines.filter((line) => line.includes('"level":50'))).toEqual([]);
});

it('counts what it does, and names nobody in it', async () => {
  const series = [
    'xueban_events_total{outcome="stored"}',
    'xueban_messages_total{outcome="sent"}',
    'xueban_answer_seconds_count',
    'xueban_press_seconds_count{outcome="answered"}',
    'xueban_job_seconds_count{job="outbox.send",outcome="done"}',
  ];
  const before = await Promise.all(series.map(counted));
  await lin.says(studyGroup, at('签到 数一数'));
  const card = await inGroup('签到 · 数一数', '[签到]');
  await wang.presses(card.id, '签到');
  await app.sim.settled();
  const after = await Promise.all(series.map(counted));
  for (const [i, value] of after.entries()) expect(value).toBeGreaterThan(before[i] ?? 0);
  const all = await (await fetch(`${app.url}/metrics`)).text();
  expect(all).not.toMatch(/ou_|oc_|om_|数一数|王晓燕/);
});

it('logs one id from the door to the message that leaves', async () => {
  const { id } = await wang.says(wang.private, '帮助');
  // The last line comes after the message that it is about.
  await vi.waitFor(() => {
    const about = app.lines
      .map((line) => JSON.parse(line) as { trace?: string; msg: string })
      .filter(({ trace }) => trace?.includes(id));
    const steps = about.map(({ msg }) => msg);
    expect(steps).toEqual(expect.arrayContaining(['stored', 'handling', 'sent']));
  }, 30_000);
});
