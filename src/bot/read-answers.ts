import type { FeedbackId, StandardId } from '../ids.ts';
import type { PartsOf } from './commands.ts';
import { absent, longestTitle, refuse, shortText, type Absent, type Line } from './parts.ts';
import { halfWidth, lengthOf, oneLine } from './text.ts';

const numbered = /^#?\s*(\d{1,9})号?[.。!！]?$/;

/** `反馈`, `反馈 处理完 3`; anything else is a question. */
export function readFeedback(line: Line): PartsOf['feedback'] | Absent {
  const read = oneLine(halfWidth(line.text));
  if (!read) return { does: 'list' };
  const found = /^(?:处理完|处理|完成|done)(?=$|[\s:#\d])[\s:]*(.*)$/i.exec(read);
  if (!found) return absent;
  return { does: 'finish', which: numberIn(found[1] ?? '') as FeedbackId };
}

function numberIn(text: string): number {
  const number = numbered.exec(text)?.[1];
  if (number) return Number(number);
  return refuse(text ? 'PART_UNREADABLE' : 'PART_MISSING', {
    part: 'number',
    said: text.slice(0, 30),
  });
}

const verbs = [
  { does: 'retire', like: /^(?:停用|retire)(?=$|[\s:#\d])[\s:]*(.*)$/i },
  { does: 'restore', like: /^(?:恢复|restore)(?=$|[\s:#\d])[\s:]*(.*)$/i },
  { does: 'confirm', like: /^(?:核对|confirm)(?=$|[\s:#\d])[\s:]*(.*)$/i },
] as const;

const marker = /(?:^|(?<=[\s,;。.]))(问题|问|答案|答|出处|question|answer|source)\s*:\s*/giu;
const partOf: Readonly<Record<string, 'question' | 'answer' | 'source'>> = {
  问题: 'question',
  问: 'question',
  question: 'question',
  答案: 'answer',
  答: 'answer',
  answer: 'answer',
  出处: 'source',
  source: 'source',
};
export const longestStandard = 1000;
const longestSearch = 20;
/** Nobody looks for an answer with these: the words ask something, or were said to somebody. */
const isTalk =
  /怎么|怎样|如何|什么|哪|多少|谁|为何|是否|[吗呢吧]$|[我你您他她请]|^(?:是|的)|[?？!！。，；]|\b(?:where|how|what|which|who|when|please|i|you|we|are|is|do|does|can|of|for|the)\b/iu;

/** `标准答案`, `标准答案 关键词`, `标准答案 停用 3`, `标准答案 问题：… 答案：… 出处：…`; anything else is a question. */
export function readStandard(line: Line): PartsOf['standard'] | Absent {
  const read = oneLine(halfWidth(line.text));
  for (const { does, like } of verbs) {
    const found = like.exec(read);
    if (found && !/^(?:怎么|如何|怎样|什么)/.test(found[1] ?? ''))
      return { does, which: numberIn(found[1] ?? '') as StandardId };
  }
  const written = writtenIn(line.text);
  if (written) return written;
  if (isTalk.test(read) || lengthOf(read) > longestSearch) return absent;
  return read ? { does: 'list', search: read } : { does: 'list' };
}

const partNamed = ([, name = '']: RegExpExecArray) => partOf[name.toLowerCase()];

/** 问 and 答 stand in answers too: what names a part once more is the text of the part before it. */
const firstOfEach = (found: RegExpExecArray[]) =>
  found.filter(
    (each, i) => !found.slice(0, i).some((other) => partNamed(other) === partNamed(each)),
  );

/** The three parts, each named and followed by a colon, in any order. */
function writtenIn(text: string): PartsOf['standard'] | undefined {
  const found = firstOfEach([...halfWidth(text).matchAll(marker)]);
  if (found.length === 0 || found[0]?.index !== 0) return undefined;
  const parts = { question: '', answer: '', source: '' };
  found.forEach((each, i) => {
    const name = partNamed(each);
    const value = text.slice(each.index + each[0].length, found[i + 1]?.index);
    if (name) parts[name] = value.trim().replace(/[,，;；]$/u, '');
  });
  for (const [part, value] of Object.entries(parts)) if (!value) refuse('PART_MISSING', { part });
  const { question, answer, source } = parts;
  if (lengthOf(answer) > longestStandard) refuse('TEXT_TOO_LONG', { limit: longestStandard });
  return {
    does: 'write',
    question: shortText(question, 200),
    answer,
    source: shortText(source, longestTitle),
  };
}
