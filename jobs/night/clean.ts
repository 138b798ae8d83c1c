import { Fault } from '../../src/base/errors.ts';
import { z } from 'zod';
import type { Clock } from '../../src/base/clock.ts';
import type { Db } from '../../src/database/db.ts';
import type { Log } from '../../src/base/log.ts';
import { defineJob, type WorkQueue } from '../../src/queue/job.ts';

/** The moment so many days ago. */
export type Before = (days: number) => Date;

/** What is deleted every night. Each feature adds its own when it is registered. */
export interface Cleaning {
  /** `forget` deletes by a condition, so that it can run twice. */
  on(forget: (before: Before) => Promise<unknown>): void;
  /** Runs all; one that fails does not stop the others. */
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
  // Each deletion commits by itself, and may take long when the bot was off for some time.
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
