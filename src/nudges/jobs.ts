import { z } from 'zod';
import { defineJob } from '../jobs/job.ts';

export const sendHeldJob = defineJob({
  name: 'nudge.held',
  payload: z.object({ until: z.int() }),
});
