import { reminders } from '../../cards/nudges.ts';
import type { KnownFeatures } from '../../cards/round-feature.ts';
import type { Reader } from '../bot/talk.ts';
import type { RoundId } from '../ids.ts';
import { remindOfEndJob } from '../nudges/jobs.ts';
import type { Nudges } from '../nudges/service.ts';
import { automaticNudges } from '../nudges/settings.ts';
import type { Roster } from '../roster/service.ts';
import type { Rounds } from '../rounds/service.ts';
import type { Settings } from '../settings/service.ts';
import type { WorkQueue } from './job.ts';
import type { Outbox } from './outbox.ts';

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
    const round = await rounds.find(id as RoundId);
    // An end that was moved has a reminder of its own.
    if (round.state !== 'open' || round.closesAt.getTime() !== closes) return;
    if (!(await settings.read(round.branch.id, automaticNudges))) return;
    const scope = roster.asHouse(round.branch, 'an end is near');
    const { now } = await nudges.nudge(scope, [round]);
    await outbox.put(reminders(reader(), kinds, now, [round]));
  });
}
