import { TestClock } from 'pg-boss';
import { apologyCard } from '../../cards/apology.ts';
import type { Locale } from '../../src/bot/talk.ts';
import type { Db } from '../../src/db.ts';
import type { PersonId } from '../../src/ids.ts';
import { createAccounts } from '../../src/feishu/accounts.ts';
import type { BotId } from '../../src/feishu/events.ts';
import { createHearing } from '../../src/feishu/hearing.ts';
import { registerClean } from '../../src/jobs/clean.ts';
import { registerDelivery } from '../../src/jobs/deliver.ts';
import { createEntrance } from '../../src/jobs/entrance.ts';
import { createOutbox } from '../../src/jobs/outbox.ts';
import { createPace } from '../../src/jobs/pace.ts';
import { createQueue } from '../../src/jobs/queue.ts';
import { registerReceive } from '../../src/jobs/receive.ts';
import { registerTellAdmins } from '../../src/jobs/tell-admins.ts';
import { tellGone } from '../../src/jobs/tell-gone.ts';
import { registerRecallMessage, registerUpdateMessage } from '../../src/jobs/update-message.ts';
import { openLog } from '../../src/log.ts';
import type { Endpoint } from '../../src/model/post.ts';
import { outside } from '../../src/outside.ts';
import { createTopics, type Feature } from '../../src/topics.ts';
import type { HandClock } from './clock.ts';
import type { FakeMessenger } from './messenger.ts';
import { reading } from './reading.ts';

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
}

/** The bot, its topics, the queue and the outbox as the product has them; only the platform is pretended. */
export async function startApp(given: AppNeeds) {
  const { db, url, clock, admins, locale, llm, features } = given;
  const messenger = outside(db, given.messenger);
  const log = openLog('silent');
  const queueClock = new TestClock(clock.now());
  const boss = { connectionString: url, max: 2, clock: queueClock };
  const queue = createQueue({ db, clock, log, boss });
  const outbox = createOutbox({ db, clock, queue });
  const pace = createPace({ db, clock });
  const wait = (ms: number) => {
    clock.pass(ms);
    return Promise.resolve();
  };
  const zone = 'Asia/Shanghai';
  const needs = { db, clock, log, queue, outbox, pace, messenger, admins: () => admins };
  registerDelivery({ ...needs, wait, onGone: tellGone(queue) });
  registerUpdateMessage({ ...needs, wait });
  registerRecallMessage({ ...needs, wait });
  const topics = createTopics({ ...needs, locale, zone, reading, llm }, features);
  const entrance = createEntrance({ db, bot: topics.bot, outbox });
  const reader = () => ({ locale, zone, now: clock.now() });
  const read = createHearing({ accounts: createAccounts({ db }), clock, botId: () => botId });
  registerReceive({ ...needs, entrance, reader, read, apology: apologyCard });
  registerClean(needs);
  registerTellAdmins({ ...needs, reader, deadLetters: queue.deadLetters });
  await queue.open();
  const { lines } = topics.timetable;
  const tick = async () => {
    for (const { plan } of lines) await plan();
  };
  return {
    bot: topics.bot,
    hand: entrance.handle,
    /** What comes by itself, without doing the jobs that follow. */
    tick,
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
