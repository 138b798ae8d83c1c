import {
  confirmedToast,
  confirmUpload,
  droppedCard,
  droppedToast,
  dropUpload,
  keepingCard,
} from '../cards/library.ts';
import type { Bot } from '../src/bot/bot.ts';
import type { Queue } from '../src/jobs/job.ts';
import type { Library } from '../src/library/service.ts';

/** A file sent in private by a secretary: read by a job, shown, and stored once its sender has confirmed. */
export function registerLibrary(bot: Bot, { library, queue }: { library: Library; queue: Queue }) {
  bot.onFile(async ({ file, from, place, message }) => {
    if (place.kind === 'group') return {};
    await library.uploads.mayRead(from, file);
    await queue.add('library.read', { person: from, chat: place.id, file }, { key: message });
    return {};
  });

  bot.onPress(confirmUpload, async ({ value, from, reader }) => {
    const title = await library.uploads.confirm({ ...value, person: from });
    const { upload } = value;
    await queue.add('library.keep', { upload }, { key: `library.keep:${upload}` });
    const content = confirmedToast(reader);
    return { replace: keepingCard(reader, title), toast: { type: 'success', content } };
  });

  bot.onPress(dropUpload, async ({ value, from, reader }) => {
    const title = await library.uploads.drop({ ...value, person: from });
    const content = droppedToast(reader);
    return { replace: droppedCard(reader, title), toast: { type: 'info', content } };
  });
}
