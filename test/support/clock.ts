import type { Clock } from '../../src/base/clock.ts';

/** A clock that stands until it is set. */
export interface HandClock extends Clock {
  set(at: string | Date): void;
  pass(ms: number): void;
}

export function handClock(at: string | Date): HandClock {
  let now = new Date(at);
  return {
    now: () => now,
    set: (next) => void (now = new Date(next)),
    pass: (ms) => void (now = new Date(now.getTime() + ms)),
  };
}
