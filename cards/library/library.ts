import type { Card, CardElement, Reader } from '../../src/bot/talk.ts';
import type {
  Already,
  DocumentPreview,
  RenewedDocument,
  Dependents,
  ShelvedDocument,
} from '../../src/library/types.ts';
import { forceText, validityText } from './edition.ts';
import { nameShown, uploadDecisions } from './files.ts';
import { card, note, plain, slip } from '../bot/kit.ts';
import { counted, inBoth, shorten } from '../bot/words.ts';

const words = inBoth(
  {
    preview: (title: string) => `请确认 · 《${title}》`,
    counted: (passages: number) => `共 ${passages} 段`,
    headings: '目录',
    more: '…',
    opening: '开头',
    lost: (count: number) =>
      `有 ${count} 个字符没能读出来，显示为“�”。如果太多，请另存为 UTF-8 再发。`,
    already: {
      none: (branch: string) => `确认后，只有「${branch}」的人能问到它。`,
      older: (branch: string) =>
        `「${branch}」已有同名资料，确认后用这一份替换旧的，旧的只作留存。`,
      retired: (branch: string) => `这份资料「${branch}」已经停用，确认后重新启用。`,
      same: (branch: string) => `这份资料「${branch}」已经有了，不用再加。`,
      shared: (branch: string) => `公共资料里已经有这一份，「${branch}」的人都能问到，不用再加。`,
    },
    edition: (text: string) => `文中写明：${text}`,
    dependents: (questions: number, groups: string[], standards: number) =>
      `旧版被引用：${[
        questions > 0 ? `题库 ${questions} 题的出处是它` : '',
        groups.length > 0 ? `每日一学正在读它（${groups.join('、')}）` : '',
        standards > 0 ? `标准答案 ${standards} 条的出处是它，核对前不用于回答` : '',
      ]
        .filter(Boolean)
        .join('；')}。请按新版核对。`,
    questions: '其中有：',
    standards: '标准答案，发「标准答案」核对：',
    notTaken: (count: number) => `资料文件夹里有 ${count} 份没有收进来，其余不受影响。`,
    seeLog: '读的时候出了错，原因见日志。',
    file: (path: string, why: string) => `${path}：${why}`,
    moreFiles: (count: number) => `还有 ${count} 份，见日志。`,
    renewed: (title: string) => `公共资料《${title}》有了新版，已用于回答。`,
    shelved: {
      added: (title: string, passages: number) => `《${title}》已入库，共 ${passages} 段。`,
      replaced: (title: string, passages: number) =>
        `《${title}》已更新，旧的已被替换，现共 ${passages} 段。`,
      same: (title: string) => `《${title}》之前已经入库，没有改动。`,
    },
    tryCommittee: (branch: string) =>
      `现在「${branch}」担任职务的人可以在私聊里提问，回答会引用原文。`,
    try: (branch: string) => `「${branch}」的人现在可以直接提问，回答会引用原文。`,
    pendingRemoval: (folder: string, missing: number, kept: number) =>
      `资料文件夹里一下子少了 ${missing} 份（库中共 ${kept} 份），先没有删除。\n文件夹：${folder}\n如果是误删或没有挂载好，恢复文件即可。确实要删，请在这个文件夹里新建一个空文件 .removal-confirmed 。`,
  },
  {
    preview: (title) => `Please confirm · "${title}"`,
    counted: (passages) => counted(passages, 'passage'),
    headings: 'Headings',
    more: '…',
    opening: 'It begins',
    lost: (count) =>
      `${counted(count, 'character')} could not be read, shown as "�". If that is too many, save the file as UTF-8 and resend.`,
    already: {
      retired: (branch) =>
        `"${branch}" retired this very document; once confirmed, it answers again.`,
      none: (branch) => `Once confirmed, only people of "${branch}" can ask it.`,
      older: (branch) =>
        `"${branch}" has a document of this title; once confirmed, this one replaces it; the old one is kept as history only.`,
      same: (branch) => `"${branch}" has this very document already: nothing to add.`,
      shared: (branch) =>
        `This very document is there for all, so for "${branch}" too: nothing to add.`,
    },
    edition: (text) => `It says: ${text}`,
    dependents: (questions, groups, standards) =>
      `On the old text rest: ${[
        questions > 0 ? `${counted(questions, 'question')} that name it as their source` : '',
        groups.length > 0 ? `the daily reading (${groups.join(', ')})` : '',
        standards > 0
          ? `${counted(standards, 'standard answer')}, not used before you have looked`
          : '',
      ]
        .filter(Boolean)
        .join('; ')}. Please check them against the new one.`,
    questions: 'Among them:',
    standards: 'Standard answers; send "standard" to check them:',
    notTaken: (count) =>
      `${counted(count, 'file')} of the folder of documents could not be taken in; the others are not affected.`,
    seeLog: 'Reading it failed; the log tells why.',
    file: (path, why) => `${path}: ${why}`,
    moreFiles: (count) => `${count} more; see the log.`,
    renewed: (title) => `The shared document "${title}" has a new edition, which answers now.`,
    shelved: {
      added: (title, passages) => `"${title}" is in the library: ${counted(passages, 'passage')}.`,
      replaced: (title, passages) =>
        `"${title}" is renewed; the old one was replaced. Now ${counted(passages, 'passage')}.`,
      same: (title) => `"${title}" was in the library before; nothing was changed.`,
    },
    tryCommittee: (branch) =>
      `Those who hold a role in "${branch}" can ask about it in private now; answers quote it word for word.`,
    try: (branch) => `People of "${branch}" can ask about it now; answers quote it word for word.`,
    pendingRemoval: (folder, missing, kept) =>
      `${missing} of ${kept} documents are gone from the folder at once; nothing was removed yet.\nFolder: ${folder}\nIf that was a mistake or a missing mount, restore the files. If they shall go, make an empty file .removal-confirmed in this folder.`,
  },
);

/** What was read, before anything is stored. */
export function previewCard(reader: Reader, preview: DocumentPreview): Card {
  const say = words[reader.locale];
  const { title, passages, headings, opening, lost, places } = preview;
  const told = validityText(reader, preview.edition);
  const list = headings.map((heading) => `· ${heading}`).join('\n');
  return card(say.preview(shorten(title, 60)), 'plain', [
    note(
      [nameShown(reader, preview.name), say.counted(passages)]
        .map((each) => shorten(each, 80))
        .join(' · '),
    ),
    ...(list ? [plain(`${say.headings}\n${list}`)] : []),
    plain(`${say.opening}\n${shorten(opening, 160)}`),
    ...(lost > 0 ? [plain(say.lost(lost))] : []),
    ...noteOf(told && say.edition(told)),
    ...noteOf(forceText(reader, preview.edition)),
    ...places.flatMap(({ branch, already, dependents }) => [
      plain(say.already[already](branch.name)),
      ...dependentsElements(reader, dependents),
    ]),
    ...decisions(reader, preview),
  ]);
}

const noteOf = (text: string): CardElement[] => (text ? [note(text)] : []);

/** What a secretary has to look at once the text has changed. */
export function dependentsElements(
  { locale }: Reader,
  dependents: Dependents | undefined,
): CardElement[] {
  if (!dependents) return [];
  const say = words[locale];
  const { questions, examples, readings, standards } = dependents;
  const listed = (head: string, texts: string[]) =>
    texts.length > 0
      ? [note([head, ...texts.map((text) => `· ${shorten(text, 60)}`)].join('\n'))]
      : [];
  return [
    plain(say.dependents(questions, readings, standards.length)),
    ...listed(say.questions, examples),
    ...listed(say.standards, standards.slice(0, 5)),
  ];
}

const canAdd = (already: Already) => already !== 'same' && already !== 'shared';

function decisions(reader: Reader, { upload, places, until }: DocumentPreview): CardElement[] {
  const open = places.filter(({ already }) => canAdd(already)).map(({ branch }) => branch);
  const isOne = places.length === 1;
  return uploadDecisions(reader, { upload, open, isOne, until, canNarrow: true });
}

/** The document can be asked now. */
export function shelvedCard(reader: Reader, shelved: ShelvedDocument): Card {
  const say = words[reader.locale];
  const { branch, title, passages, how, committee, edition, dependents } = shelved;
  const line = say.shelved[how](title, passages);
  const told = validityText(reader, edition);
  return slip(line, [
    plain(line),
    ...noteOf(told && say.edition(told)),
    ...dependentsElements(reader, dependents),
    note(
      forceText(reader, edition) ||
        (committee ? say.tryCommittee(branch.name) : say.try(branch.name)),
    ),
  ]);
}

/** For administrators: files of the folder that were refused, each with the reason. */
export function notTakenCard(reader: Reader, files: { path: string; why?: string }[]): Card {
  const say = words[reader.locale];
  const shown = files.slice(0, 10);
  const line = say.notTaken(files.length);
  const elements = shown.map(({ path, why }) =>
    note(say.file(shorten(path, 100), why ?? say.seeLog)),
  );
  const left = files.length - shown.length;
  return slip(line, [plain(line), ...elements, ...noteOf(left > 0 ? say.moreFiles(left) : '')]);
}

/** For secretaries: a document that all share has a new text, and something of theirs depends on the old one. */
export function renewedCard(
  reader: Reader,
  { title, edition }: Omit<RenewedDocument, 'dependents'>,
  dependents: Dependents,
): Card {
  const say = words[reader.locale];
  const line = say.renewed(title);
  const told = validityText(reader, edition);
  return slip(line, [
    plain(line),
    ...noteOf(told && say.edition(told)),
    ...dependentsElements(reader, dependents),
  ]);
}

/** For administrators: many documents are gone from the folder, and are removed once that is confirmed. */
export function pendingRemovalLine(
  { locale }: Reader,
  pending: { folder: string; missing: number; kept: number },
) {
  return words[locale].pendingRemoval(pending.folder, pending.missing, pending.kept);
}
