import {
  confirmedToast,
  confirmUpload,
  droppedCard,
  droppedToast,
  dropUpload,
  keepingCard,
} from '../cards/library.ts';
import {
  catalogueCard,
  changedCard,
  changedLine,
  documentsSent,
  restoreDocument,
  retireDocument,
} from '../cards/documents.ts';
import { wordsFile, wordsSentLine } from '../cards/synonyms.ts';
import { libraryRefusals } from '../cards/library-refusals.ts';
import type { Bot, Press } from '../src/bot/bot.ts';
import { privately } from '../src/bot/privately.ts';
import type { DocumentLink, Reply, Said } from '../src/bot/talk.ts';
import { Refusal } from '../src/errors.ts';
import type { DocumentId } from '../src/ids.ts';
import { registerExpireUpload } from '../src/jobs/expire-upload.ts';
import {
  keepUploadJob,
  registerKeepUpload,
  type KeepUploadNeeds,
} from '../src/jobs/keep-upload.ts';
import {
  readUploadJob,
  registerReadUpload,
  type ReadUploadNeeds,
} from '../src/jobs/read-upload.ts';
import type { WorkQueue } from '../src/jobs/job.ts';
import type { Library } from '../src/library/service.ts';

interface LibraryParts {
  bot: Bot;
  library: Library;
  queue: WorkQueue;
}

/** A file sent in private by a secretary: read by a job, shown, and stored once its sender has confirmed. */
export function registerLibrary(parts: LibraryParts & KeepUploadNeeds & ReadUploadNeeds) {
  const { bot, library, queue } = parts;
  bot.says(libraryRefusals);
  registerReadUpload(parts);
  registerKeepUpload(parts);
  registerExpireUpload(parts);

  bot.onFile(async ({ file, from, place, message }) => {
    if (place.kind === 'group') return {};
    await library.uploads.mayRead(from, file);
    await queue.add(readUploadJob, { person: from, chat: place.id, file }, { key: message });
    return {};
  });

  bot.onPress(confirmUpload, async ({ value, from, reader }) => {
    const title = await library.uploads.confirm({ ...value, person: from });
    const { upload } = value;
    await queue.add(keepUploadJob, { upload }, { key: `library.keep:${upload}` });
    const content = confirmedToast(reader);
    return { replace: keepingCard(reader, title), toast: { type: 'success', content } };
  });

  bot.onPress(dropUpload, async ({ value, from, reader }) => {
    const title = await library.uploads.drop({ ...value, person: from });
    const content = droppedToast(reader);
    return { replace: droppedCard(reader, title), toast: { type: 'info', content } };
  });
}

/** A document of the platform is fetched and read by a job, and shown as a file is. */
async function addLinked(
  { library, queue }: Omit<LibraryParts, 'bot'>,
  { from: person, place, message }: Pick<Said, 'from' | 'place' | 'message'>,
  link: DocumentLink,
): Promise<Reply> {
  await library.uploads.mayRead(person, {});
  if (place.kind === 'group') throw new Refusal('LINK_IN_GROUP');
  if (link.kind === 'other') throw new Refusal('LINK_KIND');
  const file = { message, key: link.token, name: library.uploads.linked.name(link) };
  await queue.add(readUploadJob, { person, chat: place.id, file, link }, { key: message });
  return {};
}

type OnCard = Press<{ document: DocumentId; list?: { search?: string } }>;

/** 资料: what the branch has, for its secretaries; what they retire answers no more at once. */
export function registerDocuments({ bot, ...needs }: LibraryParts) {
  const { catalogue } = needs.library;
  bot.onCommand('docs', async (said) => {
    const { from: person, place, parts, reader } = said;
    if (parts.does === 'add') return addLinked(needs, said, parts.link);
    const asking = { person, place };
    if (parts.does === 'synonyms') {
      const all = await catalogue.synonyms(asking);
      const files = all.map((each) => wordsFile(reader, each));
      const send = files.map((file) => ({ to: { person }, content: { file } }));
      return { text: wordsSentLine(reader, place.kind), send };
    }
    const card =
      parts.does === 'list'
        ? catalogueCard(reader, await catalogue.list({ ...asking, search: parts.search }))
        : changedCard(
            reader,
            await catalogue.change({ ...asking, which: parts.which, change: parts.does }),
          );
    return privately(said, { card }, documentsSent(reader));
  });

  const pressed =
    (change: 'retire' | 'restore') =>
    async ({ value, from: person, place, reader }: OnCard): Promise<Reply> => {
      const { document, list } = value;
      const changed = await catalogue.changeById({ person, document, change });
      const content = changedLine(reader, changed);
      const toast = { type: changed.how === 'done' ? 'success' : 'info', content } as const;
      if (!list) return { replace: changedCard(reader, changed), toast };
      const shown = await catalogue.list({ person, place, search: list.search });
      return { replace: catalogueCard(reader, shown), toast };
    };
  bot.onPress(retireDocument, pressed('retire'));
  bot.onPress(restoreDocument, pressed('restore'));
}
