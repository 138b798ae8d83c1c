import type { Clock, MovableClock } from '../base/clock.ts';
import type { Db } from '../database/db.ts';
import type { Lane } from './job.ts';
import { keepsOrder, laneNames } from './lanes.ts';
import type { Line } from './timetable.ts';

/** The advisory lock of the clock: shared while a moment is told, alone while the clock is moved. */
const clockLock = 7_204_503_118;
/** For what is due; on a bad day of the platform an answer may never come. */
const patience = 30_000;
const pause = 15;
/** Nobody sees that these ran. */
const unseen = ['group.sync-all', 'library.expire'];

/**
 * Runs `work`, which tells the queue a moment, in a transaction during which the clock is not moved. Only
 * local mode has a clock that moves; any other pays nothing.
 */
export function holdingClock(db: Db, clock: Clock, work: () => Promise<unknown>): Promise<unknown> {
  if (clock.lead === undefined) return work();
  return db.atomic(async () => {
    await db.sql(`select pg_advisory_xact_lock_shared($1)::text`, clockLock);
    return work();
  });
}

interface LeapNeeds {
  db: Db;
  clock: MovableClock;
  /** Has a lane look for work. */
  wake(lane: Lane, newJobs: number): void;
  /** The timetable: all that comes by itself. */
  lines: readonly Line[];
}

/** Local mode's moves of the clock, as the queue and the timetable follow them. */
export function createLeap({ db, clock, wake, lines }: LeapNeeds) {
  const ahead = (slot: Date | undefined) => (slot && slot > clock.now() ? slot : undefined);

  /** When the timetable next has something to do that no job waits for, passed moments too. */
  async function nextSlot(): Promise<Date | undefined> {
    let first: Date | undefined;
    for (const { next } of lines) first = earlier(first, await next?.());
    return first;
  }

  async function nextJob(seen?: 'seen'): Promise<Date | undefined> {
    const [row] = await db.sql<{ at: Date | null }>(
      `select min(start_after) as at from pgboss.job where name = any($1::text[])
         and state in ('created', 'retry') and start_after > now() and data->>'job' <> all($2::text[])`,
      laneNames,
      seen ? unseen : [],
    );
    return row?.at ? new Date(row.at.getTime() + clock.lead) : undefined;
  }

  /** What stands behind a job that waits for its next try is not due before that. */
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

  async function isSlotDue(): Promise<boolean> {
    const slot = await nextSlot();
    return slot !== undefined && slot <= clock.now();
  }

  return {
    async nextDue(seen?: 'seen'): Promise<Date | undefined> {
      return earlier(await nextJob(seen), ahead(await nextSlot()));
    },

    leap: (milliseconds: number): Promise<void> =>
      db.atomic(async () => {
        await db.sql(`select pg_advisory_xact_lock($1)::text`, clockLock);
        await db.sql(
          `update pgboss.job set start_after = start_after - $1::float8 * interval '1 millisecond'
           where name = any($2::text[]) and state in ('created', 'retry') and start_after > now()`,
          milliseconds,
          laneNames,
        );
        clock.leap(milliseconds);
      }),

    /** Twice, since the second time notes what became of what was sent the first time. */
    async catchUp(): Promise<void> {
      const until = performance.now() + patience;
      for (
        let round = 1;
        round <= 2 || ((await isSlotDue()) && performance.now() < until);
        round += 1
      ) {
        for (const { plan } of lines) await plan();
        await untilIdle(until);
      }
    },
  };
}
export type Leap = ReturnType<typeof createLeap>;

/** The earlier of two moments, where there is one. */
export const earlier = (one: Date | undefined, other: Date | undefined): Date | undefined =>
  one && other ? (one < other ? one : other) : (one ?? other);
