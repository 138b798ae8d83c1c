import { reminders } from '../../cards/rounds/nudges.ts';
import type { KnownFeatures } from '../../cards/rounds/round-feature.ts';
import type { Reader } from '../../src/bot/talk.ts';
import { remindOfEndJob } from '../../src/rounds/nudges/jobs.ts';
import type { Nudges } from '../../src/rounds/nudges/service.ts';
import { automaticNudges } from '../../src/rounds/nudges/settings.ts';
import type { Roster } from '../../src/people/roster/service.ts';
import type { Rounds } from '../../src/rounds/service.ts';
import type { Settings } from '../../src/people/settings/service.ts';
import type { WorkQueue } from '../../src/queue/job.ts';
import type { Outbox } from '../../src/queue/outbox.ts';

export interface RemindOfEndNeeds {
  queue: WorkQueue;
  nudges: Nudges;
  rounds: Rounds;
  roster: Roster;
  settings: Settings;
  outbox: Outbox;
  kinds: KnownFeatures;
  reader: () => Reader;
}

/** Reminds once before a round's end, within the limits of every reminder, unless the branch switched that off. */
export function registerRemindOfEnd(needs: RemindOfEndNeeds) {
  const { queue, nudges, rounds, roster, settings, outbox, kinds, reader } = needs;

  rounds.whenEndIsSet(async (round) => {
    if (!kinds.of(round.kind).kind.remindsItself) await nudges.planFor(round);
  });

  queue.on(remindOfEndJob, async ({ round: id, closes }) => {
    const round = await rounds.find(id);
    // An end that was moved has a reminder of its own.
    if (round.state !== 'open' || round.closesAt.getTime() !== closes) return;
    if (!(await settings.read(round.branch.id, automaticNudges))) return;
    const scope = roster.asHouse(round.branch, 'an end is near');
    const { now } = await nudges.nudge(scope, [round]);
    await outbox.put(reminders(reader(), kinds, now, [round]));
  });
}
