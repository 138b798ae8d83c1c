import {
  confirmedToast,
  confirmUpload,
  droppedCard,
  droppedToast,
  dropUpload,
  keepingCard,
} from '../../cards/library/files.ts';
import type { Bot } from '../../src/bot/bot.ts';
import { registerExpireUpload } from '../../jobs/library/expire-upload.ts';
import {
  keepUploadJob,
  type KeepUploadNeeds,
  registerKeepUpload,
} from '../../jobs/library/keep-upload.ts';
import {
  readUploadJob,
  type ReadUploadNeeds,
  registerReadUpload,
} from '../../jobs/library/read-upload.ts';
import type { Roster } from '../../src/people/roster/service.ts';

/** A file sent in private by a secretary: read by a job, shown, and stored once its sender has confirmed. */
export function registerFiles(
  parts: { bot: Bot; roster: Roster } & KeepUploadNeeds & ReadUploadNeeds,
) {
  const { bot, files, roster, queue } = parts;
  registerReadUpload(parts);
  registerKeepUpload(parts);
  registerExpireUpload(parts);

  bot.onFile(async ({ file, from, place, message }) => {
    if (place.kind === 'group') return {};
    await files.requireMayRead(from, file);
    await queue.add(readUploadJob, { person: from, chat: place.id, file }, { key: message });
    return {};
  });

  bot.onPress(confirmUpload, async ({ value, from, reader }) => {
    const scope = await roster.asSecretary(from, value.branch);
    const title = await files.uploads.confirm(scope, value);
    const { upload } = value;
    await queue.add(keepUploadJob, { upload }, { key: `library.keep:${upload}` });
    const content = confirmedToast(reader);
    return { replace: keepingCard(reader, title), toast: { type: 'success', content } };
  });

  bot.onPress(dropUpload, async ({ value, from, reader }) => {
    const title = await files.uploads.drop({ ...value, person: from });
    const content = droppedToast(reader);
    return { replace: droppedCard(reader, title), toast: { type: 'info', content } };
  });
}
