import { z } from 'zod';
import { defineJob } from '../../queue/job.ts';

/** `closes`: the end that the round had when this was planned. */
export const remindOfEndJob = defineJob({
  name: 'nudge.automatic',
  payload: z.object({ round: z.int(), closes: z.int() }),
});

export const sendHeldJob = defineJob({
  name: 'nudge.held',
  payload: z.object({ until: z.int() }),
});
