import dayjs from 'dayjs';
import timezone from 'dayjs/plugin/timezone.js';
import utc from 'dayjs/plugin/utc.js';
import type { SimulatorClock } from './clock.ts';
import type { ClockRequest } from './contract.ts';
import { Fault } from './fault.ts';
import { botId } from './sample.ts';
import type { World } from './world.ts';

dayjs.extend(utc);
dayjs.extend(timezone);

/** The app whose time moves with the simulator's clock. */
export interface Follower {
  /** When something next falls due after now; `shown`: something that people get to see. */
  nextDue(which?: 'shown'): Promise<Date | undefined>;
  /** Moves the clock, and what waits with it. */
  moveOn(milliseconds: number): Promise<void>;
  /** Does all that is due by now, and what that leads to. */
  catchUp(): Promise<void>;
}

interface Parts {
  world: World;
  clock: SimulatorClock;
  zone: string;
  /** Resolves once nothing is on its way between platform and app. */
  settled(): Promise<void>;
}

/** The furthest that the clock is moved to find something due, in milliseconds. */
export const farthest = 31 * 24 * 3600 * 1000;

/**
 * Moves the clock on, from one moment at which something is due to the next: each thing happens at its
 * own time and in its order, as if one had waited, and nothing is late.
 */
export function createClockMoves({ world, clock, zone, settled }: Parts) {
  let app: Follower | undefined;
  let moving = Promise.resolve();
  let spoken = 0;
  world.watch((change) => {
    if (change.kind !== 'message') return;
    if (change.message.sender === botId && change.message.version === 1) spoken += 1;
  });

  async function settleDown(follower: Follower): Promise<void> {
    // On a bad day an answer may never come: what is due then is tried again later.
    await settled().catch(() => undefined);
    await follower.catchUp();
    await settled().catch(() => undefined);
  }

  async function step(follower: Follower, to: Date): Promise<void> {
    const ms = Math.ceil(to.getTime() - clock.now().getTime());
    if (ms > 0) await follower.moveOn(ms);
    world.changed({ kind: 'time', offsetMs: offsetOf(clock) });
    await settleDown(follower);
  }

  async function goTo(follower: Follower, goal: Date): Promise<void> {
    for (let due = await follower.nextDue(); due && due < goal; due = await follower.nextDue())
      await step(follower, due);
    await step(follower, goal);
  }

  /** Goes on until the bot has said something by itself; stays where nothing is due. */
  async function goToNext(follower: Follower): Promise<void> {
    const [before, until] = [spoken, clock.now().getTime() + farthest];
    while (spoken === before) {
      const due = await follower.nextDue('shown');
      if (!due || due.getTime() > until) return;
      await goTo(follower, due);
    }
  }

  async function run(follower: Follower, asked: ClockRequest): Promise<void> {
    await settleDown(follower);
    if (asked.kind === 'next') return goToNext(follower);
    const now = clock.now();
    const goal = asked.kind === 'by' ? new Date(now.getTime() + asked.ms) : morningAfter(now, zone);
    return goTo(follower, goal);
  }

  return {
    /** The app whose time is the clock's; without one it cannot be moved. */
    follow: (follower: Follower): void => void (app = follower),
    get isMovable() {
      return app !== undefined;
    },
    /** Resolves once the clock is where it was asked to be and all that fell due is done. */
    move(asked: ClockRequest): Promise<void> {
      const follower = app;
      if (!follower) throw new Fault('这里的时钟不能拨动', 'The clock cannot be moved here');
      const moved = moving.then(() => run(follower, asked));
      moving = moved.catch(() => undefined);
      return moved;
    },
    /** Resolves once the clock is not being moved: nobody acts before that. */
    untilStill: (): Promise<void> => moving,
  };
}
export type ClockMoves = ReturnType<typeof createClockMoves>;

/** Milliseconds by which a clock is ahead of the true time. */
export const offsetOf = (clock: SimulatorClock): number => clock.now().getTime() - Date.now();

/** Eight o'clock of the next day. */
function morningAfter(now: Date, zone: string): Date {
  const day = dayjs(now).tz(zone).add(1, 'day').format('YYYY-MM-DD');
  return dayjs.tz(`${day} 08:00`, zone).toDate();
}
