import { TestClock } from 'pg-boss';
import { apologyCard } from '../../cards/bot/apology.ts';
import type { Locale } from '../../src/bot/talk.ts';
import type { Db } from '../../src/database/db.ts';
import type { PersonId } from '../../src/base/ids.ts';
import { createAccounts } from '../../src/feishu/accounts/accounts.ts';
import type { BotId } from '../../src/feishu/events/events.ts';
import { createStoredEventReader } from '../../src/feishu/events/stored-event.ts';
import { createIncomingHandler } from '../../src/queue/incoming-handler.ts';
import { registerSystemJobs } from '../../jobs/queue/system-jobs.ts';
import { createOutbox, privateTo } from '../../src/queue/outbox.ts';
import { createRateLimit } from '../../src/queue/rate-limit.ts';
import { createQueue } from '../../src/queue/queue.ts';
import { registerReceive } from '../../jobs/queue/receive.ts';
import { tellAdminsSoon } from '../../jobs/queue/tell-admins.ts';
import { openLog } from '../../src/base/log.ts';
import type { Endpoint } from '../../src/answers/model/post.ts';
import { outside } from '../../src/database/outside.ts';
import { createTopics, type Feature } from '../../src/program/topics.ts';
import type { HandClock } from './clock.ts';
import type { FakeMessenger } from './messenger.ts';
import { reading, sheets } from './threads.ts';

/** Who the bot is to the platform, for events that wait in the inbox. */
const botId = 'ou_bot' as BotId;

interface AppNeeds {
  db: Db;
  url: string;
  clock: HandClock;
  messenger: FakeMessenger;
  admins: ReadonlySet<PersonId>;
  locale: Locale;
  /** A model that writes answers. */
  llm?: Endpoint;
  /** What the product does not have. */
  features?: readonly Feature[];
  /** It works by itself, as a process of the product does. */
  works?: boolean;
}

/** The bot, its topics, the queue and the outbox as the product has them; only the platform is pretended. */
export async function startApp(given: AppNeeds) {
  const { db, url, clock, admins, locale, llm, features, works } = given;
  const messenger = outside(db, given.messenger);
  const log = openLog('silent');
  const queueClock = new TestClock(clock.now());
  const boss = works ? undefined : { connectionString: url, max: 2, clock: queueClock };
  const onGivenUp = () => tellAdminsSoon(queue, clock);
  const queue = createQueue({ db, clock, log, boss, onGivenUp });
  const outbox = createOutbox({ db, clock, log, queue });
  const rateLimit = createRateLimit({ db, clock });
  const wait = (ms: number) => {
    clock.pass(ms);
    return Promise.resolve();
  };
  const zone = 'Asia/Shanghai';
  const needs = { db, clock, log, queue, outbox, rateLimit, messenger, admins: () => admins };
  const topics = createTopics({ ...needs, locale, zone, reading, sheets, llm }, features);
  const reader = () => ({ locale, zone, now: clock.now() });
  const { timetable, cleaning, roster } = topics;
  registerSystemJobs({ ...needs, roster, reader, wait, timetable, cleaning });
  const incomingHandler = createIncomingHandler({ db, bot: topics.bot, outbox });
  const read = createStoredEventReader({
    accounts: createAccounts({ db, privateTo: privateTo(db) }),
    clock,
    botId: () => botId,
  });
  registerReceive({ ...needs, incomingHandler, reader, read, apology: apologyCard });
  await queue.open();
  if (works) await queue.start();
  const { entries } = timetable;
  const tick = async () => {
    for (const { plan, atStart } of entries) if (atStart) await plan();
  };
  return {
    bot: topics.bot,
    hand: incomingHandler.handle,
    /** What comes by itself, without doing the jobs that follow. */
    tick,
    /** What happens every night. */
    clean: cleaning.run,
    outbox,
    /** Lets two seconds go by: in the first all that is due is done, in the second what it led to. */
    async settle() {
      for (let second = 1; second <= 2; second += 1) {
        clock.pass(1_000);
        await queueClock.setTime(clock.now());
        await tick();
        await queue.drain();
      }
    },
    async stop() {
      await queue.stop();
      await topics.library.stop();
    },
  };
}
