import { z } from 'zod';
import { defineJob } from '../jobs/job.ts';

export const forgetTurnsJob = defineJob({ name: 'ask.forget', payload: z.object({}) });
