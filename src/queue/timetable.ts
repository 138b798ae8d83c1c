import { Fault } from '../base/errors.ts';
import cron from 'node-cron';
import type { Log } from '../base/log.ts';

/** What comes by itself: all times are in the zone of the bot's people. */
export interface Line {
  name: string;
  /** As cron reads them: five fields, or six with seconds first. */
  when: string;
  /** Adds jobs under keys of their slot: however many replicas do it, each is there once. */
  plan(): Promise<unknown>;
  /** Planned as well when a process begins to work. */
  atStart?: boolean;
  /** When it next has something to do, where it is not told by a job that waits. Passed moments too. */
  next?(): Promise<Date | undefined>;
}

/** The lines of all features, each written in where the feature is registered. */
export interface Timetable {
  on(line: Line): void;
  readonly lines: readonly Line[];
}

export function createTimetable(): Timetable {
  const lines: Line[] = [];
  return { lines, on: (line) => void lines.push(line) };
}

/** Runs the lines of the timetable. A line that fails is logged and tried again at its next time. */
export function startSchedule(lines: readonly Line[], { zone, log }: { zone: string; log: Log }) {
  for (const { name, when } of lines) check(name, when, zone);
  const tasks = lines.map(({ name, when, plan }) =>
    cron.schedule(
      when,
      () =>
        plan().catch((err: unknown) =>
          log.error({ err, line: name }, 'a line of the timetable failed'),
        ),
      { timezone: zone, name },
    ),
  );
  return {
    async stop() {
      for (const task of tasks) await task.destroy();
    },
  };
}

/** node-cron takes a zone that there is not and then never runs: that must not go unseen. */
function check(name: string, when: string, zone: string): void {
  new Intl.DateTimeFormat('en', { timeZone: zone });
  if (!cron.validate(when)) throw new Fault(`${name} has no time cron can read: ${when}`);
}
export type Schedule = ReturnType<typeof startSchedule>;
