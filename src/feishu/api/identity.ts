import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from '../../database/db.ts';
import type { Log } from '../../base/log.ts';
import { askBotId } from '../messages/messenger.ts';
import type { ApiClient } from './api-client.ts';
import type { BotId } from '../events/events.ts';

const pauses = [500, 1_000, 2_000, 5_000, 15_000, 60_000];

/** Who the bot is and whose tenant it serves; both are kept in the stamp of the database. */
export function createIdentity({ db, api, log }: { db: Db; api: ApiClient; log: Log }) {
  let bot: BotId | undefined;
  let knows = (_: BotId) => {};
  const known = new Promise<BotId>((resolve) => (knows = resolve));
  let tenant: string | undefined;
  const stop = new AbortController();

  async function recall() {
    const stamp = await db.client.stamp.findUnique({ where: { id: 1 } });
    tenant ??= stamp?.tenant ?? undefined;
    if (bot === undefined && stamp?.botOpenId) isKnown(stamp.botOpenId);
  }

  function isKnown(id: string) {
    bot = id as BotId;
    knows(bot);
  }

  async function learnBot() {
    for (let i = 0; !stop.signal.aborted; i += 1) {
      try {
        const botOpenId = await askBotId(api);
        isKnown(botOpenId);
        await db.client.stamp.updateMany({ data: { botOpenId } });
        return;
      } catch (err) {
        log.warn({ err }, 'the platform does not tell who the bot is');
        const ms = pauses[Math.min(i, pauses.length - 1)];
        await sleep(ms, undefined, { signal: stop.signal }).catch(() => {});
      }
    }
  }

  return {
    botId: () => bot,
    /** Resolves once the bot's own id is known; never, as long as the platform does not say it. */
    known,
    /** Our tenant is that of the first genuine event; whatever comes from another one is refused. */
    async isOurTenant(key: string): Promise<boolean> {
      if (tenant === undefined) {
        await db.client.stamp.updateMany({ where: { tenant: null }, data: { tenant: key } });
        await recall();
      }
      return key === tenant;
    },
    /** Knows what is stored from before. */
    recall,
    /** Asks the platform until it answers. */
    start: () => void learnBot(),
    stop: () => stop.abort(),
  };
}
