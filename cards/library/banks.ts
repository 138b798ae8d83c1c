import type { Card, CardElement, Reader } from '../../src/bot/talk.ts';
import type {
  BankPreview,
  BankComparison,
  KeptBank,
  QuestionKind,
  RowFault,
  RowFaultCode,
} from '../../src/library/types.ts';
import { uploadDecisions } from './files.ts';
import { card, note, plain, slip } from '../bot/kit.ts';
import { counted, inBoth, shorten } from '../bot/words.ts';

type Faults = Record<RowFaultCode, (said: string) => string>;

const words = inBoth(
  {
    preview: (title: string) => `请确认 · 题库《${title}》`,
    counted: (questions: number) => `能用的题 ${questions} 道`,
    kinds: { single: '单选', multiple: '多选', truth: '判断' },
    ofKind: (kind: string, count: number) => `${kind} ${count}`,
    faults: (count: number) => `有 ${count} 行没能读出，不会保存：`,
    row: (row: number, why: string) => `第 ${row} 行：${why}`,
    more: (count: number) => `……另有 ${count} 行`,
    repeats: (count: number) => `有 ${count} 行重复，只留第一次出现的：`,
    repeat: (row: number, of: number) => `第 ${row} 行与第 ${of} 行相同`,
    added: (branch: string, count: number) => `确认后，「${branch}」新增 ${count} 道题。`,
    changed: (rows: string) => `题目已有、答案或解析不同，确认后更新：第 ${rows} 行`,
    same: (rows: string) => `与题库里已有的完全相同，不再加：第 ${rows} 行`,
    nothing: (branch: string) => `「${branch}」没有可以新增的题。`,
    noneValid: '没有一道能用的题，没有保存。请改好后再发。',
    comma: '、',
    etc: (rows: string, count: number) => `${rows} 等 ${count} 行`,
    kept: (title: string, { added, changed, same }: KeptBank) =>
      `题库《${title}》已入库：新增 ${added} 道，更新 ${changed} 道，原来就有 ${same} 道。`,
    where: (branch: string) => `支部：${branch}`,
  },
  {
    preview: (title) => `Please confirm · question bank "${title}"`,
    counted: (questions) => counted(questions, 'usable question'),
    kinds: { single: 'single choice', multiple: 'multiple choice', truth: 'true or false' },
    ofKind: (kind, count) => `${count} ${kind}`,
    faults: (count) => `${counted(count, 'row')} could not be read and will not be stored:`,
    row: (row, why) => `Row ${row}: ${why}`,
    more: (count) => `… and ${counted(count, 'more row')}`,
    repeats: (count) => `${counted(count, 'repeated row')}; only the first of each is kept:`,
    repeat: (row, of) => `Row ${row} is the same as row ${of}`,
    added: (branch, count) => `Once confirmed, "${branch}" gets ${counted(count, 'new question')}.`,
    changed: (rows) =>
      `Known with another answer or explanation, renewed once confirmed: row ${rows}`,
    same: (rows) => `In the bank already word for word, not added: row ${rows}`,
    nothing: (branch) => `There is nothing to add for "${branch}".`,
    noneValid: 'There is no usable question, so nothing was stored. Please mend it and resend.',
    comma: ', ',
    etc: (rows, count) => `${rows} and others, ${count} in all`,
    kept: (title, { added, changed, same }) =>
      `Question bank "${title}" is stored: ${added} new, ${changed} renewed, ${same} known before.`,
    where: (branch) => `Branch: ${branch}`,
  },
);

const faultWords = inBoth<Faults>(
  {
    kind: (said) => `题型${quoted(said)}不认识，请写 单选、多选 或 判断`,
    'no-text': () => '没有题干',
    'too-long': (said) => `「${shorten(said, 12)}」太长了`,
    'few-options': () => '选项至少要有两个',
    'many-options': () => '选项最多六个（A 到 F）',
    'option-gap': (said) => `选项 ${said} 是空的，后面却还有选项`,
    'same-options': (said) => `选项「${shorten(said, 12)}」写了两遍`,
    'no-answer': () => '没有答案',
    answer: (said) => `没看懂答案${quoted(said)}，请写 A、ABD、对 或 错`,
    'not-an-option': (said) => `答案${quoted(said)}超出了选项`,
    'one-answer': (said) => `单选题只能有一个答案，现在是${quoted(said)}`,
    'several-answers': (said) => `多选题至少两个答案，现在是${quoted(said)}`,
  },
  {
    kind: (said) => `the kind${enQuoted(said)} is not known; write 单选, 多选 or 判断`,
    'no-text': () => 'the question is missing',
    'too-long': (said) => `"${shorten(said, 12)}" is too long`,
    'few-options': () => 'at least two options are needed',
    'many-options': () => 'at most six options (A to F)',
    'option-gap': (said) => `option ${said} is empty though others follow`,
    'same-options': (said) => `the option "${shorten(said, 12)}" stands there twice`,
    'no-answer': () => 'the answer is missing',
    answer: (said) => `the answer${enQuoted(said)} could not be read; write A, ABD, 对 or 错`,
    'not-an-option': (said) => `the answer${enQuoted(said)} is none of the options`,
    'one-answer': (said) => `a single choice has one answer, not${enQuoted(said)}`,
    'several-answers': (said) => `a multiple choice has several answers, not just${enQuoted(said)}`,
  },
);
function quoted(said: string) {
  return said ? `「${shorten(said, 20)}」` : '';
}
function enQuoted(said: string) {
  return said ? ` "${shorten(said, 20)}"` : '';
}

// A card holds 30 KB: so many rows are told one by one.
const rowsTold = 60;
const numbersTold = 30;

/** What was read of a question bank, before anything is stored. */
export function bankPreviewCard(reader: Reader, preview: BankPreview): Card {
  const say = words[reader.locale];
  const { upload, title, name, places, until, faults, repeats } = preview;
  const total = totalOf(preview.counts);
  const open = places.filter(addsAnything).map(({ branch }) => branch);
  return card(say.preview(shorten(title, 60)), faults.length > 0 ? 'warning' : 'plain', [
    note(`${shorten(name, 80)} · ${say.counted(total)}`),
    ...(total > 0 ? [plain(kindsLine(reader, preview.counts))] : []),
    ...list(
      say.faults(faults.length),
      faults.map((fault) => faultLine(reader, fault)),
      reader,
    ),
    ...list(
      say.repeats(repeats.length),
      repeats.map(({ row, of }) => say.repeat(row, of)),
      reader,
    ),
    ...(total === 0
      ? [plain(say.noneValid)]
      : places.flatMap((place) => placeLines(reader, place))),
    ...uploadDecisions(reader, { upload, open, isOne: places.length === 1, until }),
  ]);
}

const totalOf = (counts: BankPreview['counts']) => counts.single + counts.multiple + counts.truth;
const addsAnything = ({ added, changed }: BankComparison) => added.length + changed.length > 0;

function kindsLine({ locale }: Reader, counts: BankPreview['counts']): string {
  const say = words[locale];
  const kinds = (Object.keys(counts) as QuestionKind[]).filter((kind) => counts[kind] > 0);
  return kinds.map((kind) => say.ofKind(say.kinds[kind], counts[kind])).join(' · ');
}

function faultLine({ locale }: Reader, { row, code, said }: RowFault): string {
  return words[locale].row(row, faultWords[locale][code](said));
}

function list(heading: string, lines: string[], { locale }: Reader): CardElement[] {
  if (lines.length === 0) return [];
  const told = lines.slice(0, rowsTold);
  const left = lines.length - told.length;
  const more = left > 0 ? [words[locale].more(left)] : [];
  return [plain([heading, ...told, ...more].join('\n'))];
}

function placeLines(
  reader: Reader,
  { branch, added, changed, same }: BankComparison,
): CardElement[] {
  const say = words[reader.locale];
  const isNew = added.length > 0;
  const first = isNew ? say.added(branch.name, added.length) : say.nothing(branch.name);
  return [
    plain(first),
    ...(changed.length > 0 ? [plain(say.changed(rowNumbers(reader, changed)))] : []),
    ...(same.length > 0 ? [plain(say.same(rowNumbers(reader, same)))] : []),
  ];
}

function rowNumbers({ locale }: Reader, rows: number[]): string {
  const say = words[locale];
  const told = rows.slice(0, numbersTold).join(say.comma);
  return rows.length > numbersTold ? say.etc(told, rows.length) : told;
}

/** The bank can be asked from now. */
export function keptBankCard({ locale }: Reader, kept: KeptBank): Card {
  const say = words[locale];
  const line = say.kept(kept.title, kept);
  return slip(line, [plain(line), note(say.where(kept.branch.name))]);
}
