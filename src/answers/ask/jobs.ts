import { z } from 'zod';
import { defineJob } from '../../queue/job.ts';

export const forgetTurnsJob = defineJob({ name: 'ask.forget', payload: z.object({}) });
