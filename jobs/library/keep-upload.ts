import { z } from 'zod';
import type { Bot } from '../../src/bot/bot.ts';
import type { Reader } from '../../src/bot/talk.ts';
import type { Db } from '../../src/database/db.ts';
import { Refusal, type Refused } from '../../src/base/errors.ts';
import type { Files } from '../../src/library/files/service.ts';
import { UploadId } from '../../src/base/ids.ts';
import { defineJob, type Running, type WorkQueue } from '../../src/queue/job.ts';
import type { Outbox } from '../../src/queue/outbox.ts';

export interface KeepUploadNeeds {
  queue: WorkQueue;
  db: Db;
  files: Files;
  outbox: Outbox;
  reader: () => Reader;
  refusal: Bot['refusal'];
}
export const keepUploadJob = defineJob({
  name: 'library.keep',
  lane: 'slow',
  outside: true,
  payload: z.object({ upload: UploadId }),
});

/** Stores a confirmed file as its kind does, and tells its sender. */
export function registerKeepUpload(needs: KeepUploadNeeds) {
  async function run({ upload }: { upload: UploadId }, { finish }: Running) {
    try {
      await keep(needs, upload, finish);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await finish(() => giveUp(needs, upload, error));
    }
  }
  needs.queue.on(keepUploadJob, run, {
    givenUp: ({ upload }) => giveUp(needs, upload, new Refusal('FILE_GONE')),
  });
}

async function keep(
  { files, outbox, reader }: KeepUploadNeeds,
  upload: UploadId,
  finish: Running['finish'],
) {
  const confirmed = await files.confirmed.find(upload);
  if (!confirmed) return;
  await finish(async () => {
    const card = await files.confirmed.store(reader(), confirmed);
    if (card) await outbox.put([{ to: { person: confirmed.person }, content: { card } }]);
  });
}

/** The file could be read when it was shown; where it no longer can, its sender is told why. */
const giveUp = (
  { db, files, outbox, reader, refusal }: KeepUploadNeeds,
  upload: UploadId,
  why: Refused,
) =>
  db.atomic(async () => {
    const person = await files.confirmed.discard(upload);
    if (person === undefined) return;
    const content = refusal(reader(), why).said;
    await outbox.put([{ to: { person }, content }]);
  });
