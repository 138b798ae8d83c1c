import { z } from 'zod';
import { defineJob } from '../queue/job.ts';
import { RoundId } from '../base/ids.ts';

const round = RoundId;

export const closeRoundJob = defineJob({ name: 'round.close', payload: z.object({ round }) });

export const refreshRoundJob = defineJob({ name: 'round.refresh', payload: z.object({ round }) });

export const renewRoundJob = defineJob({
  name: 'round.renew',
  payload: z.object({ round, card: z.int() }),
});
