import { z } from 'zod';
import type { Messenger } from '../../src/bot/messenger.ts';
import { fromZone, inZone, type Clock } from '../../src/base/clock.ts';
import type { Db } from '../../src/database/db.ts';
import { ChatId } from '../../src/base/ids.ts';
import type { Log } from '../../src/base/log.ts';
import type { Roster } from '../../src/people/roster/service.ts';
import type { Rounds } from '../../src/rounds/service.ts';
import { defineJob, type Queue, type WorkQueue } from '../../src/queue/job.ts';
import { readGroup } from './read-group.ts';
import type { Timetable } from '../../src/queue/timetable.ts';

export interface SyncMembersNeeds extends SyncAllNeeds {
  db: Db;
  rounds: Rounds;
  messenger: Messenger;
  log: Log;
}

export const syncMembersJob = defineJob({
  name: 'group.sync',
  lane: 'groups',
  outside: true,
  payload: z.object({ chat: ChatId }),
});
export const syncAllMembersJob = defineJob({ name: 'group.sync-all', payload: z.object({}) });

/** Brings one group's members in step with the platform, whose events are hints that may go missing. */
function registerSyncGroup({ queue, clock, roster, rounds, messenger, log }: SyncMembersNeeds) {
  queue.on(syncMembersJob, async (asked, { finish }) => {
    const chat = asked.chat;
    const seen = await readGroup(messenger, clock, chat).catch((error: unknown) => {
      log.warn({ err: error, chat }, 'the members of a group could not be read');
    });
    if (!seen) return; // the next night asks again
    await finish(async () => {
      const branch = await roster.replaceMembers(chat, seen);
      if (branch) await rounds.audience.keepInStep(branch.id);
    });
  });
}

interface SyncAllNeeds {
  clock: Clock;
  roster: Roster;
  queue: WorkQueue;
  timetable: Timetable;
  zone: string;
}

/** Has one group read soon. */
export const syncSoon = (queue: Queue, chat: ChatId) =>
  queue.add(syncMembersJob, { chat }, { key: `group.sync:${chat}`, group: `group:${chat}` });

/** Every night, every bound group: the work asks to be woken the next night itself, and the timetable sees to it. */
export function registerSyncMembers(needs: SyncMembersNeeds) {
  const { queue, roster, timetable } = needs;
  registerSyncGroup(needs);
  queue.on(syncAllMembersJob, async () => {
    await planNight(needs);
    for (const chat of await roster.boundGroups()) await syncSoon(queue, chat);
  });
  const plan = () => planNight(needs);
  timetable.on({ name: 'night', when: '17 * * * *', atStart: true, plan });
}

/** Plans the coming night's round through all groups, once however often and by whom it is asked. */
async function planNight({ queue, clock, zone }: SyncAllNeeds) {
  const today = inZone(clock.now(), zone);
  const day = (today.hour() < 3 ? today : today.add(1, 'day')).format('YYYY-MM-DD');
  const at = fromZone(`${day} 03:00`, zone);
  await queue.add(syncAllMembersJob, {}, { at, key: `group.sync-all:${day}` });
}
