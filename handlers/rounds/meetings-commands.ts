import { meetingTypes } from '../../cards/rounds/meetings-types.ts';
import { both } from '../../src/bot/both.ts';
import { defineCommand } from '../../src/bot/command.ts';
import { choice } from '../../src/bot/parts/choice.ts';
import {
  beforeMarks,
  longestReason,
  longestTitle,
  refuse,
  type Line,
} from '../../src/bot/parts/line.ts';
import { rangeEnd } from '../../src/bot/parts/clock.ts';
import { marked } from '../../src/bot/parts/marked.ts';
import { maybe, type Option } from '../../src/bot/parts/part.ts';
import { round } from '../../src/bot/parts/round.ts';
import { text } from '../../src/bot/parts/text.ts';
import { time } from '../../src/bot/parts/time.ts';
import type { WrittenIn } from '../../src/bot/own-words/in-own-words.ts';
import { looksLikeTime, readTime, type Written } from '../../src/bot/times/times.ts';
import { localTime } from '../../src/base/clock.ts';
import { longestAnswer } from '../../src/base/text.ts';

/** A time stands where the type should be, or right behind a word that is none: plainly a meeting is meant. */
const isTimed = (text: string) => looksLikeTime(text) || looksLikeTime(text.replace(/^\S+\s*/, ''));

const type = choice(both('类型', 'type'), meetingTypes, {
  usage: both('类型', 'TYPE'),
  glued: looksLikeTime,
  missing(line) {
    if (isTimed(line.text)) refuse('MEETING_TYPE');
  },
});

/** Words that may stand before the time and the type, and say nothing of their own. */
const label = /(?:^|(?<=[\s,，;；]))(?:时间|类型|time|type)\s*[:：]\s*/gi;
const around = /^[\s,，;；的]*(?:召?开)?\s*|[\s,，;；的]+(?:召?开)?$|召?开$/g;

/** The time may stand before the type: 明天下午两点半开支委会. */
function typeFirst(line: Line): Line {
  const { head, rest } = beforeMarks({ ...line, marks: furtherMarks });
  const plain = head.replace(label, '').trim();
  const swapped = (word: string) => {
    const at = plain.toLowerCase().indexOf(word.toLowerCase());
    const others = `${plain.slice(0, at)} ${plain.slice(at + word.length)}`;
    const time = others.trim().replace(around, '').trim();
    return at > 0 && looksLikeTime(time) ? `${word} ${time}` : undefined;
  };
  const word = typeWordIn(plain);
  const text = (word && swapped(word)) ?? plain;
  return { ...line, text: `${text} ${rest.text}`.trim() };
}

const types: readonly Option[] = Object.values(meetingTypes);
const typeWords = types
  .flatMap(({ word, also = [] }) => [...Object.values(word), ...also])
  .sort((one, other) => other.length - one.length);

/** The longest word for a type that stands somewhere in a text. */
const typeWordIn = (text: string): string | undefined =>
  typeWords.find((word) => text.toLowerCase().includes(word.toLowerCase()));

/** 通知：明天下午两点半在三楼开支委会: the type, the time and the place as far as they are said. */
function meetingRest(text: string, written: WrittenIn): string {
  const plain = text.replace(/^.{0,10}?通知(?:一下|大家)*[\s:,，]*/, '');
  const said = timeWithin(plain, written);
  const read = said === undefined ? undefined : readTime(said, written);
  // An offer may be confirmed on another day: it names the moment that was meant.
  const time = read?.ok ? localTime(read.instant, written.zone) : undefined;
  const place =
    /(?:在|地点[\s:]*)\s*([^,，。;；\s]{2,20}?)(?=召开|开会|开|举行|集合|[,，。;；\s]|$)/.exec(
      said === undefined ? plain : plain.replace(said, ' '),
    )?.[1];
  const at = place && `${placeMark[written.locale]} ${place}`;
  return [typeWordIn(text), time, at].filter(Boolean).join(' ');
}

/** The longest piece of a text that is a time. */
function timeWithin(text: string, written: Written): string | undefined {
  for (let length = Math.min(text.length, 24); length > 1; length -= 1)
    for (let start = 0; start + length <= text.length; start += 1) {
      const piece = text.slice(start, start + length);
      const isWhole = !/^[楼层号室]/.test(text.slice(start + length));
      if (/^[\s,，。;；、]|[\s,，。;；、]$/.test(piece) || !isWhole) continue;
      const read = readTime(piece, written);
      if (read.ok && !read.dateOnly) return piece;
    }
  return undefined;
}

const placeMark = both('地点', 'at');
const furtherMarks = ['地点', 'at', '议题', 'agenda'];

const place = text(both('地点', 'place'), { limit: longestTitle, usage: both('…', '…') });
const agenda = text(both('议题', 'agenda'), {
  limit: longestAnswer,
  lines: true,
  usage: both('…；…', '…'),
});

export const meetingCommand = defineCommand({
  name: 'meeting',
  word: both('会议', 'meeting'),
  who: 'secretary',
  does: both('通知会议', 'announces a meeting'),
  example: both(
    '会议 支委会 明天 10:00 地点 会议室',
    'meeting committee tomorrow 10:00 at Room 301',
  ),
  glued: (rest) => /^\P{ASCII}/u.test(rest),
  prepare: typeFirst,
  inOwnWords: {
    todo: /(?:通知|发|安排|定|开|召开|召集|组织|约|预定|announce|schedule|call).{0,40}(?:党员大会|支委会|支部委员会|支部大会|党小组会|党课|主题党日|组织生活会|民主评议|中心组学习|集中学习|会议|个会|开会|meeting)/i,
    rest: meetingRest,
  },
  parts: {
    type,
    time: time({ needsClock: true }),
    until: maybe(rangeEnd()),
    at: maybe(marked(both('地点', 'at'), place)),
    agenda: maybe(marked(both('议题', 'agenda'), agenda, { joins: '\n' })),
  },
});

export const goingCommand = defineCommand({
  name: 'going',
  word: both('参加', 'going'),
  who: 'member',
  does: both('答应参加', 'accepts an invitation'),
  example: both('参加 12', 'going 12'),
  inOwnWords: {
    ofSelf: /^我?(?:会|要|能|可以|一定|肯定)*(?:参加|到场|出席|准时到)(?:的|会议|了)?[!！。~]*$/,
  },
  parts: { round: round() },
});

const why = text(both('原因', 'why'), { limit: longestReason });

export const notGoingCommand = defineCommand({
  name: 'notgoing',
  word: both('不参加', 'notgoing'),
  who: 'member',
  does: both('说明不参加', 'declines an invitation'),
  example: both('不参加 12 出差', 'notgoing 12 travelling'),
  inOwnWords: {
    ofSelf:
      /^我?(?:去|来|参加|到)不了(?:会议|了)?[!！。~]*$|^我?不(?:能)?(?:参加|去|来)了?[!！。~]*$/,
  },
  parts: { round: round(), why: maybe(why) },
});

export const hereCommand = defineCommand({
  name: 'here',
  word: both('到', 'here'),
  who: 'member',
  does: both('会议签到', 'signs in at a meeting'),
  example: both('到 12', 'here 12'),
  isEveryday: true,
  inOwnWords: {
    ofSelf: /^我?(?:已经|人)?(?:到了|到场了|到会了|在现场了?)[!！。~]*$|^i(?:'m| am) here$/i,
  },
  parts: { round: round() },
});
