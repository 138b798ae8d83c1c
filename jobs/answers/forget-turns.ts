import { forgetTurnsJob } from '../../src/answers/ask/jobs.ts';
import type { Ask } from '../../src/answers/ask/service.ts';
import type { WorkQueue } from '../../src/queue/job.ts';

/** Forgets what was asked half an hour ago. */
export const registerForgetTurns = ({ queue, ask }: { queue: WorkQueue; ask: Ask }) =>
  queue.on(forgetTurnsJob, () => ask.turns.forget());
