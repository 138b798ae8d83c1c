import { z } from 'zod';
import { fromZone, inZone, localDay, type Clock } from '../../src/base/clock.ts';
import type { Roster } from '../../src/people/roster/service.ts';
import { defineJob, type WorkQueue } from '../../src/queue/job.ts';
import type { Timetable } from '../../src/queue/timetable.ts';
import { syncSoon } from '../people/sync-members.ts';

export interface SyncAllMembersNeeds {
  clock: Clock;
  roster: Roster;
  queue: WorkQueue;
  timetable: Timetable;
  zone: string;
}

export const syncAllMembersJob = defineJob({ name: 'group.sync-all', payload: z.object({}) });

/** Every night, every bound group: the job plans its next night itself, and the timetable makes sure of it. */
export function registerSyncAllMembers(needs: SyncAllMembersNeeds) {
  const { queue, roster, timetable } = needs;
  queue.on(syncAllMembersJob, async () => {
    await planNight(needs);
    for (const chat of await roster.boundGroups()) await syncSoon(queue, chat);
  });
  const plan = () => planNight(needs);
  timetable.on({ name: 'night', when: '17 * * * *', atStart: true, plan });
}

/** Plans the next nightly reading of all groups; calling it again changes nothing. */
async function planNight({ queue, clock, zone }: SyncAllMembersNeeds) {
  const now = clock.now();
  const day = localDay(now, zone, inZone(now, zone).hour() < 3 ? 0 : 1);
  const at = fromZone(`${day} 03:00`, zone);
  await queue.add(syncAllMembersJob, {}, { at, key: `group.sync-all:${day}` });
}
