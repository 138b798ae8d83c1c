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
import { looksLikeTime } from '../../src/bot/times/times.ts';
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
  const types: readonly Option[] = Object.values(meetingTypes);
  const words = types
    .flatMap((each) => [...Object.values(each.word), ...(each.also ?? [])])
    .sort((one, other) => other.length - one.length);
  const word = words.find((each) => plain.toLowerCase().includes(each.toLowerCase()));
  const at = word === undefined ? -1 : plain.toLowerCase().indexOf(word.toLowerCase());
  const others = word === undefined ? '' : `${plain.slice(0, at)} ${plain.slice(at + word.length)}`;
  const time = others.trim().replace(around, '').trim();
  const isSwapped = at > 0 && looksLikeTime(time);
  const text = isSwapped ? `${word ?? ''} ${time}` : plain;
  return { ...line, text: `${text} ${rest.text}`.trim() };
}
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
  parts: { round: round() },
});

const why = text(both('原因', 'why'), { limit: longestReason });

export const notGoingCommand = defineCommand({
  name: 'notgoing',
  word: both('不参加', 'notgoing'),
  who: 'member',
  does: both('说明不参加', 'declines an invitation'),
  example: both('不参加 12 出差', 'notgoing 12 travelling'),
  parts: { round: round(), why: maybe(why) },
});

export const hereCommand = defineCommand({
  name: 'here',
  word: both('到', 'here'),
  who: 'member',
  does: both('会议签到', 'signs in at a meeting'),
  example: both('到 12', 'here 12'),
  isEveryday: true,
  parts: { round: round() },
});
