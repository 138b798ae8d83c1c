import { z } from 'zod';
import { defineJob } from '../../queue/job.ts';
import { RoundId } from '../../base/ids.ts';

/** Both carry the start they were planned for. */
const planned = { round: RoundId, starts: z.int() };

export const callMeetingJob = defineJob({
  name: 'meeting.call',
  payload: z.object({ ...planned, call: z.enum(['day', 'hour', 'sign-in', 'start']) }),
});

export const tellMovedJob = defineJob({ name: 'meeting.moved', payload: z.object(planned) });
