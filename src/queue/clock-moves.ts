import type { Clock, MovableClock } from '../base/clock.ts';
import type { Db } from '../database/db.ts';
import type { Lane } from './job.ts';
import { keepsOrder, laneNames } from './lanes.ts';
import type { TimetableEntry } from './timetable.ts';

/** The advisory lock of the clock: shared by those that store a moment, exclusive while the clock is moved. */
const clockLock = 7_204_503_118;
/** Milliseconds for what is due; on a bad day of the platform an answer may never come. */
const patience = 30_000;
const pause = 15;
/** These runs are not shown to people. */
const notShown = ['group.sync-all', 'library.expire'];

/**
 * Runs `work`, which stores a moment in the queue, in a transaction during which the clock is not moved. Only
 * local mode's clock can be moved; with any other there is neither lock nor transaction.
 */
export function withClockHeld(
  db: Db,
  clock: Clock,
  work: () => Promise<unknown>,
): Promise<unknown> {
  if (clock.offsetMs === undefined) return work();
  return db.atomic(async () => {
    await db.sql(`select pg_advisory_xact_lock_shared($1)::text`, clockLock);
    return work();
  });
}

type Which = 'all' | 'shown';

interface ClockMovesNeeds {
  db: Db;
  clock: MovableClock;
  /** Makes a lane look for work. */
  wake(lane: Lane, newJobs: number): void;
  /** The timetable: all that begins at a set time. */
  entries: readonly TimetableEntry[];
}

/** Moves local mode's clock, and with it the queue and the timetable. */
export function createClockMoves({ db, clock, wake, entries }: ClockMovesNeeds) {
  const ifAhead = (moment: Date | undefined) =>
    moment && moment > clock.now() ? moment : undefined;

  /** When the timetable next has something to do for which no job is waiting. May be in the past. */
  async function nextTimetableMoment(): Promise<Date | undefined> {
    let first: Date | undefined;
    for (const { next } of entries) first = earlier(first, await next?.());
    return first;
  }

  async function nextJobMoment(which: Which): Promise<Date | undefined> {
    const [row] = await db.sql<{ at: Date | null }>(
      `select min(start_after) as at from pgboss.job where name = any($1::text[])
         and state in ('created', 'retry') and start_after > now() and data->>'job' <> all($2::text[])`,
      laneNames,
      which === 'shown' ? notShown : [],
    );
    return row?.at ? new Date(row.at.getTime() + clock.offsetMs) : undefined;
  }

  /** Whether a job is running or due. One that is queued behind a job which waits for its next try is not due. */
  async function isBusy(): Promise<boolean> {
    const [row] = await db.sql<{ busy: boolean }>(
      `select exists (
         select from pgboss.job j where name = any($1::text[]) and (state = 'active'
           or (state in ('created', 'retry') and start_after <= now() and not (name = any($2::text[])
             and exists (select from pgboss.job b where b.name = j.name and b.state = 'retry'
               and b.singleton_key = j.singleton_key and b.start_after > now()))))) as busy`,
      laneNames,
      laneNames.filter(keepsOrder),
    );
    return row?.busy ?? false;
  }

  async function untilIdle(until: number): Promise<void> {
    for (const lane of laneNames) wake(lane, 1);
    while ((await isBusy()) && performance.now() < until)
      await new Promise((resolve) => setTimeout(resolve, pause));
  }

  async function isTimetableDue(): Promise<boolean> {
    const moment = await nextTimetableMoment();
    return moment !== undefined && moment <= clock.now();
  }

  return {
    /** When something next falls due after now; `shown`: something that people get to see. */
    async nextDue(which: Which = 'all'): Promise<Date | undefined> {
      return earlier(await nextJobMoment(which), ifAhead(await nextTimetableMoment()));
    },

    /** Moves the clock on, and by as much what waits in the queue. */
    moveOn: (milliseconds: number): Promise<void> =>
      db.atomic(async () => {
        await db.sql(`select pg_advisory_xact_lock($1)::text`, clockLock);
        await db.sql(
          `update pgboss.job set start_after = start_after - $1::float8 * interval '1 millisecond'
           where name = any($2::text[]) and state in ('created', 'retry') and start_after > now()`,
          milliseconds,
          laneNames,
        );
        clock.moveOn(milliseconds);
      }),

    /** Does all that is due. Twice, since the second time notes what became of what was sent the first time. */
    async catchUp(): Promise<void> {
      const until = performance.now() + patience;
      for (
        let round = 1;
        round <= 2 || ((await isTimetableDue()) && performance.now() < until);
        round += 1
      ) {
        for (const { plan } of entries) await plan();
        await untilIdle(until);
      }
    },
  };
}
export type ClockMoves = ReturnType<typeof createClockMoves>;

/** The earlier of two moments, where there is one. */
export const earlier = (one: Date | undefined, other: Date | undefined): Date | undefined =>
  one && other ? (one < other ? one : other) : (one ?? other);
