import { both } from '../../src/bot/both.ts';
import { defineCommand } from '../../src/bot/command.ts';
import { longestTitle, refuse } from '../../src/bot/parts/line.ts';
import { marked } from '../../src/bot/parts/marked.ts';
import { oneOf } from '../../src/bot/parts/one-of.ts';
import { maybe } from '../../src/bot/parts/part.ts';
import { round } from '../../src/bot/parts/round.ts';
import { text } from '../../src/bot/parts/text.ts';
import { endTime, time } from '../../src/bot/parts/time.ts';
import { longestAnswer } from '../../src/base/text.ts';

/** The number that a text names: 把3号签到关掉. */
const numbered = (text: string) =>
  /(?:#|编号)?\s*(\d{1,9})\s*号?(?![\d月日年点分:个次])/.exec(text)?.[1];

export const answerCommand = defineCommand({
  name: 'answer',
  word: both('答', 'answer'),
  who: 'member',
  does: both('按编号完成', 'answers by number'),
  example: both('答 12', 'answer 12'),
  // A title of digits alone says nothing; whoever writes 签到 12 means the card that shows #12.
  behind: { command: 'checkinAnswer', like: /^#?\s*\d{1,9}[.。!！]?$/ },
  parts: {
    round: round(),
    text: maybe(text(both('内容', 'text'), { limit: longestAnswer, lines: true })),
  },
});

export const statusCommand = defineCommand({
  name: 'status',
  word: both('进度', 'status'),
  who: 'secretary',
  does: both(
    '看完成人数，私聊里还能看名单',
    'how many have answered; in private also who is missing',
  ),
  example: both('进度 12', 'status 12'),
  button: { label: both('看进度', 'Status'), does: 'run' },
  inOwnWords: {
    toSee:
      /^(?!.*(?:催|提醒))(?:.*?(?:(?:谁|哪些人|哪几个人?|还有谁|有谁|都有谁|还差谁).{0,6}(?:没|未).{0,4}(?:签|打卡|交|完成|答|做|填|参加|回复|来)|(?:没|未)(?:签到?|打卡|完成|答题?|交).{0,3}(?:的)?(?:人|名单|有谁|是谁|都是谁)|(?:签到|打卡|完成|答题|测验)(?:的)?(?:情况|进度)(?:怎么样|如何|咋样)?[了?？]*$|(?:多少|几个)人.{0,4}(?:签到|打卡|完成|答完)|(?:签到|打卡|完成|答题)了?(?:多少|几个)人|(?:看一?下?)?进度(?:怎么样|如何|到哪|咋样)?了?[?？]*$|who (?:has ?n.t|is missing|did not|didn.t)))/i,
  },
  parts: { round: maybe(round()) },
});

export const closeCommand = defineCommand({
  name: 'close',
  word: both('结束', 'close'),
  who: 'secretary',
  does: both('现在就结束', 'closes it now'),
  example: both('结束 12', 'close 12'),
  inOwnWords: {
    todo: /(?:结束|关掉|关闭|关了|停掉|停止)(?:掉|了)?(?:这个?|那个?|本次|刚才的?)?.{0,6}(?:签到|打卡|测验|会议|问卷)|(?:把|将).{0,10}(?:签到|打卡|测验|问卷)(?:给|都)?(?:结束|关掉|关闭|关了|停了)/,
    rest: numbered,
  },
  parts: { round: round() },
});

export const recallCommand = defineCommand({
  name: 'recall',
  word: both('撤回', 'recall'),
  who: 'secretary',
  does: both('撤回，不再计数', 'takes it back'),
  example: both('撤回 12', 'recall 12'),
  inOwnWords: {
    todo: /(?:撤回|撤销|撤掉|作废|收回|取消(?!签到|打卡))(?:掉|了)?(?:这个?|那个?|刚才的?|刚发的?)?.{0,6}(?:签到|打卡|测验|会议|通知|问卷)|(?:签到|打卡|测验|会议|通知)(?:发错了|(?:给)?(?:撤回|撤了|撤掉))/,
    rest: numbered,
  },
  parts: { round: round() },
});

const dots = both('…', '…');

/** `改 12 标题 …`, `截止 …` and the like; the end may be changed beside one of the others. */
const changes = oneOf(
  {
    title: marked(
      both('标题', 'title'),
      text(both('标题', 'title'), { limit: longestTitle, usage: dots }),
    ),
    by: endTime(),
    time: marked(both('时间', 'time'), time({ needsClock: true })),
    at: marked(
      both('地点', 'at'),
      text(both('地点', 'place'), { limit: longestTitle, usage: dots }),
    ),
    agenda: marked(
      both('议题', 'agenda'),
      text(both('议题', 'agenda'), { limit: longestAnswer, lines: true, usage: dots }),
    ),
  },
  {
    asked: both('要改的内容', 'what to change'),
    missing(line) {
      if (line.text) refuse('PART_UNREADABLE', { part: 'change' });
    },
  },
);

export const editCommand = defineCommand({
  name: 'edit',
  word: both('改', 'edit'),
  who: 'secretary',
  does: both(
    '改标题、时间、地点或议题，并告诉大家',
    'changes title, time, place or agenda and tells everyone',
  ),
  example: both('改 12 截止 明天 18:00', 'edit 12 by tomorrow 18:00'),
  isEveryday: true,
  inOwnWords: {
    todo: /(?:改到|改成|改为|推迟到?|提前到|延期到?|延长到)|^(?:把|将)?.{0,10}(?:改|换)(?:一下)?(?:时间|地点|标题|议题|截止)/,
    rest: numbered,
  },
  parts: { round: round({ then: /^(?:标题|截止|时间|地点|议题)/ }), change: changes },
});
