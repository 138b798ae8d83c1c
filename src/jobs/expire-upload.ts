import { z } from 'zod';
import type { UploadId } from '../ids.ts';
import type { Library } from '../library/service.ts';
import { defineJob } from './job.ts';

/** Forgets a file that nobody confirmed within a day. */
export const createExpireUpload = ({ library }: { library: Library }) =>
  defineJob({
    name: 'library.expire',
    payload: z.object({ upload: z.uuid() }),
    run: ({ upload }) => library.uploads.expire(upload as UploadId),
  });
