import type { Clock } from '../base/clock.ts';
import type { Db } from '../database/db.ts';
import type { RoundId } from '../base/ids.ts';
import type { Finding } from './finding.ts';
import type { Scheduling } from './scheduling.ts';
import type { Round } from './types.ts';

interface ClosingNeeds {
  db: Db;
  clock: Clock;
  finding: Finding;
  scheduling: Scheduling;
}

/** What the clock does with a round: it closes it, and renews its card. */
export function createClosing({ db, clock, finding, scheduling }: ClosingNeeds) {
  /** True if this call ended the round: of two at the same time only one does. */
  async function end(round: RoundId): Promise<boolean> {
    const ended = await db.sql(
      `update round set closed_at = closes_at where id = $2 and closed_at is null
         and recalled_at is null and closes_at <= $1 returning id`,
      clock.now(),
      round,
    );
    return ended.length > 0;
  }

  return {
    /**
     * Ends a round whose time has come; undefined when there is nothing to end (any more). Woken too
     * early, by a clock ahead of ours or because the end was moved, it asks to be woken again.
     */
    closeDue: (round: RoundId): Promise<Round | undefined> =>
      db.atomic(async () => {
        const isEnded = await end(round);
        const found = await finding.find(round);
        if (isEnded) await scheduling.refreshNow(round);
        else if (found.state === 'open') await scheduling.closeAt(round, found.closesAt);
        return isEnded ? found : undefined;
      }),

    /**
     * Looks after a round whose card grows too old: undefined unless it is open and this card, by its
     * number, is the one that takes the place of the last.
     */
    renewCard: (id: RoundId, card: number): Promise<Round | undefined> =>
      db.atomic(async () => {
        const round = await finding.find(id);
        if (round.state !== 'open') return undefined;
        await scheduling.renewInTime(round);
        return round.card === card ? round : undefined;
      }),
  };
}
