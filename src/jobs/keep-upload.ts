import { z } from 'zod';
import { keptBankCard } from '../../cards/banks.ts';
import { shelvedCard } from '../../cards/library.ts';
import { keptWordsCard } from '../../cards/synonyms.ts';
import type { Bot } from '../bot/bot.ts';
import type { Card, Reader } from '../bot/talk.ts';
import type { Db } from '../db.ts';
import { Refusal, type Refused } from '../errors.ts';
import type { UploadId } from '../ids.ts';
import type { Kept, Library } from '../library/service.ts';
import { defineJob, type Running, type WorkQueue } from './job.ts';
import type { Outbox } from './outbox.ts';

export interface KeepUploadNeeds {
  queue: WorkQueue;
  db: Db;
  library: Library;
  outbox: Outbox;
  reader: () => Reader;
  refusal: Bot['refusal'];
}
export const keepUploadJob = defineJob({
  name: 'library.keep',
  lane: 'slow',
  outside: true,
  payload: z.object({ upload: z.uuid() }),
});

/** Puts a confirmed file into the library and tells its sender. */
export function registerKeepUpload(needs: KeepUploadNeeds) {
  async function run(asked: { upload: string }, { finish }: Running) {
    const upload = asked.upload as UploadId;
    try {
      await keep(needs, upload, finish);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await finish(() => giveUp(needs, upload, error));
    }
  }
  needs.queue.on(keepUploadJob, run, {
    givenUp: ({ upload }) => giveUp(needs, upload as UploadId, new Refusal('FILE_GONE')),
  });
}

async function keep(
  { library, outbox, reader }: KeepUploadNeeds,
  upload: UploadId,
  finish: Running['finish'],
) {
  const confirmed = await library.uploads.readConfirmed(upload);
  if (!confirmed) return;
  await finish(async () => {
    const done = await library.uploads.keep(confirmed);
    if (!done) return;
    const content = { card: cardOf(reader(), done) };
    await outbox.put([{ to: { person: confirmed.person }, content }]);
  });
}

function cardOf(reader: Reader, done: Kept): Card {
  switch (done.is) {
    case 'bank':
      return keptBankCard(reader, done.kept);
    case 'words':
      return keptWordsCard(reader, done.kept);
    case 'document':
      return shelvedCard(reader, done.kept);
  }
}

/** It was readable when it was shown; should it not be any more, its sender hears why. */
const giveUp = (
  { db, library, outbox, reader, refusal }: KeepUploadNeeds,
  upload: UploadId,
  why: Refused,
) =>
  db.atomic(async () => {
    const person = await library.uploads.forget(upload);
    if (person === undefined) return;
    const content = refusal(reader(), why).said;
    await outbox.put([{ to: { person }, content }]);
  });
