import { z } from 'zod';
import { defineJob } from '../../queue/job.ts';

export const tellWeekJob = defineJob({
  name: 'week.tell',
  payload: z.object({ branch: z.int(), week: z.iso.date() }),
});
