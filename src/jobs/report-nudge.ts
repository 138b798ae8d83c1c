import { z } from 'zod';
import { reportLine } from '../../cards/nudges.ts';
import type { Reader } from '../bot/talk.ts';
import type { Clock } from '../clock.ts';
import type { Db } from '../db.ts';
import type { ChatId, MessageId } from '../ids.ts';
import { subjectOfNudge } from '../nudges/types.ts';
import { defineJob, type WorkQueue } from './job.ts';
import type { Outbox } from './outbox.ts';

export interface ReportNudgeNeeds {
  db: Db;
  clock: Clock;
  queue: WorkQueue;
  outbox: Outbox;
  reader: () => Reader;
}

// Looked at every two seconds, for the ten minutes in which nearly every message is settled.
const patience = 300;
const pause = 2_000;

export const reportNudgeJob = defineJob({
  name: 'nudge.report',
  payload: z.object({
    nudge: z.uuid(),
    chat: z.int(),
    message: z.string().optional(),
    lately: z.int(),
    held: z.int(),
    unreached: z.int(),
    looked: z.int().default(0),
  }),
});

/** Tells whoever asked for a reminder what became of it, once its messages have left. */
export const registerReportNudge = ({ db, clock, queue, outbox, reader }: ReportNudgeNeeds) =>
  queue.on(reportNudgeJob, (asked) =>
    db.atomic(async () => {
      const counts = await countStates(db, asked.nudge);
      if (counts.waiting > 0 && asked.looked < patience) {
        const at = new Date(clock.now().getTime() + pause);
        return queue.add(reportNudgeJob, { ...asked, looked: asked.looked + 1 }, { at });
      }
      const { lately, held } = asked;
      const unreached = asked.unreached + counts.failed;
      const { sent: reminded, unknown, waiting } = counts;
      const report = { reminded, lately, held, unreached, unknown, waiting };
      const content = { text: reportLine(reader(), report) };
      const replyTo = asked.message as MessageId | undefined;
      await outbox.put([{ to: { chat: asked.chat as ChatId }, content, replyTo }]);
    }),
  );

interface Counts {
  sent: number;
  unknown: number;
  waiting: number;
  /** Refused, or the person is gone. */
  failed: number;
}

async function countStates(db: Db, nudge: string): Promise<Counts> {
  const of = (states: string) => `(count(*) filter (where state in (${states})))::int`;
  const [counts] = await db.sql<Counts>(
    `select ${of("'sent'")} as sent, ${of("'unknown'")} as unknown, ${of("'waiting'")} as waiting,
       ${of("'refused', 'gone'")} as failed from outgoing where subject = $1`,
    subjectOfNudge(nudge),
  );
  return counts ?? { sent: 0, unknown: 0, waiting: 0, failed: 0 };
}
