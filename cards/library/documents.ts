import { z } from 'zod';
import { defineAction } from '../../src/bot/action.ts';
import type { Card, CardElement, Reader } from '../../src/bot/talk.ts';
import { DocumentId } from '../../src/base/ids.ts';
import type { Catalogue, ChangedDocument, ListedDocument } from '../../src/library/types.ts';
import { validityText } from './edition.ts';
import { button, buttonRow, card, line, note, plain, slip } from '../bot/kit.ts';
import { nameShown } from './files.ts';
import { dependentsElements } from './library.ts';
import { counted, inBoth, shorten } from '../bot/words.ts';

const value = z.object({
  document: DocumentId,
  /** Set on a list, with its search, so that the list can be shown again. */
  list: z.object({ search: z.string().max(40).optional() }).optional(),
});
export const retireDocument = defineAction('docs.retire', value);
export const restoreDocument = defineAction('docs.restore', value);

const words = inBoth(
  {
    title: (branches: string) => `支部资料 · ${branches}`,
    found: (search: string, count: number) => `带「${search}」的有 ${count} 份`,
    count: (count: number) => `共 ${count} 份`,
    none: (branches: string) =>
      `「${branches}」还没有自己的资料。把 .docx、.pdf、.md、.txt 或 .html 文件私聊发给我，确认后就能提问。`,
    notFound: (search: string) => `支部的资料里没有带「${search}」的。`,
    document: (id: number, title: string) => `${id} · 《${title}》`,
    passages: (count: number) => `${count} 段`,
    committee: '只给支委会',
    older: (count: number) => `留存旧版 ${count} 份`,
    reading: (group: string, read: number, all: number) =>
      `每日一学（${group}）读到 ${read}/${all}`,
    standing: {
      retired: '已停用，不用于回答',
      ahead: '还没有施行，到时才用于回答',
      expired: '已过有效期，不用于回答',
      superseded: '已有新版，不用于回答',
    },
    retire: '停用',
    restore: '恢复',
    more: (count: number) => `还有 ${count} 份没有列出，发「资料 关键词」查找。`,
    shared: (count: number) => `另有 ${count} 份大家共用的资料，由管理员放在资料文件夹里。`,
    importing: (done: number, total: number) =>
      `公共资料正在读入：${done} / ${total}，读完的已经可以提问。`,
    sharedFound: '大家共用的资料里：',
    how: '查找：资料 关键词；停用：资料 停用 编号或标题；停用后可以恢复。添加：把文件私聊发给我。本支部的叫法：资料 同义词。',
    did: {
      retire: (title: string) => `《${title}》已停用，从现在起不再用于回答。`,
      restore: (title: string) => `《${title}》已恢复，现在可以提问。`,
    },
    before: {
      retire: (title: string) => `《${title}》之前已经停用，没有改动。`,
      restore: (title: string) => `《${title}》没有停用，没有改动。`,
    },
    undo: {
      retire: (id: number) => `要恢复，发「资料 恢复 ${id}」。`,
      restore: (id: number) => `要停用，发「资料 停用 ${id}」。`,
    },
    toPrivate: '已私聊发给你',
    between: '、',
  },
  {
    title: (branches) => `Documents · ${branches}`,
    found: (search, count) => `${counted(count, 'document')} with "${search}"`,
    count: (count) => counted(count, 'document'),
    none: (branches) =>
      `"${branches}" has no documents of its own yet. Send me a .docx, .pdf, .md, .txt or .html file in private and confirm it; then it can be asked.`,
    notFound: (search) => `The branch has no document with "${search}".`,
    document: (id, title) => `${id} · "${title}"`,
    passages: (count) => counted(count, 'passage'),
    committee: 'committee only',
    older: (count) => `${counted(count, 'earlier edition')} kept`,
    reading: (group, read, all) => `daily reading (${group}): ${read} of ${all}`,
    standing: {
      retired: 'retired, does not answer',
      ahead: 'not in force yet, answers from then on',
      expired: 'no longer in force, does not answer',
      superseded: 'has a newer edition, does not answer',
    },
    retire: 'Retire',
    restore: 'Restore',
    more: (count) => `${count} more; send "docs WORD" to look for one.`,
    shared: (count) =>
      `Beside them ${counted(count, 'document')} that all share, kept by an administrator in the folder of documents.`,
    importing: (done, total) =>
      `Shared documents are being read: ${done} of ${total}; those can be asked already.`,
    sharedFound: 'Among those that all share:',
    how: 'Look for: docs WORD. Retire: docs retire ID or TITLE; it can be restored. Add: send me a file in private. Your own names for things: docs synonyms.',
    did: {
      retire: (title) => `"${title}" is retired: from now on it does not answer.`,
      restore: (title) => `"${title}" is back and can be asked.`,
    },
    before: {
      retire: (title) => `"${title}" was retired before; nothing was changed.`,
      restore: (title) => `"${title}" is not retired; nothing was changed.`,
    },
    undo: {
      retire: (id) => `To bring it back: docs restore ${id}`,
      restore: (id) => `To retire it: docs retire ${id}`,
    },
    toPrivate: 'Sent to you in private',
    between: ', ',
  },
);

export const documentsSent = ({ locale }: Reader) => words[locale].toPrivate;

/** So many fit on a card that people read to its end. */
const mostShown = 10;

/** The documents of a branch, each with its button, for its secretary alone. */
export function catalogueCard(reader: Reader, catalogue: Catalogue): Card {
  const say = words[reader.locale];
  const { search, branches, documents, shared, importing } = catalogue;
  const names = shorten(branches.map(({ name }) => name).join(say.between), 60);
  const shown = documents.slice(0, mostShown);
  const isSeveral = branches.length > 1;
  return card(say.title(names), 'plain', [
    headOf(reader, catalogue, names),
    ...shown.flatMap((each) => documentElements(reader, each, { search, isSeveral })),
    ...(documents.length > shown.length ? [note(say.more(documents.length - shown.length))] : []),
    line,
    ...sharedElements(reader, shared),
    ...(importing ? [note(say.importing(importing.done, importing.total))] : []),
    note(say.how),
  ]);
}

function headOf({ locale }: Reader, { search, documents }: Catalogue, names: string): CardElement {
  const say = words[locale];
  if (search !== undefined)
    return plain(documents.length > 0 ? say.found(search, documents.length) : say.notFound(search));
  return plain(documents.length > 0 ? say.count(documents.length) : say.none(names));
}

function documentElements(
  reader: Reader,
  document: ListedDocument,
  { search, isSeveral }: { search?: string; isSeveral: boolean },
): CardElement[] {
  const say = words[reader.locale];
  const { id, title, branch } = document;
  const facts = factsOf(reader, document);
  const change = document.standing === 'retired' ? 'restore' : 'retire';
  const action = change === 'restore' ? restoreDocument : retireDocument;
  const press = action.with({ document: id, list: search === undefined ? {} : { search } });
  return [
    line,
    plain(say.document(id, shorten(title, 80))),
    note([...(isSeveral && branch ? [branch.name] : []), ...facts].join(' · ')),
    buttonRow([button(say[change], press, 'default')]),
  ];
}

function factsOf(reader: Reader, document: ListedDocument): string[] {
  const say = words[reader.locale];
  const { source, passages, committee, edition, standing, older, readings } = document;
  return [
    standing ? say.standing[standing] : '',
    shorten(nameShown(reader, source), 60),
    say.passages(passages),
    validityText(reader, edition),
    committee ? say.committee : '',
    older > 0 ? say.older(older) : '',
    ...readings.map(({ group, read }) => say.reading(group, Math.min(read, passages), passages)),
  ].filter(Boolean);
}

function sharedElements(reader: Reader, { total, documents }: Catalogue['shared']): CardElement[] {
  const say = words[reader.locale];
  if (total === 0) return [];
  const found = documents.map(({ title, edition }) => {
    const told = validityText(reader, edition);
    return `· ${[shorten(title, 80), told].filter(Boolean).join(' · ')}`;
  });
  return [
    ...(found.length > 0 ? [plain([say.sharedFound, ...found].join('\n'))] : []),
    note(say.shared(total)),
  ];
}

/** What was retired or brought back, and how to undo it. */
export function changedCard(reader: Reader, changed: ChangedDocument): Card {
  const say = words[reader.locale];
  const { document, change, how, dependents } = changed;
  const { id } = document;
  const told = changedLine(reader, changed);
  const undo =
    change === 'retire'
      ? button(say.restore, restoreDocument.with({ document: id }), 'default')
      : button(say.retire, retireDocument.with({ document: id }), 'default');
  return slip(told, [
    plain(told),
    ...(how === 'done' ? dependentsElements(reader, dependents) : []),
    note(say.undo[change](id)),
    buttonRow([undo]),
  ]);
}

export function changedLine(
  { locale }: Reader,
  { document, change, how }: ChangedDocument,
): string {
  const say = how === 'done' ? words[locale].did : words[locale].before;
  return say[change](shorten(document.title, 80));
}
