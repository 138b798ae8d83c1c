import { z } from 'zod';
import type { Files } from '../../src/library/files/service.ts';
import { UploadId } from '../../src/base/ids.ts';
import { defineJob, type WorkQueue } from '../../src/queue/job.ts';

export const expireUploadJob = defineJob({
  name: 'library.expire',
  payload: z.object({ upload: UploadId }),
});

/** Deletes a file that nobody confirmed within a day. */
export const registerExpireUpload = (needs: { queue: WorkQueue; files: Files }) =>
  needs.queue.on(expireUploadJob, ({ upload }) => needs.files.uploads.expire(upload));
