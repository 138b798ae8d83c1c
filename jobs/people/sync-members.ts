import { z } from 'zod';
import type { Messenger } from '../../src/bot/messenger.ts';
import type { Clock } from '../../src/base/clock.ts';
import { ChatId } from '../../src/base/ids.ts';
import type { Log } from '../../src/base/log.ts';
import type { Roster } from '../../src/people/roster/service.ts';
import type { Rounds } from '../../src/rounds/service.ts';
import { defineJob, type Queue, type WorkQueue } from '../../src/queue/job.ts';
import { readGroup } from './read-group.ts';

export interface SyncMembersNeeds {
  clock: Clock;
  queue: WorkQueue;
  roster: Roster;
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

/** Brings one group's members in step with the platform, whose events are hints that may go missing. */
export function registerSyncMembers({
  queue,
  clock,
  roster,
  rounds,
  messenger,
  log,
}: SyncMembersNeeds) {
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

/** Has one group read soon. */
export const syncSoon = (queue: Queue, chat: ChatId) =>
  queue.add(syncMembersJob, { chat }, { key: `group.sync:${chat}`, group: `group:${chat}` });
