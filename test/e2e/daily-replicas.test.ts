import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SimulatedPerson } from '../../simulator/person.ts';
import { type Replicas, startReplicas } from '../support/replicas.ts';
import { fromBot, read, reads } from '../support/running-app.ts';

const document = '# 学习制度\n\n第一条 每月集中学习一次。\n\n第二条 每周自学两小时。';
const groups = 24;

let all: Replicas;
let gao: SimulatedPerson;
let chats: string[];

beforeAll(async () => {
  all = await startReplicas();
  const { sim } = all;
  gao = sim.person('gao');
  const join = (i: number) => sim.addGroup(`第${i}小组群`, [gao.id]).id;
  chats = Array.from({ length: groups }, (_, i) => join(i));
  for (const chat of chats) await gao.says(chat, '@学伴 绑定 大支部');
  await Promise.all(chats.map((chat) => reads(sim, chat, '绑定好了')));
  await gao.sendsFile(gao.private, '学习制度.md', document);
  const preview = await reads(sim, gao.private, '《学习制度》', '[确认入库]');
  await gao.presses(preview.id, '确认入库');
  await reads(sim, gao.private, '已入库');
  for (const chat of chats) await gao.says(chat, '@学伴 每日一学 开 03:00');
  await Promise.all(chats.map((chat) => reads(sim, chat, '每日一学已开启')));
});
afterAll(() => all.stop());

const pushesIn = (chat: string) =>
  fromBot(all.sim, chat)
    .map(read)
    .filter((text) => text.startsWith('每日一学 · 《'));
const pushes = () => chats.flatMap(pushesIn).length;

/** The slot of every group comes now; the clocks of all processes strike within 20 s. */
const comesNow = () => all.db.sql(`update daily set next_at = date_trunc('second', now())`);

/** Resolves once every message has its outcome: one that is on its way twice would have arrived by then. */
async function isSettled() {
  const open = () => all.db.sql(`select 1 from outgoing where state = 'waiting' limit 1`);
  await expect.poll(open, { timeout: 60_000, interval: 200 }).toEqual([]);
}

/** Each group has seen so many pushes, and so many slots are written down. */
async function expectOnce(count: number) {
  await all.sim.waitFor(() => pushes() >= groups * count, 60_000);
  await isSettled();
  expect(chats.map((chat) => pushesIn(chat).length)).toEqual(chats.map(() => count));
  expect(await all.db.client.dailySlot.count()).toBe(groups * count);
}

it('two processes push each slot once to each group, also when one is killed amid it', async () => {
  await comesNow();
  await all.sim.waitFor(() => pushes() > 2, 40_000);
  await all.replicas[0].kill();
  await expectOnce(1);
}, 90_000);

it('the next one finds what was left where the last one was killed amid a push', async () => {
  await comesNow();
  await all.sim.waitFor(() => pushes() > groups + 2, 40_000);
  await all.replicas[1].kill();
  expect(pushes()).toBeLessThan(groups * 2);
  await all.start();
  await expectOnce(2);
}, 120_000);
