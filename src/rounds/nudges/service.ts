import { randomUUID } from 'node:crypto';
import type { Clock } from '../../base/clock.ts';
import type { Db } from '../../database/db.ts';
import { Refusal } from '../../base/errors.ts';
import type { PersonId, RoundId } from '../../base/ids.ts';
import type { Queue } from '../../queue/job.ts';
import type { Quiet } from '../../people/quiet/service.ts';
import type { BranchScope } from '../../people/roster/types.ts';
import type { Rounds } from '../service.ts';
import type { Round, AwaitedPerson } from '../types.ts';
import { remindOfEndJob, sendHeldJob } from './jobs.ts';
import { createLimits } from './limits.ts';
import { remindsAt, sortByReach, type AwaitedRounds } from './rules.ts';
import type { Nudge, Nudged } from './types.ts';

interface NudgesNeeds {
  db: Db;
  clock: Clock;
  queue: Queue;
  rounds: Rounds;
  quiet: Quiet;
}

/** Reminding those a round still waits for: rarely, not at night, and never before others. */
export function createNudges({ db, clock, queue, rounds, quiet }: NudgesNeeds) {
  const limits = createLimits(db, clock);

  /** Keeps these for the end of their person's quiet hours, and asks to be woken then. */
  async function hold(held: (AwaitedPerson & { until: Date })[]) {
    if (held.length === 0) return;
    await db.sql(
      `insert into held_reminder (round_id, person_id, until)
       select * from unnest($1::int[], $2::int[], $3::timestamptz[])
       on conflict (round_id, person_id) do update set until = excluded.until`,
      held.map(({ round }) => round),
      held.map(({ person }) => person),
      held.map(({ until }) => until.toISOString()),
    );
    for (const time of new Set(held.map(({ until }) => until.getTime())))
      await queue.add(
        sendHeldJob,
        { until: time },
        { at: new Date(time), key: `nudge.held:${time}` },
      );
  }

  async function decide(waits: AwaitedPerson[]): Promise<Nudge> {
    const untils = await quiet.untils([...new Set(waits.map(({ person }) => person))]);
    const { open, held, unreached } = sortByReach(waits, untils);
    const now = await limits.claim(open);
    await hold(held);
    await rounds.notices.add(now.flat());
    return {
      id: randomUUID(),
      now: now.map(toNudged),
      lately: open.length - now.length,
      held: new Set(held.map(({ person }) => person)).size,
      unreached,
    };
  }

  return {
    /**
     * Decides whom to remind of these rounds and writes that down, so that whoever asks next, here or in
     * another process, finds it decided. The caller sends, in the same transaction. Refuses a round that
     * is over.
     */
    nudge: (scope: BranchScope, asked: readonly Round[]): Promise<Nudge> =>
      db.atomic(async () => {
        for (const { state, number, branch } of asked) {
          scope.require(branch.id);
          if (state === 'recalled') throw new Refusal('ROUND_RECALLED', { number });
          if (state === 'closed') throw new Refusal('ROUND_CLOSED', { number });
        }
        return decide(await rounds.audience.peopleAwaited(asked.map(({ id }) => id)));
      }),

    /** A reminder's moment matters for hours, the last one of a round while that is open. */
    async forget(before: Date): Promise<void> {
      await db.client.reminder.deleteMany({ where: { at: { lt: before } } });
      const over = { round: { closesAt: { lt: before } } };
      await db.client.lastReminder.deleteMany({ where: over });
    },

    /** Plans the one reminder that comes by itself before this end; none where its moment has passed. */
    async planFor({ id, openedAt, closesAt }: Round): Promise<void> {
      const at = remindsAt({ openedAt, closesAt });
      if (!at || at <= clock.now()) return;
      const closes = closesAt.getTime();
      const key = `nudge.automatic:${id}:${closes}`;
      await queue.add(remindOfEndJob, { round: id, closes }, { at, key });
    },

    /**
     * Those whose quiet hours ended by then and who are still waited for. Who answered meanwhile, and what
     * is closed, is dropped; whose quiet hours were moved is held again.
     */
    released: (until: Date): Promise<Nudged[]> =>
      db.atomic(async () => {
        // The queue goes by the database's clock, which may be ahead of ours.
        const latest = new Date(Math.max(until.getTime(), clock.now().getTime()));
        const due = await db.sql<{ round: RoundId; person: PersonId }>(
          `delete from held_reminder where until <= $1 returning round_id as round, person_id as person`,
          latest,
        );
        if (due.length === 0) return [];
        const isDue = new Set(due.map(({ round, person }) => `${round}:${person}`));
        const waits = await rounds.audience.peopleAwaited([
          ...new Set(due.map(({ round }) => round)),
        ]);
        const { now } = await decide(waits.filter((w) => isDue.has(`${w.round}:${w.person}`)));
        return now;
      }),
  };
}
export type Nudges = ReturnType<typeof createNudges>;

const toNudged = (waits: AwaitedRounds): Nudged => ({
  person: waits[0].person,
  rounds: waits.map(({ round }) => round),
});
