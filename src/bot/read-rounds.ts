import { longestAnswer } from '../line.ts';
import { halfWidth } from './text.ts';
import type { PartsOf } from './commands.ts';
import {
  absent,
  endTime,
  longestName,
  longestReason,
  longestTitle,
  longText,
  refuse,
  roundThen,
  shortText,
  splitAt,
  textAndEnd,
  timeAhead,
  withText,
  type Absent,
  type Line,
} from './parts.ts';

export function readBind(line: Line): PartsOf['bind'] | Absent {
  // No branch is called 怎么操作: the words of a question are not a name.
  if (!line.text || /怎么|如何|怎样|什么|为什么|哪|吗[?？]?$|[?？]$/.test(line.text)) return absent;
  return { name: shortText(line.text.replace(/[。!！]+$/, ''), longestName) };
}

/** 签到 怎么用: nobody names a check-in so. */
const asksHow =
  /^(?:怎么|怎样|如何)(?:用|弄|办|做|操作|发起|设置|签到?|打卡)?[?？]?$|^[吗呢][?？]?$/;

export function readCheckinOpen(line: Line): PartsOf['checkinOpen'] | Absent {
  if (asksHow.test(line.text)) return absent;
  const read = textAndEnd(line, longestTitle);
  return read === absent ? absent : { title: read.text, by: read.by };
}

export function readSurvey(line: Line): PartsOf['survey'] | Absent {
  const read = textAndEnd(line, longestTitle);
  return read === absent ? absent : { name: read.text, by: read.by };
}

export function readAnswer(line: Line): PartsOf['answer'] | Absent {
  const read = roundThen(line);
  if (read === absent) return absent;
  return { round: read.round, text: longText(read.rest.text, longestAnswer) };
}

export function readLeave(line: Line): PartsOf['leave'] | Absent {
  const read = roundThen(line);
  if (read === absent) return absent;
  return { round: read.round, why: shortText(read.rest.text, longestReason) || undefined };
}

export function readQuiz(line: Line): PartsOf['quiz'] | Absent {
  const { rest, by } = endTime(line);
  const found = /(?:^|\s)(\d{1,9})\s*(?:道?题|questions?)?(?=\s|$)/i.exec(halfWidth(rest.text));
  const count = found ? Number(found[1]) : undefined;
  if (count === 0 || (count ?? 1) > 100) refuse('PART_UNREADABLE', { part: 'count' });
  const [start, end] = found ? [found.index, found.index + found[0].length] : [0, 0];
  const bank = `${rest.text.slice(0, start)} ${rest.text.slice(end)}`;
  return { bank: shortText(bank, longestTitle) || undefined, count, by };
}

const fields = {
  title: ['标题', 'title'],
  time: ['时间', 'time'],
  at: ['地点', 'at'],
  agenda: ['议题', 'agenda'],
} as const;

/** `12标题 …`: what is to be changed, right behind the number. */
const numberThenField = /^#?\s*\d{1,9}号?(?=标题|截止|时间|地点|议题)/;

function apart(line: Line): Line {
  const end = numberThenField.exec(halfWidth(line.text))?.[0].length ?? 0;
  return withText(line, `${line.text.slice(0, end)} ${line.text.slice(end)}`);
}

/** `改 12 标题 …`, `截止 …` and the like. Title and end may be changed in one go. */
export function readEdit(line: Line): PartsOf['edit'] | Absent {
  const read = roundThen(apart(line));
  if (read === absent) return absent;
  if (!read.rest.text) refuse('PART_MISSING', { part: 'change' });
  const { rest, by } = endTime(read.rest);
  if (!rest.text) return { round: read.round, by };
  const [field, ...more] = splitAt(rest.text, Object.values(fields).flat());
  const name = nameOf(field?.marker);
  if (!field || !name || field.start > 0) return refuse('PART_UNREADABLE', { part: 'change' });
  const value = more.length > 0 ? rest.text.slice(lengthOfMarker(rest.text)) : field.value;
  if (!value) refuse('PART_MISSING', { part: name });
  const { round } = read;
  if (name === 'time') return { round, by, time: timeAhead(value, line, { needsClock: true }) };
  if (name === 'agenda') return { round, by, agenda: longText(value, longestAnswer) };
  return { round, by, [name]: shortText(value, longestTitle) };
}

const lengthOfMarker = (text: string) => /^\S+[\s:：]*/.exec(text)?.[0].length ?? 0;

function nameOf(marker = ''): keyof typeof fields | undefined {
  const names = Object.keys(fields) as (keyof typeof fields)[];
  return names.find((name) => (fields[name] as readonly string[]).includes(marker));
}
