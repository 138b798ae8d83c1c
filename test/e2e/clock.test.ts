import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Chat, ClockRequest, Message, World } from '../../simulator/contract.ts';
import { personId, privateChatOf, studyGroup } from '../../simulator/sample.ts';
import { localFolder, startLocalApp } from '../support/local-app.ts';
import { read } from '../support/running-app.ts';

const hour = 3_600_000;
const lin = personId('lin');
const folder = localFolder();
let app: Awaited<ReturnType<typeof startLocalApp>>;

beforeAll(async () => {
  app = await startLocalApp(folder);
});
afterAll(async () => {
  await app.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function call<Answer>(address: string, body?: object): Promise<Answer> {
  const headers = { 'content-type': 'application/json' };
  const init = body && { method: 'POST', headers, body: JSON.stringify(body) };
  return (await fetch(`${app.address}api/${address}`, init)).json() as Promise<Answer>;
}
const world = () => call<World>('world');
const move = (asked: ClockRequest) => call<World>('clock', asked);
const messages = (chat: string) => call<Message[]>(`messages?as=${lin}&chat=${chat}&limit=200`);

/** What the bot wrote in a chat since, with the branch's time at which it came. */
async function heard(chat: string, since: number): Promise<[time: string, text: string][]> {
  const { bot, zone } = await world();
  const form = { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' } as const;
  const format = new Intl.DateTimeFormat('sv-SE', form);
  const fresh = (await messages(chat)).filter(({ sender, at }) => sender === bot.id && at >= since);
  return fresh.map((message) => [format.format(message.at), read(message)]);
}
/** Says it in the group and waits for the answer of the bot that has this in it. */
async function saysAndHears(text: string, answer: string): Promise<void> {
  const { at } = await call<Message>('say', { as: lin, chat: studyGroup, text: `@学伴 ${text}` });
  await expect
    .poll(async () => (await heard(studyGroup, at)).join('\n'), { timeout: 15_000 })
    .toContain(answer);
}
const now = async () => (await world()).now;
const everything = async () => {
  const chats = await call<Chat[]>(`chats?as=${lin}`);
  const all = await Promise.all(chats.map(({ id }) => heard(id, 0)));
  return all.flat().join('\n');
};
/** The day so many days after `from`, as `heard` writes it. */
const dayAfter = (from: number, days: number) =>
  new Date(from + (days * 24 + 8) * hour).toISOString().slice(0, 10);

describe('the clock of local mode', () => {
  it('brings tomorrow’s reading at its own time, once', async () => {
    await saysAndHears('每日一学 开 8:00', '每日一学已开启');
    const before = await now();
    // At two in the night tomorrow’s eight o’clock lies behind today’s.
    const { now: then } = await move({ kind: 'tomorrow' });
    expect(dayAfter(then, 0)).toBe(dayAfter(before, 1));
    const readings = await heard(studyGroup, before);
    const last = readings.pop();
    expect(last?.[0]).toMatch(new RegExp(`^${dayAfter(before, 1)} 08:00:0`));
    expect(last?.[1]).toContain('每日一学 · 《');
    for (const [time] of readings) expect(time).toMatch(/ 08:00:0/);
  });

  it('closes rounds and reports them on the way, each at its end and in order', async () => {
    const before = await now();
    await saysAndHears('签到 读书会 截止 30分钟后', '签到 · 读书会');
    await saysAndHears('签到 志愿服务 截止 2小时后', '签到 · 志愿服务');
    await move({ kind: 'by', ms: 3 * hour });
    const reports = await heard(privateChatOf(lin), before);
    expect(reports.map(([, text]) => /已结束\s+(\S+)/.exec(text)?.[1])).toEqual([
      '读书会',
      '志愿服务',
    ]);
    const times = reports.map(([time]) => Date.parse(`${time.replace(' ', 'T')}+08:00`) - before);
    expect(times[0]).toBeGreaterThan(0.5 * hour - 2_000);
    expect(times[0]).toBeLessThan(0.5 * hour + 60_000);
    expect(times[1]).toBeGreaterThan(2 * hour - 2_000);
    expect(times[1]).toBeLessThan(2 * hour + 60_000);
  });

  it('goes to the next thing due, and no further', async () => {
    await saysAndHears('签到 交心得 截止 20分钟后', '签到 · 交心得');
    const before = await now();
    const { now: then } = await move({ kind: 'next' });
    expect(then - before).toBeGreaterThan(15 * 60_000);
    expect(then - before).toBeLessThan(25 * 60_000);
    expect((await heard(privateChatOf(lin), before)).join('\n')).toContain('交心得');
  });

  it('is as far ahead after a restart, and what waits still comes once', async () => {
    const { offsetMs } = await world();
    expect(offsetMs).toBeGreaterThan(3 * hour);
    await app.stop();
    app = await startLocalApp(folder);
    expect(Math.abs((await world()).offsetMs - offsetMs)).toBeLessThan(1_000);
    const before = await now();
    await move({ kind: 'tomorrow' });
    const readings = await heard(studyGroup, before);
    expect(readings.map(([time]) => time.slice(0, 18))).toContain(`${dayAfter(before, 1)} 08:00:0`);
    expect(new Set(readings.map(([time]) => time.slice(0, 10))).size).toBe(readings.length);
  });

  it('lets nothing count as missed', async () => {
    expect(await everything()).not.toMatch(/错过|没能发出|没有发出/);
  });

  it('does not go back', async () => {
    expect(await move({ kind: 'by', ms: -hour })).toMatchObject({ fault: '请求不完整' });
  });
});
