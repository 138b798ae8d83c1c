import { z } from 'zod';
import { defineJob } from '../../queue/job.ts';
import { RoundId } from '../../base/ids.ts';

/** `closes`: the end that the round had when this was planned. */
export const remindOfEndJob = defineJob({
  name: 'nudge.automatic',
  payload: z.object({ round: RoundId, closes: z.int() }),
});

export const sendHeldJob = defineJob({
  name: 'nudge.held',
  payload: z.object({ until: z.int() }),
});
