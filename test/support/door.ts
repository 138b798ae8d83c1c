import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import { apologyCard } from '../../cards/bot/apology.ts';
import { TestClock } from 'pg-boss';
import type { Incoming, Reply } from '../../src/bot/talk.ts';
import type { PersonId } from '../../src/base/ids.ts';
import { createAccounts } from '../../src/feishu/accounts/accounts.ts';
import { createApiClient } from '../../src/feishu/api/api-client.ts';
import type { BotId } from '../../src/feishu/events/events.ts';
import { createStoredEventReader } from '../../src/feishu/events/stored-event.ts';
import { createIdentity } from '../../src/feishu/api/identity.ts';
import { createAcceptEvent } from '../../src/feishu/events/accept-event.ts';
import { createAnswerPress } from '../../src/feishu/events/answer-press.ts';
import { createWebhook } from '../../src/feishu/connection/webhook.ts';
import { createCleaning } from '../../jobs/night/clean.ts';
import type { Recipient } from '../../jobs/queue/deliver.ts';
import { createIncomingHandler } from '../../src/queue/incoming-handler.ts';
import { createInbox } from '../../src/queue/inbox.ts';
import { registerSystemJobs } from '../../jobs/queue/system-jobs.ts';
import { createRateLimit } from '../../src/queue/rate-limit.ts';
import { createQueue } from '../../src/queue/queue.ts';
import { registerReceive } from '../../jobs/queue/receive.ts';
import { createOutbox, privateTo } from '../../src/queue/outbox.ts';
import { createTimetable } from '../../src/queue/timetable.ts';
import { tellGoneJob } from '../../jobs/people/tell-gone.ts';
import { createRoster } from '../../src/people/roster/service.ts';
import { catchErrors, logRequests } from '../../src/server/request.ts';
import { openLog } from '../../src/base/log.ts';
import { encrypted, signed } from '../../simulator/seal.ts';
import { handClock } from './clock.ts';
import { freshDatabase } from './database.ts';
import { fakeMessenger } from './messenger.ts';

export const app = { id: 'cli_a', encryptKey: 'the encrypt key', verificationToken: 'the token' };
export const bot = 'ou_bot' as BotId;
const tenant = 'our_tenant';

interface HeaderPart {
  event_id?: string;
  token?: string;
  app_id?: string;
  tenant_key?: string;
}
let made = 0;

/** An event as the platform makes it, before it is sealed. */
export function eventOf(event_type: string, event: object, header: HeaderPart = {}) {
  const own = { event_id: `ev_${(made += 1)}`, event_type, create_time: '1772416800000' };
  const known = { token: app.verificationToken, app_id: app.id, tenant_key: tenant };
  return { schema: '2.0', header: { ...own, ...known, ...header }, event };
}

interface MessagePart {
  id?: string;
  chat?: string;
  kind?: 'p2p' | 'group';
  from?: string;
  sender?: object;
  mentions?: { key: string; id?: object; name?: string }[];
}

/** A text message to the bot, in a group that mentions it unless said otherwise. */
export function messageOf(text: string, part: MessagePart = {}, header: HeaderPart = {}) {
  const { id = `om_in_${(made += 1)}`, chat = 'oc_group', kind = 'group', from = 'ou_lin' } = part;
  const mention = { key: '@_user_1', id: { open_id: bot }, name: '学伴' };
  const { mentions = kind === 'group' ? [mention] : [] } = part;
  const message = { message_id: id, chat_id: chat, chat_type: kind, message_type: 'text' };
  const sender = { sender_id: { open_id: from }, sender_type: 'user', tenant_key: tenant };
  return eventOf(
    'im.message.receive_v1',
    {
      sender: { ...sender, ...part.sender },
      message: {
        ...message,
        create_time: '1772416800000',
        content: JSON.stringify({ text }),
        mentions,
      },
    },
    header,
  );
}

export function pressOf(value: unknown, header: HeaderPart = {}) {
  return eventOf(
    'card.action.trigger',
    {
      operator: { open_id: 'ou_lin', tenant_key: tenant },
      token: 'c-1',
      action: { value, tag: 'button' },
      context: { open_message_id: 'om_card', open_chat_id: 'oc_group' },
    },
    header,
  );
}

interface DoorOptions {
  at?: string;
  /** The handler behind the door. */
  handle?: (incoming: Incoming) => Promise<Reply>;
  slowest?: number;
  patience?: number;
}

/** The webhook with inbox, queue and outbox behind it, as the product has them; the handler is the test's. */
export async function openDoor(options: DoorOptions = {}) {
  const { db, url, close } = await freshDatabase();
  await db.client.stamp.create({ data: { app: app.id } });
  const clock = handClock(options.at ?? '2026-03-02T10:00:00+08:00');
  const lines: string[] = [];
  const log = openLog('debug', { write: (line) => void lines.push(line) });
  const queueClock = new TestClock(clock.now());
  const boss = { connectionString: url, max: 2, clock: queueClock };
  let givenUp = 0;
  const onGivenUp = () => Promise.resolve(void (givenUp += 1));
  const queue = createQueue({ db, clock, log, boss, onGivenUp });
  const outbox = createOutbox({ db, clock, log, queue });
  const accounts = createAccounts({ db, privateTo: privateTo(db) });
  const behind = { handle: options.handle ?? (() => Promise.resolve({})) };
  const incomingHandler = createIncomingHandler({
    ...{ db, outbox },
    bot: { look: (incoming) => Promise.resolve(() => behind.handle(incoming)) },
  });
  const inbox = createInbox({ db, queue, clock, log });
  // Nobody is asked here: who the bot is, the test says.
  const api = createApiClient(
    { appId: app.id, appSecret: 'secret', baseUrl: 'http://[::1]:1' },
    log,
  );
  const identity = createIdentity({ db, api, log });
  const knows: { bot?: BotId } = { bot };
  const apology = () => '没有处理成功';
  const { slowest, patience } = options;
  const messenger = fakeMessenger();
  const rateLimit = createRateLimit({ db, clock });
  const wait = (ms: number) => Promise.resolve(clock.pass(ms));
  const needs = { db, clock, log, queue, outbox, rateLimit, messenger, wait, incomingHandler };
  const gone: Recipient[] = [];
  queue.on(tellGoneJob, (recipient) => Promise.resolve(void gone.push(recipient)));
  const reader = () => ({ locale: 'zh-CN' as const, zone: 'Asia/Shanghai', now: clock.now() });
  const admins = new Set<PersonId>();
  const house = { cleaning: createCleaning(needs), timetable: createTimetable() };
  const roster = createRoster({ db, clock, admins: () => admins });
  registerSystemJobs({ ...needs, ...house, roster, reader, admins: () => admins });
  registerReceive({
    ...needs,
    reader,
    apology: apologyCard,
    read: createStoredEventReader({ accounts, clock, botId: () => knows.bot }),
  });
  const webhook = createWebhook({
    ...{ clock, slowest },
    secrets: { appId: app.id, ...app },
    accept: createAcceptEvent({
      ...{ log, store: inbox.put },
      answerPress: createAnswerPress({
        ...needs,
        accounts,
        handle: incomingHandler.handle,
        apology,
        patience,
      }),
      botId: () => knows.bot,
      isOurTenant: identity.isOurTenant,
    }),
  });
  const koa = new Koa();
  koa.use(logRequests(log)).use(catchErrors).use(webhook.routes());
  const server = createServer((req, res) => void koa.callback()(req, res));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await queue.open();

  /** Sends raw bytes; the answer's status and JSON. */
  function post(body: string | Buffer, headers: object = {}, path = '/webhook/event') {
    return new Promise<{ status: number; body: unknown }>((resolve, reject) => {
      const sent = request({ port, path, method: 'POST', headers: { ...headers } }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          resolve({ status: response.statusCode ?? 0, body: text ? JSON.parse(text) : undefined });
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }
  /** Seals it, signs it now by the hand-set clock, and sends it. */
  function send(event: object, { at = clock.now(), path = '/webhook/event' } = {}) {
    const body = encrypted(event, app.encryptKey);
    return post(body, signed(body, app.encryptKey, at), path);
  }
  return {
    ...{ db, url, clock, queueClock, queue, outbox, inbox, accounts, log, lines, knows, port },
    ...{ post, send, behind, messenger, incomingHandler, admins },
    givenUp: () => givenUp,
    /** Recipients that were said to be out of reach. */
    gone,
    /** Lets time go by and does what is due then. */
    async pass(ms: number) {
      clock.pass(ms);
      await queueClock.setTime(clock.now());
      await queue.drain();
    },
    /** Keys of the events that are stored and wait for their work. */
    async stored(): Promise<string[]> {
      const { rows } = await db.pool.query<{ key: string }>(
        `select data->'payload'->>'key' as key from pgboss.job where name = 'inbox' order by created_on, id`,
      );
      return rows.map(({ key }) => key);
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await queue.stop();
      await close();
    },
  };
}
export type Door = Awaited<ReturnType<typeof openDoor>>;
