import { z } from 'zod';
import type { Messenger } from '../bot/messenger.ts';
import { fromZone, inZone, type Clock } from '../clock.ts';
import type { Db } from '../db.ts';
import type { ChatId } from '../ids.ts';
import type { Log } from '../log.ts';
import type { Roster } from '../roster/service.ts';
import type { Rounds } from '../rounds/service.ts';
import { defineJob, type Queue } from './job.ts';
import { readGroup } from './read-group.ts';

interface SyncMembersNeeds {
  db: Db;
  clock: Clock;
  roster: Roster;
  rounds: Rounds;
  messenger: Messenger;
  log: Log;
}

/** Brings one group's members in step with the platform, whose events are hints that may go missing. */
export const createSyncMembers = (needs: SyncMembersNeeds) =>
  defineJob({
    name: 'group.sync',
    lane: 'slow',
    payload: z.object({ chat: z.int() }),
    async run(asked) {
      const { db, clock, roster, rounds, messenger, log } = needs;
      const chat = asked.chat as ChatId;
      const seen = await readGroup(messenger, clock, chat).catch((error: unknown) => {
        log.warn({ err: error, chat }, 'the members of a group could not be read');
      });
      if (!seen) return; // the next night asks again
      await db.atomic(async () => {
        const branch = await roster.replaceMembers(chat, seen);
        if (branch) await rounds.keepInStep(branch.id);
      });
    },
  });

interface SyncAllNeeds {
  clock: Clock;
  roster: Roster;
  queue: Queue;
  zone: string;
}

/** Every night, every bound group. It asks to be woken the next night itself; see `planNight`. */
export const createSyncAllMembers = (needs: SyncAllNeeds) =>
  defineJob({
    name: 'group.sync-all',
    payload: z.object({}),
    async run() {
      const { roster, queue } = needs;
      await planNight(needs);
      for (const chat of await roster.boundGroups())
        await queue.add(
          'group.sync',
          { chat },
          { key: `group.sync:${chat}`, group: `group:${chat}` },
        );
    },
  });

/** Plans the coming night's round through all groups, once however often and by whom it is asked. */
export async function planNight({ queue, clock, zone }: Omit<SyncAllNeeds, 'roster'>) {
  const today = inZone(clock.now(), zone);
  const day = (today.hour() < 3 ? today : today.add(1, 'day')).format('YYYY-MM-DD');
  const at = fromZone(`${day} 03:00`, zone);
  await queue.add('group.sync-all', {}, { at, key: `group.sync-all:${day}` });
}
