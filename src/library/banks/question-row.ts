import { oneLine } from '../../base/text.ts';
import type { Question, QuestionKind, RowFaultCode } from '../types.ts';

/** A question as it stands in a file, not checked yet. */
export interface RawRow {
  row: number;
  kind: string;
  text: string;
  options: string[];
  answer: string;
  explanation?: string;
  source?: string;
  tags?: string;
}
type QuestionFault = { code: RowFaultCode; said: string };
type Checked<T> = { ok: T } | { fault: QuestionFault };

const faultOf = (code: RowFaultCode, said = ''): { fault: QuestionFault } => ({
  fault: { code, said: [...oneLine(said)].slice(0, 40).join('') },
});

const kinds: Readonly<Record<string, QuestionKind>> = {
  单选: 'single',
  单项选择: 'single',
  多选: 'multiple',
  多项选择: 'multiple',
  判断: 'truth',
  single: 'single',
  multiple: 'multiple',
  truefalse: 'truth',
};
/** What people write for right and wrong. */
const truths = ['对', '正确', '√', '✓', '✔', '是', 'T', 'TRUE', 'Y', 'YES'];
const lies = ['错', '错误', '×', '✗', '✘', '否', 'F', 'FALSE', 'N', 'NO', 'X'];

/** The letters of options, as many as a sheet has columns for. */
export const letters = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
const longest = { text: 1000, option: 300, explanation: 2000, source: 200, tag: 30 };
const mostTags = 10;

/** The question in a row, or the first fault in it. */
export function readRow(raw: RawRow): Checked<Question> {
  const kind = kinds[plainLetters(raw.kind).toLowerCase().replace(/题$/, '')];
  const text = oneLine(raw.text);
  if (!kind) return faultOf('kind', raw.kind);
  if (!text) return faultOf('no-text');
  const options = kind === 'truth' ? { ok: [] } : readOptions(raw.options);
  if ('fault' in options) return options;
  const answer = readAnswer(kind, raw, options.ok);
  if ('fault' in answer) return answer;
  const [explanation, source] = [oneLine(raw.explanation ?? ''), oneLine(raw.source ?? '')];
  const tags = readTags(raw.tags ?? '');
  const long = tooLong({ text, explanation, source }, options.ok, tags);
  if (long !== undefined) return faultOf('too-long', long);
  return { ok: { kind, text, options: options.ok, answer: answer.ok, explanation, source, tags } };
}

function readOptions(written: string[]): Checked<string[]> {
  const options = written.map(oneLine);
  while (options.at(-1) === '') options.pop();
  if (options.length < 2) return faultOf('few-options');
  if (options.length > letters.length) return faultOf('many-options');
  const gap = options.indexOf('');
  if (gap >= 0) return faultOf('option-gap', letters[gap]);
  const repeated = options.find((each, i) => options.indexOf(each) < i);
  return repeated === undefined ? { ok: options } : faultOf('same-options', repeated);
}

function readAnswer(kind: QuestionKind, raw: RawRow, options: string[]): Checked<number[]> {
  const said = oneLine(raw.answer);
  if (!said) return faultOf('no-answer');
  if (kind === 'truth') return readTruth(said, raw.options.map(oneLine));
  const picked = readLetters(said);
  if (!picked) return faultOf('answer', said);
  if (picked.some((place) => place >= options.length)) return faultOf('not-an-option', said);
  if (kind === 'single' && picked.length > 1) return faultOf('one-answer', said);
  if (kind === 'multiple' && picked.length < 2) return faultOf('several-answers', said);
  return { ok: picked };
}

/** Reads `对`, `√` or `T`; also a letter, where an option of the row says what it stands for. */
function readTruth(said: string, options: string[]): Checked<number[]> {
  const word = plainLetters(said);
  const option = options[letters.findIndex((letter) => letter === word)];
  const meant = option ? plainLetters(option) : word;
  if (truths.includes(meant)) return { ok: [0] };
  return lies.includes(meant) ? { ok: [1] } : faultOf('answer', said);
}

/** `ABD`, `a,b,d`, `ＡＢ、Ｄ`, `DBA`: places from 0, in order and once; undefined where it is none. */
export function readLetters(said: string): number[] | undefined {
  const word = plainLetters(said);
  if (!/^[A-Z]+$/.test(word)) return undefined;
  const places = new Set([...word].map((letter) => letter.charCodeAt(0) - 65));
  return [...places].sort((a, b) => a - b);
}

/** The text in half-width capitals, without separators. */
function plainLetters(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s,、;|/.。&+-]+/g, '');
}

function readTags(written: string): string[] {
  const tags = oneLine(written).split(/[,，、;；|\s]+/);
  return [...new Set(tags.filter(Boolean))].slice(0, mostTags);
}

/** The first part that is longer than a card can show. */
function tooLong(
  parts: { text: string; explanation: string; source: string },
  options: string[],
  tags: string[],
): string | undefined {
  const of = (limit: number) => (part: string) => [...part].length > limit;
  if (of(longest.text)(parts.text)) return parts.text;
  if (of(longest.explanation)(parts.explanation)) return parts.explanation;
  if (of(longest.source)(parts.source)) return parts.source;
  return options.find(of(longest.option)) ?? tags.find(of(longest.tag));
}
