import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Db } from '../db.ts';
import { defineJob, type WorkQueue } from './job.ts';
import type { Pace } from './pace.ts';

const day = 86_400_000;
// Seven days in which a repeated event is recognised; a message can be changed for fourteen days and is
// worth looking up for a while longer.
const [eventDays, messageDays] = [7, 90];
const [feedbackDays, shownDays, vainDays] = [90, 14, 14];

/** A reminder's moment matters for hours, the last one of a round and who had one while that is open. */
async function forgetReminders(db: Db, before: Date) {
  await db.client.reminder.deleteMany({ where: { at: { lt: before } } });
  const ended = { where: { round: { closesAt: { lt: before } } } };
  await db.client.lastReminder.deleteMany(ended);
  await db.client.roundNotice.deleteMany(ended);
}

/** What was said of answers, the words of answers nobody marked, and questions that nobody was told. */
async function forgetFeedback(db: Db, before: (days: number) => Date) {
  await db.client.feedback.deleteMany({ where: { markedAt: { lt: before(feedbackDays) } } });
  await db.client.shownAnswer.deleteMany({ where: { shownAt: { lt: before(shownDays) } } });
  await db.client.askedInVain.deleteMany({ where: { day: { lt: before(vainDays) } } });
  await db.client.weekNote.deleteMany({ where: { week: { lt: before(feedbackDays) } } });
}

interface CleanNeeds {
  db: Db;
  clock: Clock;
  pace: Pace;
}
export const cleanJob = defineJob({
  name: 'house.clean',
  // Each deletion stands for itself, and takes its time after a long pause.
  outside: true,
  payload: z.object({}),
});

/** Forgets ids of events, settled messages, old reminders, old feedback and old moments of the pace. */
export const createClean =
  ({ db, clock, pace }: CleanNeeds) =>
  async (): Promise<void> => {
    const before = (days: number) => new Date(clock.now().getTime() - days * day);
    // An event that still waits after a long outage is not forgotten: it would count as handled.
    await db.client.seenEvent.deleteMany({
      where: { seenAt: { lt: before(eventDays) }, handledAt: { not: null } },
    });
    await db.client.outgoing.deleteMany({
      where: { createdAt: { lt: before(messageDays) }, state: { not: 'waiting' } },
    });
    await forgetReminders(db, before(1));
    await forgetFeedback(db, before);
    await pace.forget();
  };

export const registerClean = ({ queue, ...needs }: CleanNeeds & { queue: WorkQueue }) =>
  queue.on(cleanJob, createClean(needs));
