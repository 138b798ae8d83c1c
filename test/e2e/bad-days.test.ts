import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { badDays } from '../../simulator/requests.ts';
import type { SimulatedPerson } from '../../simulator/person.ts';
import { fromBot, read, reads, runningApp, type RunningApp } from '../support/running-app.ts';

const groups = 40;
let app: RunningApp;
let gao: SimulatedPerson;
let chats: string[];

beforeAll(async () => {
  app = await runningApp();
  gao = app.sim.person('gao');
  chats = Array.from({ length: groups }, (_, i) => app.sim.addGroup(`第${i}支部群`, [gao.id]).id);
  for (const [i, chat] of chats.entries()) await gao.says(chat, `@学伴 绑定 第${i}支部`);
  await Promise.all(chats.map((chat) => reads(app.sim, chat, '绑定好了')));
});
afterAll(async () => {
  app.sim.switches.badDay = undefined;
  await app.stop();
});

/** Every group's secretary opens a check-in at the same time: 40 cards leave at once. */
async function pushToAll(title: string) {
  await Promise.all(chats.map((chat) => gao.says(chat, `@学伴 签到 ${title}`)));
  const cardsIn = (chat: string) =>
    fromBot(app.sim, chat).filter((message) => read(message).includes(`签到 · ${title}`));
  await app.sim.waitFor(() => chats.every((chat) => cardsIn(chat).length > 0), 40_000);
  await allSettled();
  return chats.map((chat) => cardsIn(chat).length);
}

/** Resolves once every message has its outcome: what was on its way twice would have arrived by then. */
async function allSettled(): Promise<void> {
  const waiting = `select 1 from outgoing where state = 'waiting' limit 1`;
  while ((await app.db.sql(waiting)).length > 0) await pause(50);
}

it.each(badDays)(
  'on a day of %s each of 40 groups sees its card exactly once',
  async (badDay) => {
    app.sim.switches.badDay = badDay;
    // Each silence costs the 8 s for which a call waits.
    app.sim.switches.badEvery = badDay === 'timeout' ? 10 : 4;
    const seen = await pushToAll(badDay);
    expect(seen).toEqual(chats.map(() => 1));
    const unsent = await app.db.sql(
      `select 1 from outgoing where state not in ('sent', 'recalled')`,
    );
    expect(unsent).toEqual([]);
  },
  90_000,
);
