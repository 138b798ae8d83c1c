/** The simulator's time, with alarms: repeats, limits and ages all hang on it. */
export interface SimulatorClock {
  now(): Date;
  /** Runs `act` once so many milliseconds have passed, unless it is called off. */
  after(milliseconds: number, act: () => void): () => void;
}

export const systemClock: SimulatorClock = {
  now: () => new Date(),
  after(milliseconds, act) {
    const timer = setTimeout(act, milliseconds);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** A clock that stands until it is moved; what falls due on the way runs in its order. */
export interface MovableClock extends SimulatorClock {
  pass(milliseconds: number): void;
}

export function movableClock(start: string | Date = new Date()): MovableClock {
  let now = new Date(start).getTime();
  let alarms: { at: number; act: () => void }[] = [];
  const nextDue = (until: number) =>
    alarms.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
  return {
    now: () => new Date(now),
    after(milliseconds, act) {
      const alarm = { at: now + milliseconds, act };
      alarms.push(alarm);
      return () => void (alarms = alarms.filter((other) => other !== alarm));
    },
    pass(milliseconds) {
      const until = now + milliseconds;
      for (let due = nextDue(until); due; due = nextDue(until)) {
        alarms = alarms.filter((other) => other !== due);
        now = due.at;
        due.act();
      }
      now = until;
    },
  };
}
