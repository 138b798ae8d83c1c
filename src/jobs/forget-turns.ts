import { forgetTurnsJob } from '../ask/jobs.ts';
import type { Ask } from '../ask/service.ts';
import type { WorkQueue } from './job.ts';

/** Forgets what was asked half an hour ago. */
export const registerForgetTurns = ({ queue, ask }: { queue: WorkQueue; ask: Ask }) =>
  queue.on(forgetTurnsJob, () => ask.turns.forget());
