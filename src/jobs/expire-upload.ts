import { z } from 'zod';
import type { UploadId } from '../ids.ts';
import type { Library } from '../library/service.ts';
import { defineJob, type WorkQueue } from './job.ts';

export const expireUploadJob = defineJob({
  name: 'library.expire',
  payload: z.object({ upload: z.uuid() }),
});

/** Forgets a file that nobody confirmed within a day. */
export const registerExpireUpload = (needs: { queue: WorkQueue; library: Library }) =>
  needs.queue.on(expireUploadJob, ({ upload }) => needs.library.uploads.expire(upload as UploadId));
