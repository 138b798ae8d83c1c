import { longestAnswer } from '../line.ts';
import type { MeetingType, PartsOf } from './commands.ts';
import {
  absent,
  longestTime,
  longestTitle,
  longText,
  refuse,
  shortText,
  splitAt,
  timeAhead,
  type Absent,
  type Line,
} from './parts.ts';
import { looksLikeTime, readTime } from './times.ts';
import { halfWidth } from './text.ts';

/** The names of the meetings, the two languages equal; behind them other words for the same. */
export const meetingTypes: Record<MeetingType, readonly [zh: string, en: string, ...string[]]> = {
  general: ['党员大会', 'general', '支部党员大会', '支部大会'],
  committee: ['支委会', 'committee', '支部委员会', '支部委员会会议'],
  group: ['党小组会', 'group'],
  lecture: ['党课', 'lecture'],
  themeday: ['主题党日', 'themeday', '主题党日活动'],
  orglife: ['组织生活会', 'orglife'],
  review: ['民主评议', 'review', '民主评议党员'],
  theory: ['中心组学习', 'theory'],
  study: ['集中学习', 'study'],
};

/** The type and the time are needed; a type with a time that is wrong is plain intent and is refused. */
export function readMeeting(line: Line): PartsOf['meeting'] | Absent {
  const found = typeThen(line.text);
  if (!found) return isTimed(line.text) ? refuse('MEETING_TYPE') : absent;
  if (!found.rest) refuse('PART_MISSING', { part: 'time' });
  const marked = splitAt(found.rest, ['地点', 'at', '议题', 'agenda']);
  const ends = [found.rest.length, ...marked.map(({ start }) => start).reverse()];
  const heads = ends
    .filter((end, i) => end <= longestTime || i === ends.length - 1)
    .map((end) => found.rest.slice(0, end).replace(/[\s,，;；]+$/, ''));
  // `tomorrow at 10:00 at Room 301`: the longest beginning that is a time is the time.
  const isTime = (head: string) => readTime(head, line.written).ok;
  const head = heads.find(isTime) ?? heads.at(-1) ?? '';
  if (!isTime(head) && !looksLikeTime(head)) return absent;
  const time = timeAhead(head, line, { needsClock: true });
  const after = marked.filter(({ start }) => start >= head.length);
  const value = (...names: string[]) =>
    after.find(({ marker }) => names.includes(marker))?.value ?? '';
  const at = shortText(value('地点', 'at'), longestTitle) || undefined;
  return { type: found.type, time, at, agenda: longText(value('议题', 'agenda'), longestAnswer) };
}

/** A time stands where the type should be, or right behind a word that is none: plainly a meeting is meant. */
const isTimed = (text: string) => looksLikeTime(text) || looksLikeTime(text.replace(/^\S+\s*/, ''));

function typeThen(text: string): { type: MeetingType; rest: string } | undefined {
  const [word = ''] = /^\S+/.exec(halfWidth(text).toLowerCase()) ?? [];
  for (const type of Object.keys(meetingTypes) as MeetingType[]) {
    const name = meetingTypes[type].find((each) => each === word || isGlued(each, text));
    if (name) return { type, rest: text.slice(name.length).trim() };
  }
  return undefined;
}

const isGlued = (name: string, text: string) =>
  /\P{ASCII}/u.test(name) && text.startsWith(name) && looksLikeTime(text.slice(name.length));
