import { v5 as uuidOf } from 'uuid';
import { z } from 'zod';
import { nameShown, readingLine } from '../../cards/library/files.ts';
import type { Bot } from '../../src/bot/bot.ts';
import type { Messenger } from '../../src/bot/messenger.ts';
import type { Reader, SentFile } from '../../src/bot/talk.ts';
import { Refusal, type Refused } from '../../src/base/errors.ts';
import { linkedBytes } from '../../src/library/files/linked-document.ts';
import type { Files } from '../../src/library/files/service.ts';
import { ChatId, PersonId } from '../../src/base/ids.ts';
import type { Log } from '../../src/base/log.ts';
import { expireUploadJob } from './expire-upload.ts';
import { defineJob, type Running, type WorkQueue } from '../../src/queue/job.ts';
import type { Outbox } from '../../src/queue/outbox.ts';

export interface ReadUploadNeeds {
  files: Files;
  messenger: Messenger;
  queue: WorkQueue;
  outbox: Outbox;
  reader: () => Reader;
  refusal: Bot['refusal'];
  log: Log;
}
const payload = z.object({
  person: PersonId,
  chat: ChatId,
  file: z.object({
    message: z.string(),
    key: z.string(),
    name: z.string(),
    size: z.number().optional(),
  }),
  /** A document of the platform in a file's place. */
  link: z.object({ kind: z.enum(['docx', 'wiki']), token: z.string() }).optional(),
});
export const readUploadJob = defineJob({
  name: 'library.read',
  lane: 'slow',
  outside: true,
  payload,
  remains: ({ person, chat }) => ({ person, chat }),
});
type ReadUpload = {
  person: PersonId;
  chat: ChatId;
  file: SentFile;
  link?: { kind: 'docx' | 'wiki'; token: string };
};

/** Fetches the file a secretary sent and shows what is in it. Nothing is in the library yet. */
export function registerReadUpload(needs: ReadUploadNeeds) {
  async function run(parsed: z.output<typeof payload>, running: Running) {
    const upload = parsed as ReadUpload;
    try {
      await show(needs, upload, running);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await running.finish(() => refuse(needs, upload, error));
    }
  }
  needs.queue.on(readUploadJob, run, {
    givenUp: (upload) =>
      refuse(needs, upload as ReadUpload, new Refusal(upload.link ? 'LINK_GONE' : 'FILE_GONE')),
  });
}

function refuse(
  { outbox, reader, refusal }: ReadUploadNeeds,
  { chat, file }: ReadUpload,
  why: Refused,
) {
  const content = refusal(reader(), why).said;
  return outbox.put([{ to: { chat }, replyTo: file.message, content }]);
}

async function show(
  needs: ReadUploadNeeds,
  { person, chat, file, link }: ReadUpload,
  { id, finish }: Running,
): Promise<void> {
  const { files, messenger, queue, outbox, reader } = needs;
  const { message, name } = file;
  const sent = await whileSayingIfSlow(needs, { chat, file, id }, async () => {
    const bytes = link
      ? linkedBytes(await messenger.fetchDocument(link, files.largestFile))
      : await messenger.fetchFile(file, files.largestFile);
    return { person, message, name, bytes, found: await files.read({ name, bytes }) };
  });
  await finish(async () => {
    const shown = await files.uploads.hold(reader(), sent);
    if (!shown) return;
    const { upload, until, card } = shown;
    await queue.add(expireUploadJob, { upload }, { at: until, key: `library.expire:${upload}` });
    await outbox.put([{ to: { chat }, replyTo: message, content: { card } }]);
  });
}

const slowMs = 2000;

/** Does the work, and tells the sender that the file is being read where it takes longer than two seconds. */
async function whileSayingIfSlow<T>(
  { outbox, reader, log }: ReadUploadNeeds,
  { chat, file, id }: Pick<ReadUpload, 'chat' | 'file'> & Pick<Running, 'id'>,
  work: () => Promise<T>,
): Promise<T> {
  const say = () => {
    const content = { text: readingLine(reader(), nameShown(reader(), file.name)) };
    outbox.put([{ id: uuidOf('slow', id), to: { chat }, content }]).catch((err: unknown) => {
      log.warn({ err }, 'could not say that a file is being read');
    });
  };
  const timer = setTimeout(say, slowMs);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
  }
}
