import { checkinFace } from '../cards/checkin.ts';
import { refusalCard, refusalLine } from '../cards/refusal.ts';
import { registerCheckin } from '../handlers/checkin.ts';
import { registerHelp } from '../handlers/help.ts';
import { registerRoster } from '../handlers/roster.ts';
import { registerRounds } from '../handlers/rounds.ts';
import { registerSmallTalk } from '../handlers/small-talk.ts';
import { createBot } from './bot/bot.ts';
import type { Messenger } from './bot/messenger.ts';
import type { Locale, Reader } from './bot/talk.ts';
import { checkinKind, createCheckins } from './checkin/service.ts';
import type { Clock } from './clock.ts';
import type { Db } from './db.ts';
import type { PersonId } from './ids.ts';
import { createBindGroup } from './jobs/bind-group.ts';
import { createCloseRound } from './jobs/close-round.ts';
import type { Outbox } from './jobs/outbox.ts';
import type { RunningQueue } from './jobs/queue.ts';
import { createRefreshRound } from './jobs/refresh-round.ts';
import { createRenewRound } from './jobs/renew-round.ts';
import { createSyncAllMembers, createSyncMembers, planNight } from './jobs/sync-members.ts';
import type { Log } from './log.ts';
import { createRoster } from './roster/service.ts';
import { createRounds } from './rounds/service.ts';

interface TopicsNeeds {
  db: Db;
  clock: Clock;
  log: Log;
  queue: RunningQueue;
  outbox: Outbox;
  messenger: Messenger;
  admins: () => ReadonlySet<PersonId>;
  locale: Locale;
  zone: string;
}

/** Everything the bot can do, whatever the platform: one `register…` a topic, and the topics' jobs. */
export function createTopics(needs: TopicsNeeds) {
  const { db, clock, log, queue, admins, locale, zone } = needs;
  const reader = (): Reader => ({ locale, zone, now: clock.now() });
  const roster = createRoster({ db, clock, admins });
  const rounds = createRounds({ db, clock, queue, roster, kinds: [checkinKind], zone });
  const checkins = createCheckins({ rounds, roster });
  const faces = { checkin: checkinFace };

  const bot = createBot({
    clock,
    locale,
    zone,
    log,
    refusal: (to, refused) => ({
      said: { card: refusalCard(to, refused) },
      toast: refusalLine(to, refused),
    }),
  });
  registerHelp(bot, { roster });
  registerSmallTalk(bot);
  registerRoster(bot, { roster, rounds, queue });
  registerRounds(bot, { rounds, roster, faces });
  registerCheckin(bot, checkins, rounds);

  const parts = { ...needs, roster, rounds, faces, reader };
  queue.register(createBindGroup(parts));
  queue.register(createSyncMembers(parts));
  queue.register(createSyncAllMembers(parts));
  queue.register(createCloseRound(parts));
  queue.register(createRefreshRound(parts));
  queue.register(createRenewRound(parts));

  return {
    bot,
    roster,
    rounds,
    /** Plans what comes by itself, once the queue is open. */
    plan: () => planNight(parts),
  };
}
