import type { Clock } from '../base/clock.ts';
import type { RoundId } from '../base/ids.ts';
import type { Queue } from '../queue/job.ts';
import { closeRoundJob, refreshRoundJob, renewRoundJob } from './jobs.ts';
import { cardDue } from './rules.ts';
import type { Round } from './types.ts';

/** The card follows the answers, but not more often than this. */
const refreshEvery = 1_000;

/** What somebody plans for a round whenever it gets an end, in the transaction that sets it. */
export type PlanForEnd = (round: Round) => Promise<void>;

/** What a round asks the queue for: to be closed at its end, and to have its card follow. */
export function createScheduling(queue: Queue, clock: Clock) {
  const plans: PlanForEnd[] = [];
  const group = (round: RoundId) => `round:${round}`;
  const closeAt = (round: RoundId, at: Date) =>
    queue.add(closeRoundJob, { round }, { at, key: `round.close:${round}:${at.getTime()}` });

  /** A round that outlives its card gets a new one in time. */
  async function renewInTime({ id, card, openedAt, closesAt }: Round) {
    const at = cardDue(openedAt, card + 1);
    if (at >= closesAt) return;
    const key = `round.renew:${id}:${card + 1}`;
    await queue.add(renewRoundJob, { round: id, card: card + 1 }, { at, key, group: group(id) });
  }

  return {
    closeAt,
    renewInTime,

    /** Has something planned for every round that gets an end, at its opening and when the end is moved. */
    whenEndIsSet: (plan: PlanForEnd) => void plans.push(plan),

    /** Plans all that depends on the end that this round has now. */
    async planForEnd(round: Round) {
      await closeAt(round.id, round.closesAt);
      await renewInTime(round);
      for (const plan of plans) await plan(round);
    },

    refreshNow: (round: RoundId) => queue.add(refreshRoundJob, { round }, { group: group(round) }),

    /**
     * One refresh for all that happens within a second. It runs at that second's end, so that no
     * answer is told by a job that had read the count already.
     */
    refreshSoon(round: RoundId) {
      const slot = Math.floor(clock.now().getTime() / refreshEvery) + 1;
      const at = new Date(slot * refreshEvery);
      const key = `round.refresh:${round}:${slot}`;
      return queue.add(refreshRoundJob, { round }, { at, key, group: group(round) });
    },
  };
}
export type Scheduling = ReturnType<typeof createScheduling>;
