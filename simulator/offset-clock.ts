import { existsSync, readFileSync } from 'node:fs';
import type { SimulatorClock } from './clock.ts';
import { replaceFile } from './storage.ts';

/** The true time plus an offset that only grows. */
export interface OffsetClock extends SimulatorClock {
  /** Milliseconds ahead of the true time. */
  readonly offsetMs: number;
  /** Jumps ahead; alarms that fall due on the way ring now. */
  moveOn(milliseconds: number): void;
  /** When an alarm next rings. */
  nextAlarm(): Date | undefined;
}
interface Alarm {
  at: number;
  act: () => void;
  timer: NodeJS.Timeout;
}

/** Keeps its offset in `file`, so that after a restart it is as far ahead as before. */
export function offsetClock(file: string, warn: (text: string) => void): OffsetClock {
  let offsetMs = offsetIn(file, warn);
  const alarms = new Set<Alarm>();
  const now = () => Date.now() + offsetMs;
  const inOrder = () => [...alarms].sort((one, other) => one.at - other.at);

  function ring(alarm: Alarm) {
    clearTimeout(alarm.timer);
    if (alarms.delete(alarm)) alarm.act();
  }
  function after(milliseconds: number, act: () => void) {
    const timer = setTimeout(() => ring(alarm), milliseconds).unref();
    const alarm: Alarm = { at: now() + milliseconds, act, timer };
    alarms.add(alarm);
    return () => {
      clearTimeout(alarm.timer);
      alarms.delete(alarm);
    };
  }

  return {
    now: () => new Date(now()),
    after,
    get offsetMs() {
      return offsetMs;
    },
    moveOn(milliseconds) {
      replaceFile(file, JSON.stringify({ lead: offsetMs + milliseconds }));
      offsetMs += milliseconds;
      for (const alarm of inOrder()) {
        clearTimeout(alarm.timer);
        if (alarm.at <= now()) ring(alarm);
        else alarm.timer = setTimeout(() => ring(alarm), alarm.at - now()).unref();
      }
    },
    nextAlarm: () => inOrder().map(({ at }) => new Date(at))[0],
  };
}

function offsetIn(file: string, warn: (text: string) => void): number {
  if (!existsSync(file)) return 0;
  try {
    const { lead } = JSON.parse(readFileSync(file, 'utf8')) as { lead?: unknown };
    if (typeof lead === 'number' && lead >= 0) return lead;
  } catch {
    // Reported below, like anything else that is no offset.
  }
  warn(`${file} does not say how far the clock is ahead: it shows the true time`);
  return 0;
}
