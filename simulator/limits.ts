import type { SimulatorClock } from './clock.ts';
import { PlatformFault } from './platform-fault.ts';

const second = 1000;
const minute = 60 * second;

/** Counts what was let through, in windows that slide. */
export function createLimits(clock: SimulatorClock) {
  const passed = new Map<string, number[]>();

  /** Milliseconds until one more would pass; 0 when it may pass now. */
  function wait(key: string, most: number, window: number): number {
    const now = clock.now().getTime();
    const recent = (passed.get(key) ?? []).filter((at) => at > now - minute);
    passed.set(key, recent);
    const inWindow = recent.filter((at) => at > now - window);
    const oldest = inWindow[inWindow.length - most];
    return oldest === undefined ? 0 : oldest + window - now;
  }
  const count = (key: string) => passed.get(key)?.push(clock.now().getTime());

  return {
    /** 50 a second and 1000 a minute of one kind of call; over it HTTP 429 says how long to wait. */
    call(name: string): void {
      const key = `call:${name}`;
      const left = Math.max(wait(key, 50, second), wait(key, 1000, minute));
      if (left > 0) throw tooManyCalls(left);
      count(key);
    },
    /** 10 changes a second of one card that lies at the platform. */
    ten(card: string): void {
      const key = `card:${card}`;
      const left = wait(key, 10, second);
      if (left > 0) throw tooManyCalls(left);
      count(key);
    },
    /** 5 a second to one chat or person, or changing one message. */
    five(what: 'chat' | 'message', id: string): void {
      const key = `${what}:${id}`;
      if (wait(key, 5, second) > 0)
        throw new PlatformFault(230020, 'This operation triggers the frequency limit.');
      count(key);
    },
  };
}
export type Limits = ReturnType<typeof createLimits>;

function tooManyCalls(left: number): PlatformFault {
  return new PlatformFault(99991400, 'request trigger frequency limit', 429, {
    'x-ogw-ratelimit-limit': '1000',
    'x-ogw-ratelimit-reset': String(Math.ceil(left / second)),
  });
}
