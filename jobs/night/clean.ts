import { Fault } from '../../src/base/errors.ts';
import { z } from 'zod';
import type { Clock } from '../../src/base/clock.ts';
import type { Db } from '../../src/database/db.ts';
import type { Log } from '../../src/base/log.ts';
import { defineJob, type WorkQueue } from '../../src/queue/job.ts';

/** The moment so many days ago. */
export type Before = (days: number) => Date;

/** What is forgotten every night, written in where a feature is registered. */
export interface Cleaning {
  /** What is over is deleted by a condition, so that it may be deleted again. */
  on(forget: (before: Before) => Promise<unknown>): void;
  /** What cannot be forgotten now holds up nothing else. */
  run(): Promise<void>;
}
const day = 86_400_000;

export function createCleaning({ clock, log }: { clock: Clock; log: Log }): Cleaning {
  const all: ((before: Before) => Promise<unknown>)[] = [];
  return {
    on: (forget) => void all.push(forget),
    async run() {
      const before: Before = (days) => new Date(clock.now().getTime() - days * day);
      let failed = 0;
      for (const forget of all) {
        await forget(before).catch((err: unknown) => {
          failed += 1;
          log.warn({ err }, 'something could not be forgotten');
        });
      }
      if (failed > 0) throw new Fault(`${failed} of ${all.length} things could not be forgotten`);
    },
  };
}

export const cleanJob = defineJob({
  name: 'house.clean',
  // Each deletion stands for itself, and takes its time after a long pause.
  outside: true,
  payload: z.object({}),
});

export const registerClean = ({ queue, cleaning }: { queue: WorkQueue; cleaning: Cleaning }) =>
  queue.on(cleanJob, () => cleaning.run());

/** A repeated event is recognised for seven days; one that still waits is not forgotten: it would count as handled. */
export const forgetEvents = (db: Db) => (before: Before) =>
  db.client.seenEvent.deleteMany({
    where: { seenAt: { lt: before(7) }, handledAt: { not: null } },
  });
