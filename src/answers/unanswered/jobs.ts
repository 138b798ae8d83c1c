import { z } from 'zod';
import { defineJob } from '../../queue/job.ts';
import { BranchId } from '../../base/ids.ts';

export const tellWeekJob = defineJob({
  name: 'week.tell',
  payload: z.object({ branch: BranchId, week: z.iso.date() }),
});
