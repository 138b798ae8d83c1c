import { Fault } from '../base/errors.ts';
import cron from 'node-cron';
import type { Log } from '../base/log.ts';

/** Something that begins at a set time, told in the zone of the bot's people. */
export interface TimetableEntry {
  name: string;
  /** As cron reads them: five fields, or six with seconds first. */
  when: string;
  /** Adds jobs under keys that name the moment, so that each is there once however many replicas add it. */
  plan(): Promise<unknown>;
  /** Planned as well when a process begins to work. */
  atStart?: boolean;
  /** When it next has something to do, unless a waiting job says so. May be in the past. */
  next?(): Promise<Date | undefined>;
}

/** The entries of all features, each added where the feature is registered. */
export interface Timetable {
  on(entry: TimetableEntry): void;
  readonly entries: readonly TimetableEntry[];
}

export function createTimetable(): Timetable {
  const entries: TimetableEntry[] = [];
  return { entries, on: (entry) => void entries.push(entry) };
}

/** Runs the entries of the timetable. One that fails is logged and tried again at its next time. */
export function startSchedule(
  entries: readonly TimetableEntry[],
  { zone, log }: { zone: string; log: Log },
) {
  for (const { name, when } of entries) check(name, when, zone);
  const tasks = entries.map(({ name, when, plan }) =>
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

/** node-cron accepts a zone that does not exist and then never runs, so it is checked here. */
function check(name: string, when: string, zone: string): void {
  new Intl.DateTimeFormat('en', { timeZone: zone });
  if (!cron.validate(when)) throw new Fault(`${name} has no time cron can read: ${when}`);
}
export type Schedule = ReturnType<typeof startSchedule>;
