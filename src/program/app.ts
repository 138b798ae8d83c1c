import path from 'node:path';
import type Router from '@koa/router';
import { apologyCard, apologyLine } from '../../cards/bot/apology.ts';
import { createTopics } from './topics.ts';
import type { Reader } from '../bot/talk.ts';
import type { Clock } from '../base/clock.ts';
import type { Config } from './config.ts';
import type { Db } from '../database/db.ts';
import { createAccounts } from '../feishu/accounts/accounts.ts';
import { createApiClient } from '../feishu/api/api-client.ts';
import { createMessenger } from '../feishu/messages/messenger.ts';
import { createStoredEventReader } from '../feishu/events/stored-event.ts';
import { createIdentity } from '../feishu/api/identity.ts';
import { createAnswerPress } from '../feishu/events/answer-press.ts';
import { createAcceptEvent } from '../feishu/events/accept-event.ts';
import { createLongConnection } from '../feishu/connection/long-connection.ts';
import { createWebhook } from '../feishu/connection/webhook.ts';
import { must } from '../base/errors.ts';
import type { PersonId } from '../base/ids.ts';
import { createIncomingHandler } from '../queue/incoming-handler.ts';
import { createInbox } from '../queue/inbox.ts';
import { createClockMoves } from '../queue/clock-moves.ts';
import { registerSystemJobs } from '../../jobs/queue/system-jobs.ts';
import { createOutbox, privateTo } from '../queue/outbox.ts';
import { createRateLimit } from '../queue/rate-limit.ts';
import { createQueue } from '../queue/queue.ts';
import { registerReceive } from '../../jobs/queue/receive.ts';
import { type Schedule, startSchedule } from '../queue/timetable.ts';
import { tellAdminsSoon } from '../../jobs/queue/tell-admins.ts';
import { createFileReading } from '../library/files/file-reading.ts';
import { createSheets } from '../library/sheets/service.ts';
import { createLocalMode } from './local-mode.ts';
import type { Log } from '../base/log.ts';
import { outside } from '../database/outside.ts';
import type { Check } from '../server/health.ts';

interface AppNeeds {
  db: Db;
  databaseUrl: string;
  log: Log;
  clock: Clock;
}
export interface App {
  /** The platform's door, and in local mode the simulator. */
  routers: Router[];
  /** What `/readyz` asks. */
  checks: Check[];
  /** Begins to work once the server listens on `port`. */
  start(port: number): Promise<void>;
  /** Resolves once local mode has something to show. */
  shown(): Promise<void>;
  stop(): Promise<void>;
}

/** The composition root: makes every part once and hands parts to each other. */
export function createApp(config: Config, { db, log, ...given }: AppNeeds): App {
  const local = config.feishu
    ? undefined
    : createLocalMode({ ...config, zone: config.timezone, log });
  const clock = local?.clock ?? given.clock;
  const feishu = must(config.feishu ?? local?.feishu);
  const { locale, timezone: zone } = config;
  const reader = (): Reader => ({ locale, zone, now: clock.now() });
  const admins = new Set<PersonId>();

  const api = outside(db, createApiClient(feishu, log));
  const accounts = createAccounts({ db, privateTo: privateTo(db) });
  const messenger = createMessenger({ api, accounts });
  const identity = createIdentity({ db, api, log });
  const onGivenUp = () => tellAdminsSoon(queue, clock);
  const queue = createQueue({ db, clock, log, onGivenUp });
  const outbox = createOutbox({ db, clock, log, queue });
  const rateLimit = createRateLimit({ db, clock });
  const corpusDir = config.corpusDir ?? local?.corpusDir;
  const reading = createFileReading();
  const sheets = createSheets();
  const topics = createTopics({
    ...{ db, clock, log, queue, outbox, messenger, locale, zone, reading, sheets, corpusDir },
    calendarFile: path.join(config.dataDir, 'calendar.json'),
    llm: config.llm,
    embedding: config.embedding,
    admins: () => admins,
  });
  const incomingHandler = createIncomingHandler({ db, bot: topics.bot, outbox });
  const inbox = createInbox({ db, queue, clock, log });
  const apology = () => apologyLine(reader());
  const answerPress = createAnswerPress({
    ...{ clock, log, accounts, apology },
    handle: incomingHandler.handle,
  });
  const accept = createAcceptEvent({
    ...{ log, answerPress, store: inbox.put },
    botId: identity.botId,
    isOurTenant: identity.isOurTenant,
  });
  const connection =
    config.eventMode === 'ws' ? createLongConnection({ platform: feishu, log, accept }) : undefined;
  const doors = connection ? [] : [createWebhook({ secrets: feishu, clock, accept })];

  const needs = { db, clock, log, queue, rateLimit, messenger, outbox, incomingHandler, reader };
  const { timetable, cleaning, roster } = topics;
  registerSystemJobs({ ...needs, roster, admins: () => admins, timetable, cleaning });
  registerReceive({
    ...needs,
    apology: apologyCard,
    read: createStoredEventReader({ accounts, clock, botId: identity.botId }),
  });

  const checks: Check[] = [
    { name: 'database', ready: () => db.sql('select 1').then(() => true as const) },
    { name: 'jobs', ready: () => Promise.resolve(queue.ready()) },
    {
      name: 'platform',
      ready: () =>
        Promise.resolve(identity.botId() ? true : 'the platform has not said who the bot is'),
    },
    ...(connection
      ? [{ name: 'connection', ready: () => Promise.resolve(connection.ready()) }]
      : []),
    {
      name: 'library',
      ready: () => Promise.resolve(topics.library.progress().isReady || 'the first import runs'),
      tells: () => importLine(topics.library.progress()),
    },
  ];
  const { entries } = timetable;
  let schedule: Schedule | undefined;
  let scene = Promise.resolve();

  return {
    routers: [...doors, ...(local ? [local.router] : [])],
    checks,
    async start(port) {
      const openIds = [...config.admins, ...(local?.admins ?? [])];
      await queue.open();
      await identity.recall();
      for (const id of await accounts.persons(openIds.map((openId) => ({ openId }))))
        admins.add(id);
      // Before the bot knows its own id it would take its own mention for that of a person.
      await queue.start(['inbox']);
      void identity.known.then(() => queue.release('inbox'));
      for (const { atStart, plan } of entries) if (atStart) await plan();
      topics.library.start();
      local?.follow(createClockMoves({ db, clock: local.clock, wake: queue.wake, entries }));
      if (local) scene = local.start(port, () => untilReady(checks));
      identity.start();
      connection?.start();
      schedule = startSchedule(entries, { zone, log });
    },
    shown: () => scene,
    async stop() {
      await connection?.stop();
      identity.stop();
      await schedule?.stop();
      await local?.stop();
      await topics.library.stop();
      await reading.close();
      await sheets.close();
      await queue.stop();
    },
  };
}

function importLine(progress: { running: boolean; done: number; total: number }) {
  return progress.running ? `import: ${progress.done} of ${progress.total}` : undefined;
}

async function untilReady(checks: Check[]) {
  const patience = 60_000;
  const began = performance.now();
  for (;;) {
    const answers = await Promise.all(checks.map(({ ready }) => ready().catch(() => 'no')));
    if (answers.every((each) => each === true) || performance.now() - began > patience) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
