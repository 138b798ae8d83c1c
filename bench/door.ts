import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import Koa from 'koa';
import { encrypted, signed } from '../simulator/seal.ts';
import type { Messenger } from '../src/bot/messenger.ts';
import type { Incoming, Reply } from '../src/bot/talk.ts';
import { systemClock as clock } from '../src/base/clock.ts';
import { openDatabase } from '../src/database/open.ts';
import { createAccounts } from '../src/feishu/accounts/accounts.ts';
import { createStoredEventReader } from '../src/feishu/events/stored-event.ts';
import type { BotId } from '../src/feishu/events/events.ts';
import { readBody } from '../src/feishu/connection/body.ts';
import { createAcceptEvent } from '../src/feishu/events/accept-event.ts';
import { createAnswerPress } from '../src/feishu/events/answer-press.ts';
import { verify } from '../src/feishu/connection/verify.ts';
import { createWebhook } from '../src/feishu/connection/webhook.ts';
import type { PersonId } from '../src/base/ids.ts';
import { registerDelivery } from '../jobs/queue/deliver.ts';
import { createIncomingHandler } from '../src/queue/incoming-handler.ts';
import { createInbox } from '../src/queue/inbox.ts';
import { createOutbox, privateTo } from '../src/queue/outbox.ts';
import { createRateLimit } from '../src/queue/rate-limit.ts';
import { createQueue } from '../src/queue/queue.ts';
import { registerReceive } from '../jobs/queue/receive.ts';
import { registerUpdateMessage } from '../jobs/queue/update-message.ts';
import { createFileReading } from '../src/library/files/file-reading.ts';
import { openLog } from '../src/base/log.ts';
import { createSheets } from '../src/library/sheets/service.ts';
import { createHttpServer } from '../src/server/server.ts';
import { createTopics } from '../src/program/topics.ts';

/** `bare`: Koa that only verifies and decrypts. `store`: the webhook. `whole`: with workers behind it. */
export type Role = 'bare' | 'store' | 'whole';
const app = { id: 'cli_bench', secret: 's', encryptKey: 'key', verificationToken: 'token' };
const secrets = { appId: app.id, ...app };
const bot = 'ou_bot' as BotId;
const log = openLog('silent');
const [locale, zone] = ['zh-CN', 'Asia/Shanghai'] as const;
const nobody: ReadonlySet<PersonId> = new Set();

export function temporaryFolder() {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'xueban-bench-'));
  chmodSync(dir, 0o755);
  return dir;
}

export async function serveBare(): Promise<number> {
  const koa = new Koa();
  koa.use(async (ctx) => {
    const verdict = verify(await readBody(ctx.req), ctx.req.headers, secrets, clock.now());
    ctx.status = verdict.is === 'event' ? 200 : 401;
    ctx.body = {};
  });
  const handle = koa.callback();
  const server = createServer((request, response) => void handle(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

interface Behind {
  dataDir: string;
  works: boolean;
  handle?: (incoming: Incoming) => Promise<Reply>;
  messenger?: Messenger;
  /** With it the whole bot stands behind the door, and these are the documents it knows. */
  corpusDir?: string;
}

/** Everything from the wire to the stored job and, if it works, to a handler and what it says. */
export async function serveWebhook({ dataDir, works, messenger, ...behind }: Behind) {
  const onLost = (error: Error) => {
    throw error;
  };
  const { db, close } = await openDatabase({ url: undefined, dataDir, appId: app.id, log, onLost });
  const queue = createQueue({ db, clock, log });
  const outbox = createOutbox({ db, clock, log, queue });
  const accounts = createAccounts({ db, privateTo: privateTo(db) });
  const { corpusDir } = behind;
  const house = { db, clock, log, queue, outbox, corpusDir, locale, zone, admins: () => nobody };
  const reading = createFileReading();
  const sheets = createSheets();
  const topics =
    corpusDir && messenger ? createTopics({ ...house, messenger, reading, sheets }) : undefined;
  const handle = behind.handle ?? (() => Promise.resolve({}));
  const plain = { look: (incoming: Incoming) => Promise.resolve(() => handle(incoming)) };
  const incomingHandler = createIncomingHandler({ db, outbox, bot: topics?.bot ?? plain });
  const rateLimit = createRateLimit({ db, clock });
  if (messenger) {
    const sending = { db, clock, log, queue, outbox, rateLimit, messenger };
    registerDelivery({ ...sending, markGone: async () => {} });
    registerUpdateMessage(sending);
  }
  registerReceive({
    ...{ db, clock, log, queue, incomingHandler, outbox },
    reader: () => ({ locale, zone, now: clock.now() }),
    apology: () => ({ schema: '2.0', config: {}, body: { elements: [] } }),
    read: createStoredEventReader({ accounts, clock, botId: () => bot }),
  });
  await queue.open();
  if (works) await queue.start();
  const answerPress = createAnswerPress({
    ...{ clock, log, accounts, handle: incomingHandler.handle },
    apology: () => 'sorry',
  });
  const webhook = createWebhook({
    ...{ secrets, clock },
    accept: createAcceptEvent({
      ...{ log, answerPress },
      store: createInbox({ db, queue, clock, log }).put,
      botId: () => bot,
      isOurTenant: () => Promise.resolve(true),
    }),
  });
  const server = createHttpServer({ log, checks: [], routers: [webhook] });
  const port = await server.listen('127.0.0.1', 0);
  async function stop() {
    await server.close(1_000);
    await topics?.library.stop();
    await reading.close();
    await sheets.close();
    await queue.stop();
    await close();
  }
  return { db, queue, outbox, port, library: topics?.library, stop };
}

let made = 0;
function sealed(event_type: string, event: object) {
  const header = { event_id: `ev_${process.pid}_${made}`, event_type, app_id: app.id };
  const proof = { token: app.verificationToken, tenant_key: 'tenant' };
  const body = encrypted({ schema: '2.0', header: { ...header, ...proof }, event }, app.encryptKey);
  return { body, headers: signed(body, app.encryptKey, new Date()) };
}

/** A message in one of a thousand groups, as the platform brings it. */
export function sealedMessage() {
  const number = (made += 1);
  const mention = { key: '@_user_1', id: { open_id: bot }, name: '学伴' };
  const sender = { sender_id: { open_id: `ou_${number % 5000}` }, sender_type: 'user' };
  const message = {
    ...{ message_id: `om_${process.pid}_${number}`, chat_id: `oc_${number % 1000}` },
    ...{ chat_type: 'group', message_type: 'text', create_time: String(Date.now()) },
    ...{ content: JSON.stringify({ text: '@_user_1 我们支部这周学什么' }), mentions: [mention] },
  };
  return sealed('im.message.receive_v1', { sender, message });
}

/** A question that one of five thousand people asks in private. */
export function sealedQuestion(question: string) {
  const number = (made += 1);
  const sender = { sender_id: { open_id: `ou_${number % 5000}` }, sender_type: 'user' };
  const message = {
    ...{ message_id: `om_${process.pid}_${number}`, chat_id: `oc_p_${number % 5000}` },
    ...{ chat_type: 'p2p', message_type: 'text', create_time: String(Date.now()) },
    content: JSON.stringify({ text: question }),
  };
  return sealed('im.message.receive_v1', { sender, message });
}

/** A press on a card by one of five thousand people. */
export function sealedPress() {
  const number = (made += 1);
  const operator = { open_id: `ou_${number % 5000}`, tenant_key: 'tenant' };
  const context = { open_message_id: 'om_card', open_chat_id: `oc_${number % 1000}` };
  const action = { value: { action: 'a.b', value: { number } }, tag: 'button' };
  return sealed('card.action.trigger', { operator, action, context, token: 'c-1' });
}

/** One such server in a process of its own. */
export async function startServer(role: Role) {
  const dataDir = temporaryFolder();
  const server = fork(new URL('./serve.ts', import.meta.url), [role, dataDir], {
    execArgv: ['--import', 'tsx'],
  });
  const [port] = (await once(server, 'message')) as [number];
  return {
    port,
    async stop() {
      const gone = once(server, 'exit');
      server.kill('SIGTERM');
      await gone;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
