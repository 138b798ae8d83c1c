import { z } from 'zod';
import { reportLine } from '../../cards/rounds/nudges.ts';
import type { Reader } from '../../src/bot/talk.ts';
import type { Clock } from '../../src/base/clock.ts';
import { ChatId, MessageId } from '../../src/base/ids.ts';
import { nudgeOf, subjectOfNudge } from '../../src/rounds/nudges/rules.ts';
import { defineJob, type WorkQueue } from '../../src/queue/job.ts';
import type { Outbox } from '../../src/queue/outbox.ts';

export interface ReportNudgeNeeds {
  clock: Clock;
  queue: WorkQueue;
  outbox: Outbox;
  reader: () => Reader;
}

/** By then nearly every message has an outcome. The report is sent sooner, as soon as the last one has. */
const patience = 600_000;

export const reportNudgeJob = defineJob({
  name: 'nudge.report',
  payload: z.object({
    nudge: z.uuid(),
    chat: ChatId,
    message: MessageId.optional(),
    lately: z.int(),
    held: z.int(),
    unreached: z.int(),
    /** Of a job that an earlier version looked with every two seconds. */
    looked: z.int().optional(),
  }),
});

type NudgeReportRequest = z.output<typeof reportNudgeJob.payload>;

const keyOf = (nudge: string) => `nudge.report:${nudge}`;

/** Has it told in the end, or sooner once all of its messages have left; joins the surrounding transaction. */
export function reportNudge(
  { queue, clock }: Pick<ReportNudgeNeeds, 'queue' | 'clock'>,
  asked: NudgeReportRequest,
) {
  const at = new Date(clock.now().getTime() + patience);
  return queue.add(reportNudgeJob, asked, { at, key: keyOf(asked.nudge) });
}

/** Tells whoever asked for a reminder what became of it, once its messages have left. */
export function registerReportNudge(needs: ReportNudgeNeeds) {
  const { queue, outbox, reader } = needs;
  outbox.onOutcome('nudge', async ({ subject }) => {
    const { waiting } = await outbox.outcomes(subject);
    if (waiting === 0) await queue.hasten(reportNudgeJob, keyOf(nudgeOf(subject)));
  });
  queue.on(reportNudgeJob, async ({ looked, ...asked }) => {
    const counts = await outbox.outcomes(subjectOfNudge(asked.nudge));
    if (counts.waiting > 0 && looked !== undefined) return reportNudge(needs, asked);
    const { lately, held, message } = asked;
    const { sent: reminded, unknown, waiting } = counts;
    const unreached = asked.unreached + counts.refused + counts.gone;
    const report = { reminded, lately, held, unreached, unknown, waiting };
    const content = { text: reportLine(reader(), report) };
    await outbox.put([{ to: { chat: asked.chat }, content, replyTo: message }]);
  });
}
