import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SimulatedPerson } from '../../simulator/person.ts';
import { studyGroup } from '../../simulator/sample.ts';
import {
  fromBot,
  read,
  reads,
  runningApp,
  untilReady,
  type RunningApp,
} from '../support/running-app.ts';

const rule = '党支部每月至少召开一次主题党日活动，由支部书记主持，时间不少于两个小时。';
let corpusDir: string;
let app: RunningApp;
let lin: SimulatedPerson;
let wang: SimulatedPerson;

beforeAll(async () => {
  corpusDir = mkdtempSync(path.join(os.tmpdir(), 'corpus-'));
  writeFileSync(path.join(corpusDir, '主题党日办法.md'), `# 主题党日办法\n\n${rule}\n`);
  app = await runningApp({ eventMode: 'ws', corpusDir, repeatWithin: 1_000 });
  lin = app.sim.person('lin');
  wang = app.sim.person('wang');
  await lin.says(studyGroup, '@学伴 绑定 向阳支部');
});
afterAll(async () => {
  await app.stop();
  rmSync(corpusDir, { recursive: true, force: true });
});

const inGroup = (...texts: string[]) => reads(app.sim, studyGroup, ...texts);
const answersOf = (person: SimulatedPerson) => fromBot(app.sim, person.private);
const readiness = async () => {
  const answer = await fetch(`${app.url}/readyz`);
  return { status: answer.status, text: await answer.text() };
};
/** Resolves once the app has come back by itself. */
async function isBack() {
  await expect.poll(() => app.sim.longConnections.isOpen).toBe(true);
  await untilReady(app.url);
}

it('brings messages, presses and their answers, with no webhook there', async () => {
  await inGroup('绑定好了', '支部：向阳支部');
  await lin.says(studyGroup, '@学伴 签到 主题党日');
  const card = await inGroup('签到 · 主题党日', '已签到 0 / 11 人');
  expect((await wang.presses(card.id, '签到')).toast?.content).toBe('签到成功');
  expect((await wang.presses(card.id, '签到')).toast?.content).toBe('你已经签过了');
  await inGroup('已签到 1 / 11 人');
  const knocked = await fetch(`${app.url}/webhook/event`, { method: 'POST', body: '{}' });
  expect(knocked.status).toBe(404);
});

it('brings a message that is cut into many frames', async () => {
  const long = '学'.repeat(450);
  await lin.says(lin.private, `签到 ${long}`);
  await reads(app.sim, lin.private, '太长了');
});

it('comes back after it was cut, and every message is answered once', async () => {
  const before = answersOf(lin).length;
  const said = Array.from({ length: 12 }, async (_, i) => {
    if (i === 6) app.sim.longConnections.cut();
    return lin.says(lin.private, `第${i}个问题是什么`);
  });
  await Promise.all(said);
  await isBack();
  await expect.poll(app.sim.undelivered).toBe(0);
  await app.sim.waitFor(() => answersOf(lin).length >= before + 12);
  await app.sim.settled();
  expect(answersOf(lin)).toHaveLength(before + 12);
}, 60_000);

it('answers a study question with its quote', async () => {
  await wang.says(wang.private, '主题党日多久召开一次？');
  const answer = read(await reads(app.sim, wang.private, '—— 《主题党日办法》'));
  expect(answer).toContain(rule);
});

/** How often the bot has answered 帮助 to this person. */
const helps = (person: SimulatedPerson) =>
  answersOf(person).filter((message) => read(message).includes('直接提问')).length;

it('brings again what could not be stored, and it is taken once', async () => {
  await app.db.sql('alter table seen_event rename to seen_event_away');
  await lin.says(lin.private, '帮助');
  expect(app.sim.undelivered()).toBe(1);
  await app.db.sql('alter table seen_event_away rename to seen_event');
  await expect.poll(app.sim.undelivered).toBe(0);
  await app.sim.waitFor(() => helps(lin) > 0);
  await app.sim.settled();
  expect(helps(lin)).toBe(1);
});

it('brings again what was taken but not acknowledged, and it takes effect once', async () => {
  await lin.says(studyGroup, '@学伴 签到 夜校');
  await inGroup('签到 · 夜校', '已签到 0 / 11 人');
  app.sim.switches.patience = 300;
  app.sim.longConnections.loseAnswers(1);
  await wang.says(wang.private, '答 2');
  expect(app.sim.undelivered()).toBe(1);
  await expect.poll(app.sim.undelivered).toBe(0);
  app.sim.switches.patience = 3_000;
  await inGroup('签到 · 夜校', '已签到 1 / 11 人');
  await reads(app.sim, wang.private, '签到成功（#2）');
  await app.sim.settled();
  const said = answersOf(wang).filter((message) => /签到成功|已经签过/.test(read(message)));
  expect(said.map(read)).toEqual(['签到成功（#2）']);
});

it('says why it is away, in the log as well, and comes back by itself', async () => {
  const refusals = [
    [514, 'auth failed', 'the platform does not take FEISHU_APP_ID and FEISHU_APP_SECRET (514'],
    // Of this one the SDK says nothing to anybody.
    [1000040343, 'internal', 'the platform has trouble of its own (1000040343 internal)'],
  ] as const;
  for (const [code, msg, why] of refusals) {
    app.sim.longConnections.refuse({ code, msg });
    app.sim.longConnections.cut();
    const missing = async () => (await readiness()).text;
    await expect.poll(missing).toContain(`the long connection is away: ${why}`);
    expect((await readiness()).status).toBe(503);
    const logged = app.lines.filter((line) => line.includes('the long connection was refused'));
    expect(logged.join('\n')).toContain(why);
  }
  app.sim.longConnections.refuse(undefined);
  await isBack();
  const before = helps(wang);
  await wang.says(wang.private, '帮助');
  await app.sim.waitFor(() => helps(wang) > before);
}, 90_000);

it('says nothing of its secret in the log', () => {
  expect(app.lines.join('\n')).not.toContain(app.keys.secret);
});
