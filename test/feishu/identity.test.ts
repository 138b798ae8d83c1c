import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { encrypted, signed } from '../../simulator/seal.ts';
import { createApp } from '../../src/program/app.ts';
import { systemClock } from '../../src/base/clock.ts';
import { writeStamp } from '../../src/database/stamp.ts';
import { createInbox } from '../../src/queue/inbox.ts';
import { createQueue } from '../../src/queue/queue.ts';
import { openLog } from '../../src/base/log.ts';
import { createHttpServer } from '../../src/server/server.ts';
import { textOf } from '../support/card-text.ts';
import { freshDatabase } from '../support/database.ts';
import { app as keys, bot, messageOf, pressOf } from '../support/door.ts';

const log = openLog('silent');
const json = { 'content-type': 'application/json' };

/** A platform that gives out tokens and takes messages, and says who the bot is once it is asked to. */
async function openPlatform() {
  const sent: string[] = [];
  const asking: ServerResponse[] = [];
  let tells = false;
  const say = (response: ServerResponse, body: object) =>
    response.writeHead(200, json).end(JSON.stringify({ code: 0, ...body }));
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = request.url ?? '';
      if (url.includes('tenant_access_token'))
        return say(response, { tenant_access_token: 't', expire: 7200 });
      if (url.includes('/bot/v3/info')) {
        if (tells) return say(response, { bot: { open_id: bot } });
        return asking.push(response);
      }
      const { content } = JSON.parse(Buffer.concat(chunks).toString()) as { content: string };
      sent.push(content);
      return say(response, { data: { message_id: `om_out_${sent.length}` } });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: () => asking.length,
    sent: () => sent.map((content) => textOf({ card: JSON.parse(content) as never })),
    tells() {
      tells = true;
      for (const response of asking) say(response, { bot: { open_id: bot } });
    },
  };
}

/** A database in which these messages wait, as a process left them that is gone. */
async function leftBehind(events: ReturnType<typeof messageOf>[], botOpenId?: string) {
  const { db, url, close } = await freshDatabase();
  onTestFinished(close);
  await writeStamp(url, keys.id);
  await db.client.stamp.updateMany({ data: { botOpenId } });
  const queue = createQueue({ db, clock: systemClock, log });
  await queue.open();
  const inbox = createInbox({ db, queue, clock: systemClock, log });
  for (const event of events) {
    const { message_id: key, chat_id: group } = (event.event as Message).message;
    await inbox.put({ key, group, raw: Buffer.from(JSON.stringify(event)) });
  }
  await queue.stop();
  return { db, url };
}
interface Message {
  message: { message_id: string; chat_id: string };
}

/** The app on that database. It ends with the test. */
async function start({ db, url }: Awaited<ReturnType<typeof leftBehind>>, baseUrl: string) {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'xueban-identity-'));
  const app = createApp(
    {
      feishu: { appId: keys.id, appSecret: 's', ...keys, baseUrl },
      ...{ host: '127.0.0.1', port: 0, publicUrl: 'http://localhost', logLevel: 'silent' },
      ...{ databaseUrl: url, dataDir, corpusDir: undefined, timezone: 'Asia/Shanghai' },
      ...{ metricsToken: undefined, eventMode: 'webhook', llm: undefined, embedding: undefined },
      ...{ locale: 'zh-CN', admins: [] },
    },
    { db, databaseUrl: url, log, clock: systemClock },
  );
  const server = createHttpServer({ log, checks: app.checks, routers: app.routers });
  const port = await server.listen('127.0.0.1', 0);
  onTestFinished(async () => {
    await Promise.all([server.close(0), app.stop()]);
    rmSync(dataDir, { recursive: true, force: true });
  });
  await app.start(port);
  return {
    async send(event: object) {
      const body = encrypted(event, keys.encryptKey);
      const headers = signed(body, keys.encryptKey, new Date());
      const door = `http://127.0.0.1:${port}/webhook/event`;
      const answer = await fetch(door, { method: 'POST', body, headers: { ...headers, ...json } });
      return { status: answer.status, body: (await answer.json()) as { toast?: object } };
    },
    ready: async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).text(),
  };
}

const backlog = () => [
  messageOf('@_user_1 进度', { id: 'om_1' }),
  messageOf('@_user_1 绑定', { id: 'om_2' }),
];
const isUnbound = expect.stringContaining('还没有绑定支部') as string;

it('takes what waited at a restart for what it is, with the id that it knew before', async () => {
  const platform = await openPlatform();
  const left = await leftBehind(backlog(), bot);
  await start(left, platform.baseUrl);
  await expect.poll(platform.sent).toHaveLength(2);
  expect(platform.sent()[0]).toEqual(isUnbound);
  expect(await left.db.client.person.count({ where: { openId: bot } })).toBe(0);
});

it('lets messages wait until it knows who it is, and handles them rightly and in order then', async () => {
  const platform = await openPlatform();
  const left = await leftBehind(backlog());
  const app = await start(left, platform.baseUrl);
  expect((await app.send(messageOf('@_user_1 签到', { id: 'om_3' }))).status).toBe(200);
  // Presses do not need it, nor does what else the house does.
  const { body } = await app.send(pressOf({ action: 'no.such', value: {} }));
  expect(body.toast).toMatchObject({ type: 'warning' });
  await left.db.client.seenEvent.create({
    data: { key: 'old', seenAt: new Date(0), handledAt: new Date(0) },
  });
  const { db } = left;
  await db.sql(
    `insert into pgboss.job (name, data, policy) values ('work', '{"job":"house.clean","payload":{}}', 'short')`,
  );
  await expect.poll(() => db.client.seenEvent.count({ where: { key: 'old' } })).toBe(0);
  const waiting = () =>
    db.sql<{ key: string; tries: number }>(
      `select data->'payload'->>'key' as key, retry_count as tries from pgboss.job
       where name = 'inbox' and state = 'created' order by id`,
    );
  expect(await waiting()).toEqual(['om_1', 'om_2', 'om_3'].map((key) => ({ key, tries: 0 })));
  expect(await app.ready()).toContain('who the bot is');
  expect(platform.sent()).toEqual([]);
  platform.tells();
  await expect.poll(platform.sent).toHaveLength(3);
  expect(platform.sent()[0]).toEqual(isUnbound);
  expect(platform.sent()[1]).toContain('绑定');
  expect(await db.client.person.count({ where: { openId: bot } })).toBe(0);
  expect(await db.sql(`select from pgboss.job where name = 'dead-letter'`)).toEqual([]);
});
