import { z } from 'zod';
import { defineAction } from '../../src/bot/action.ts';
import type { Card, CardElement, Place, Reader, Toast } from '../../src/bot/talk.ts';
import { BranchId, FeedbackId, PassageId, StandardId } from '../../src/base/ids.ts';
import type {
  Change,
  ChangedStandard,
  Draft,
  KeptStandard,
  Saved,
  Source,
  Standard,
  StandardList,
} from '../../src/answers/standard/types.ts';
import { dayOf, editionText } from '../library/edition.ts';
import { citedPlaces, markRow } from './feedback.ts';
import {
  button,
  buttonRow,
  card,
  form,
  line,
  note,
  plain,
  select,
  slip,
  submit,
  textBox,
} from '../bot/kit.ts';
import { inBoth, shorten } from '../bot/words.ts';

/** Opens the form with what an answer cited. */
export const pinAnswer = defineAction(
  'standard.pin',
  z.object({ question: z.string().min(1).max(1000), cites: citedPlaces }),
);
/** Opens the form with a standard answer that is there. */
export const editStandard = defineAction('standard.edit', z.object({ standard: StandardId }));
/** What the form was opened for; the rest comes back beside it. */
export const saveStandard = defineAction(
  'standard.save',
  z.object({
    branch: BranchId,
    feedback: FeedbackId.optional(),
    replaces: StandardId.optional(),
  }),
);
export const changeStandard = defineAction(
  'standard.change',
  z.object({
    standard: StandardId,
    change: z.enum(['retire', 'restore', 'confirm']),
    list: z.object({ search: z.string().max(40).optional() }).optional(),
  }),
);

/** A piece of a passage as the form's choice carries it: `12:0:80`. */
const piece = /^(\d{1,9}):(\d{1,8}):(\d{1,8})$/;
export const filledIn = z.object({
  question: z.string().max(1000).catch(''),
  answer: z.string().max(5000).catch(''),
  source: z
    .string()
    .regex(piece)
    .transform((text) => {
      const [, passage, start, end] = piece.exec(text) ?? [];
      return { passage: PassageId.parse(Number(passage)), start: Number(start), end: Number(end) };
    })
    .optional()
    .catch(undefined),
});
const valueOf = ({ passage, start, text }: Source) => `${passage}:${start}:${start + text.length}`;

const words = inBoth(
  {
    head: (question: string) => `标准答案 · ${question}`,
    approved: (branch: string, day: string) => `支部核定：${branch}，${day}`,
    cite: (title: string, edition: string, heading: string, isPart: boolean) =>
      `—— 《${title}》${edition && `（${edition}）`}${heading && ` ${heading}`}${isPart ? '（节选）' : ''}`,
    edit: '修改',
    write: '写标准答案',
    intro: '保存以后，支部里有人这样问，就先给出这个答案，并注明是支部核定的标准答案和它的出处。',
    question: '问题',
    questionHint: '大家会怎么问',
    answer: '答案',
    answerHint: '写给大家看的答案',
    choose: '选一段作出处',
    choice: '可以作出处的有：',
    source: (place: number, title: string, heading: string) => `${place}. 《${title}》 ${heading}`,
    chooseOne: '出处（选上面的一段）',
    save: '保存',
    saveIn: (branch: string) => `保存到 ${branch}`,
    byWord: '也可以发：标准答案 问题：… 答案：… 出处：资料标题 第几条',
    noSource:
      '没有找到能作出处的段落，所以还不能写成标准答案。请先把相关资料私聊发给我，确认入库后再写。',
    saved: (branch: string) => `已存为「${branch}」的标准答案`,
    replaced: (branch: string) => `已存为「${branch}」的标准答案，旧的已停用`,
    undo: (number: number) => `有人这样问就会先给出它。要停用，发：标准答案 停用 ${number}`,
    list: (branches: string) => `标准答案 · ${branches}`,
    count: (count: number) => `共 ${count} 条`,
    found: (search: string, count: number) => `带「${search}」的有 ${count} 条`,
    none: '还没有标准答案。私聊问我一个问题，在回答下面按「设为标准答案」；或者照下面的样子发。',
    notFound: (search: string) => `没有带「${search}」的标准答案。`,
    item: (number: number, question: string) => `${number} · ${question}`,
    retired: '已停用',
    stale: '出处已有新版或已停用，核对前不用于回答。',
    staleSaid: '出处已有新版，引用的原话还在。看过没问题，就按「仍然适用」。',
    change: { retire: '停用', restore: '恢复', confirm: '仍然适用' },
    did: {
      retire: (number: number) => `标准答案 ${number} 已停用，不再用于回答`,
      restore: (number: number) => `标准答案 ${number} 已恢复，有人这样问就先给出它`,
      confirm: (number: number) => `标准答案 ${number} 已按新版核定`,
    },
    before: {
      retire: (number: number) => `标准答案 ${number} 之前已经停用，没有改动`,
      restore: (number: number) => `标准答案 ${number} 没有停用，没有改动`,
      confirm: (number: number) =>
        `标准答案 ${number} 不用核对，或者新版里已经没有那句原话，没有改动`,
    },
    how: '停用：标准答案 停用 编号。恢复：标准答案 恢复 编号。核对：标准答案 核对 编号。',
    more: (count: number) => `还有 ${count} 条没有列出，发「标准答案 关键词」查找。`,
    sent: '已私聊发给你',
    between: '、',
  },
  {
    head: (question) => `Standard answer · ${question}`,
    approved: (branch, day) => `Approved by "${branch}", ${day}`,
    cite: (title, edition, heading, isPart) =>
      `— "${title}"${edition && ` (${edition})`}${heading && `, ${heading}`}${isPart ? ' (excerpt)' : ''}`,
    edit: 'Change',
    write: 'Write a standard answer',
    intro:
      'Once stored, it comes first when somebody of the branch asks so, marked as approved by the branch and with its source.',
    question: 'Question',
    questionHint: 'As people would ask it',
    answer: 'Answer',
    answerHint: 'As people will read it',
    choose: 'Choose its source',
    choice: 'It can rest on:',
    source: (place, title, heading) => `${place}. "${title}" ${heading}`,
    chooseOne: 'Source (one of those above)',
    save: 'Store',
    saveIn: (branch) => `Store for ${branch}`,
    byWord: 'Or send: standard question: … answer: … source: TITLE, ARTICLE',
    noSource:
      'No passage was found on which an answer could rest, so none can be written yet. Please send me a document about it in private first.',
    saved: (branch) => `Stored as a standard answer of "${branch}"`,
    replaced: (branch) => `Stored as a standard answer of "${branch}"; the older one is retired`,
    undo: (number) =>
      `It comes first when somebody asks so. To retire it: standard retire ${number}`,
    list: (branches) => `Standard answers · ${branches}`,
    count: (count) => `${count} in all`,
    found: (search, count) => `${count} with "${search}"`,
    none: 'There are none yet. Ask me a question in private and press "Make it the standard answer" below what I answer; or send one as below.',
    notFound: (search) => `There is none with "${search}".`,
    item: (number, question) => `${number} · ${question}`,
    retired: 'retired',
    stale: 'Its source was renewed or retired; it does not answer before you have looked at it.',
    staleSaid:
      'Its source was renewed and still says what is quoted. If it is right, press "Still right".',
    change: { retire: 'Retire', restore: 'Restore', confirm: 'Still right' },
    did: {
      retire: (number) => `Standard answer ${number} is retired and does not answer`,
      restore: (number) =>
        `Standard answer ${number} is back and comes first when somebody asks so`,
      confirm: (number) => `Standard answer ${number} is approved on the new text`,
    },
    before: {
      retire: (number) => `Standard answer ${number} was retired before; nothing was changed`,
      restore: (number) => `Standard answer ${number} is not retired; nothing was changed`,
      confirm: (number) =>
        `Standard answer ${number} needs no look, or the new text does not say what it quotes; nothing was changed`,
    },
    how: 'Retire: standard retire ID. Restore: standard restore ID. Approve on the new text: standard confirm ID.',
    more: (count) => `${count} more; send "standard WORD" to look for one.`,
    sent: 'Sent to you in private',
    between: ', ',
  },
);

export const standardSent = ({ locale }: Reader) => words[locale].sent;

interface Shown {
  question: string;
  place: Place['kind'];
  standard: Standard;
  /** A UUID of its own, by which it can be marked. */
  id: string;
  /** The reader may change it. */
  mayPin?: boolean;
  /** Shown at the end. */
  near: CardElement[];
  /** Shows what stands around the source. */
  around: CardElement;
}

/** The answer that the branch approved, marked as such, with the words on which it rests. */
export function standardCard(reader: Reader, shown: Shown): Card {
  const say = words[reader.locale];
  const { question, place, standard, id: answer, mayPin, near, around } = shown;
  const { source, branch, approvedAt } = standard;
  const { passage, start, text } = source;
  const cites = [{ passage, start, end: start + text.length }];
  const edit = button(say.edit, editStandard.with({ standard: standard.id }), 'default');
  const approved = note(say.approved(branch.name, dayOf(reader, approvedAt)));
  // A quote that is the answer is not read twice.
  const isQuote = standard.answer === text.trim();
  return card(say.head(shorten(question, 50)), 'good', [
    ...(isQuote ? [] : [plain(standard.answer), approved, line]),
    ...sourceElements(reader, source, isQuote || place === 'private' ? 300 : 120),
    ...(isQuote ? [approved] : []),
    buttonRow([around, ...(mayPin ? [edit] : [])]),
    ...markRow(reader, { answer, question, cites, standard: standard.id }),
    ...near,
  ]);
}

function sourceElements(reader: Reader, source: Source, limit: number): CardElement[] {
  const { title, edition, heading, text, isPart } = source;
  const shown = shorten(text, limit);
  const { cite } = words[reader.locale];
  return [
    plain(shown),
    note(
      cite(
        shorten(title, 80),
        editionText(reader, { edition }),
        shorten(heading, 80),
        isPart || shown !== text,
      ),
    ),
  ];
}

/** For a secretary alone: what it will say, and on which of these passages it rests. */
export function draftCard(reader: Reader, draft: Draft): Card {
  const say = words[reader.locale];
  const { question, answer, branches, sources, feedback, replaces } = draft;
  if (sources.length === 0) return slip(say.noSource, [plain(say.noSource), note(say.byWord)]);
  const [first] = sources;
  const name = ({ title, heading }: Source, i: number) =>
    say.source(i + 1, shorten(title, 30), shorten(heading, 40));
  const options = sources.map((each, i) => ({ label: name(each, i), value: valueOf(each) }));
  const isOne = branches.length === 1;
  const saves = branches.slice(0, 4).map((branch, i) => {
    const label = isOne ? say.save : say.saveIn(shorten(branch.name, 20));
    return submit(label, `save_${i}`, saveStandard.with({ branch: branch.id, feedback, replaces }));
  });
  return card(say.write, 'plain', [
    note(say.intro),
    plain(say.choice),
    ...sources.flatMap((each, i) => [note(name(each, i)), plain(shorten(each.text, 120))]),
    form('standard', [
      textBox('question', {
        label: say.question,
        hint: say.questionHint,
        limit: 200,
        value: question,
      }),
      textBox('answer', {
        ...{ label: say.answer, hint: say.answerHint, limit: 1000 },
        value: answer ?? first?.text,
      }),
      note(say.chooseOne),
      select('source', say.choose, options),
      ...saves,
    ]),
    note(say.byWord),
  ]);
}

/** It is stored; how to take it back. */
export function savedCard(reader: Reader, saved: Saved): Card {
  const say = words[reader.locale];
  const { standard } = saved;
  const told = savedLine(reader, saved);
  return card(told, 'good', [
    plain(standard.question),
    plain(standard.answer),
    line,
    ...sourceElements(reader, standard.source, 300),
    note(say.undo(standard.id)),
  ]);
}

const savedLine = ({ locale }: Reader, { standard, isReplaced }: Saved) =>
  words[locale][isReplaced ? 'replaced' : 'saved'](shorten(standard.branch.name, 30));

export const savedToast = (reader: Reader, saved: Saved): Toast => ({
  type: 'success',
  content: savedLine(reader, saved),
});

/** So many fit on a card that people read to its end. */
const mostShown = 8;

/** The standard answers of a branch, each with its buttons, for its secretary alone. */
export function standardsCard(reader: Reader, { search, branches, standards }: StandardList): Card {
  const say = words[reader.locale];
  const names = shorten(branches.map(({ name }) => name).join(say.between), 60);
  const shown = standards.slice(0, mostShown);
  const left = standards.length - shown.length;
  const isNone = standards.length === 0;
  const head =
    search === undefined
      ? isNone
        ? say.none
        : say.count(standards.length)
      : isNone
        ? say.notFound(search)
        : say.found(search, standards.length);
  const isSeveral = branches.length > 1;
  return card(say.list(names), 'plain', [
    plain(head),
    ...shown.flatMap((each) => keptElements(reader, each, { search, isSeveral })),
    ...(left > 0 ? [note(say.more(left))] : []),
    line,
    ...(isNone ? [] : [note(say.how)]),
    note(say.byWord),
  ]);
}

function keptElements(
  reader: Reader,
  kept: KeptStandard,
  { search, isSeveral }: { search?: string; isSeveral: boolean },
): CardElement[] {
  const say = words[reader.locale];
  const { id: standard, branch, title, heading, isRetired, isStale, isSaidStill } = kept;
  const facts = [
    isSeveral ? branch.name : '',
    isRetired ? say.retired : say.approved(branch.name, dayOf(reader, kept.approvedAt)),
  ];
  const list = search === undefined ? {} : { search };
  const press = (change: Change) =>
    button(say.change[change], changeStandard.with({ standard, change, list }), 'default');
  const stale = isSaidStill ? say.staleSaid : say.stale;
  return [
    line,
    plain(say.item(standard, shorten(kept.question, 80))),
    plain(shorten(kept.answer, 160)),
    note(say.cite(shorten(title, 60), '', shorten(heading, 60), false)),
    note(facts.filter(Boolean).join(' · ')),
    ...(isStale && !isRetired ? [plain(stale)] : []),
    buttonRow([
      ...(isStale && isSaidStill && !isRetired ? [press('confirm')] : []),
      button(say.edit, editStandard.with({ standard }), 'default'),
      press(isRetired ? 'restore' : 'retire'),
    ]),
  ];
}

export function changedStandardCard(reader: Reader, changed: ChangedStandard): Card {
  const told = changedToast(reader, changed).content;
  return slip(told, [plain(told), plain(shorten(changed.standard.question, 80))]);
}

export function changedToast(
  { locale }: Reader,
  { standard, change, how }: ChangedStandard,
): Toast {
  const say = how === 'done' ? words[locale].did : words[locale].before;
  return { type: how === 'done' ? 'success' : 'info', content: say[change](standard.id) };
}
