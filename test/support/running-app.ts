import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { SimulatorClock } from '../../simulator/clock.ts';
import type { Message } from '../../simulator/contract.ts';
import { botId, sampleAdmin } from '../../simulator/sample.ts';
import type { AppKeys } from '../../simulator/seal.ts';
import { createSimulator, type Simulator } from '../../simulator/simulator.ts';
import { plainPart } from '../../simulator/view.ts';
import { createApp } from '../../src/program/app.ts';
import type { Card } from '../../src/bot/talk.ts';
import type { Config } from '../../src/program/config.ts';
import { writeStamp } from '../../src/database/stamp.ts';
import type { Platform } from '../../src/feishu/api/api-client.ts';
import { openLog } from '../../src/base/log.ts';
import { createHttpServer } from '../../src/server/server.ts';
import { textOf } from './card-text.ts';
import { freshDatabase } from './database.ts';

/** The true time, a given while behind: letting go of the lag makes something due without waiting for it. */
export interface LaggingClock extends SimulatorClock {
  lag: number;
}

export const newKeys = (): AppKeys => ({
  // The SDK keeps tokens per app for the whole process: each app is one of its own.
  id: `cli_${randomBytes(8).toString('hex')}`,
  secret: 'the app secret',
  encryptKey: 'the encrypt key',
  verificationToken: 'the token',
});

interface RunningOptions {
  /** A folder of documents that belong to all. */
  corpusDir?: string;
  /** Milliseconds that the app's and the platform's clock are behind at first. */
  lag?: number;
  /** Which door the events come through. */
  eventMode?: 'webhook' | 'ws';
  /** Milliseconds after which the platform repeats an event at the latest; else 15 s, 5 min and more. */
  repeatWithin?: number;
  /** Milliseconds after which a call of the platform that says nothing is given up. */
  patience?: number;
  /** A model that writes answers. */
  llm?: Config['llm'];
  /** A model that compares meanings. */
  embedding?: Config['embedding'];
}

/** The whole app and the simulator, joined over HTTP by the real SDK and the real event door. */
export async function runningApp({
  corpusDir,
  lag = 0,
  eventMode = 'webhook',
  patience,
  llm,
  embedding,
  repeatWithin = Infinity,
}: RunningOptions = {}) {
  const { db, url: databaseUrl, close } = await freshDatabase();
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'xueban-app-'));
  const clock: LaggingClock = {
    lag,
    now: () => new Date(Date.now() - clock.lag),
    after(ms, act) {
      const timer = setTimeout(act, Math.min(ms, repeatWithin));
      return () => clearTimeout(timer);
    },
  };
  const keys = newKeys();
  const sim = createSimulator({ app: keys, clock });
  const { domain } = await sim.listen();
  const { id: appId, secret: appSecret, ...secrets } = keys;
  await writeStamp(databaseUrl, appId);
  const lines: string[] = [];
  const log = openLog('debug', { write: (line) => void lines.push(line) });
  const platform: Platform = { appId, appSecret, baseUrl: domain, patience };
  const app = createApp(
    {
      feishu: { ...platform, ...secrets },
      ...{ host: '127.0.0.1', port: 0, publicUrl: 'http://localhost', logLevel: 'debug' },
      ...{ databaseUrl, dataDir, corpusDir, timezone: 'Asia/Shanghai', locale: 'zh-CN' },
      ...{ metricsToken: undefined, eventMode, llm, embedding },
      admins: [sampleAdmin],
    },
    { db, databaseUrl, log, clock },
  );
  const server = createHttpServer({ log, checks: app.checks, routers: app.routers });
  const port = await server.listen('127.0.0.1', 0);
  const url = `http://127.0.0.1:${port}`;
  if (eventMode === 'webhook') sim.aim(`${url}/webhook/event`);
  await app.start(port);
  await untilReady(url);
  return {
    ...{ sim, url, db, keys, clock, lines },
    /** The API of the simulator's page. */
    pageApi: domain.replace(/feishu$/, 'api'),
    async stop() {
      await Promise.all([server.close(5_000), app.stop()]);
      await sim.close();
      await close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
export type RunningApp = Awaited<ReturnType<typeof runningApp>>;

/** Asks `/readyz` until it says yes. */
export async function untilReady(url: string, patience = 60_000): Promise<void> {
  const until = performance.now() + patience;
  for (;;) {
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.status === 200) return;
    if (performance.now() > until) throw new Error(`not ready: ${await answer?.text()}`);
    await pause(20);
  }
}

/** What the bot wrote in a chat and did not take back, as it stands now, the oldest first. */
export const fromBot = (sim: Simulator, chat: string): Message[] =>
  sim.messagesOf(chat).filter(({ sender, recalled }) => sender === botId && !recalled);

/** A message as it is read, buttons in brackets. */
export function read({ content }: Message): string {
  if (content.kind === 'card') return textOf({ card: content.card as Card });
  if (content.kind === 'text') return content.parts.map(plainPart).join('');
  return JSON.stringify(content);
}

/** Waits for the bot's message in this chat that has all of this in it. */
export function reads(sim: Simulator, chat: string, ...texts: string[]): Promise<Message> {
  const has = (message: Message) => texts.every((text) => read(message).includes(text));
  return sim
    .waitFor(() => fromBot(sim, chat).find(has))
    .catch(() => {
      const all = fromBot(sim, chat).map(read).join('\n---\n');
      throw new Error(`no message with ${texts.join(' and ')} in:\n${all}`);
    });
}
