import {
  catalogueCard,
  changedCard,
  changedLine,
  documentsSent,
  restoreDocument,
  retireDocument,
} from '../../cards/library/documents.ts';
import { previewCard, shelvedCard } from '../../cards/library/library.ts';
import { libraryRefusals } from '../../cards/library/library-refusals.ts';
import {
  keptWordsCard,
  wordsFile,
  wordsPreviewCard,
  wordsSentLine,
} from '../../cards/library/synonyms.ts';
import type { Bot } from '../../src/bot/bot.ts';
import type { Press } from '../../src/bot/handler.ts';
import { privately } from '../../src/bot/privately.ts';
import type { DocumentLink, Reply, Said } from '../../src/bot/talk.ts';
import { Refusal } from '../../src/base/errors.ts';
import { linkedName } from '../../src/library/files/linked-document.ts';
import type { Files } from '../../src/library/files/service.ts';
import type { DocumentId } from '../../src/base/ids.ts';
import { readUploadJob } from '../../jobs/library/read-upload.ts';
import type { WorkQueue } from '../../src/queue/job.ts';
import type { Roster } from '../../src/people/roster/service.ts';
import type { Library } from '../../src/library/service.ts';
import { docsCommand } from './documents-commands.ts';

interface DocumentsParts {
  bot: Bot;
  files: Files;
  library: Library;
  queue: WorkQueue;
}

/** A document of the platform is fetched and read by a job, and shown as a file is. */
async function addLinked(
  { files, queue }: Pick<DocumentsParts, 'files' | 'queue'>,
  { from: person, place, message }: Pick<Said, 'from' | 'place' | 'message'>,
  link: DocumentLink,
): Promise<Reply> {
  await files.requireMayRead(person, {});
  if (place.kind === 'group') throw new Refusal('LINK_IN_GROUP');
  if (link.kind === 'other') throw new Refusal('LINK_KIND');
  const file = { message, key: link.token, name: linkedName(link) };
  await queue.add(readUploadJob, { person, chat: place.id, file, link }, { key: message });
  return {};
}

type DocumentPress = Press<{ document: DocumentId; list?: { search?: string } }>;

/** Study documents and lists of synonyms, as a secretary sends them. */
function addFileKinds({ files, library }: Pick<DocumentsParts, 'files' | 'library'>) {
  const { document, linked, synonyms } = library.files;
  const cards = { preview: previewCard, kept: shelvedCard };
  files.add({ ...document, cards });
  files.add({ ...linked, cards });
  files.add({ ...synonyms, cards: { preview: wordsPreviewCard, kept: keptWordsCard } });
}

/** 资料: secretaries list, add, retire and restore documents of their branch. */
export function registerDocuments({ bot, roster, ...needs }: DocumentsParts & { roster: Roster }) {
  const { catalogue, retirement, synonyms } = needs.library;
  addFileKinds(needs);
  bot.says(libraryRefusals);
  bot.onCommand(docsCommand, async (said) => {
    const { from: person, place, parts, reader } = said;
    if (parts.does === 'add') return addLinked(needs, said, parts.link);
    const scope = await roster.asSecretaryHere(person, place);
    if (parts.does === 'synonyms') {
      const all = await synonyms.toEdit(scope);
      const files = all.map((each) => wordsFile(reader, each));
      const send = files.map((file) => ({ to: { person }, content: { file } }));
      return { text: wordsSentLine(reader, place.kind), send };
    }
    const card =
      parts.does === 'list'
        ? catalogueCard(reader, await catalogue.list(scope, parts.search))
        : changedCard(reader, await retirement.change(scope, parts.which, parts.does));
    return privately(said, { card }, documentsSent(reader));
  });

  const changeOnPress =
    (change: 'retire' | 'restore') =>
    async ({ value, from: person, place, reader }: DocumentPress): Promise<Reply> => {
      const { document, list } = value;
      const everywhere = await roster.asSecretaryNow(person);
      const changed = await retirement.changeById(everywhere, document, change);
      const content = changedLine(reader, changed);
      const toast = { type: changed.how === 'done' ? 'success' : 'info', content } as const;
      if (!list) return { replace: changedCard(reader, changed), toast };
      const scope = await roster.asSecretaryHere(person, place);
      const shown = await catalogue.list(scope, list.search);
      return { replace: catalogueCard(reader, shown), toast };
    };
  bot.onPress(retireDocument, changeOnPress('retire'));
  bot.onPress(restoreDocument, changeOnPress('restore'));
}
