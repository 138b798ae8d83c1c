import { both } from '../../src/bot/both.ts';
import { defineCommand } from '../../src/bot/command.ts';
import { longestTitle } from '../../src/bot/parts/line.ts';
import { maybe } from '../../src/bot/parts/part.ts';
import { text } from '../../src/bot/parts/text.ts';
import { endMark, endTime } from '../../src/bot/parts/time.ts';
import { endIn } from '../../src/bot/times/ends.ts';
import type { WrittenIn } from '../../src/bot/own-words/in-own-words.ts';
import { readTime } from '../../src/bot/times/times.ts';
import { localTime } from '../../src/base/clock.ts';

export const checkinAnswerCommand = defineCommand({
  name: 'checkinAnswer',
  word: both('签到', 'checkin'),
  also: ['打卡'],
  who: 'member',
  does: both('完成进行中的签到', 'answers the open check-in'),
  example: both('签到', 'checkin'),
  filler: /^[了啦][!！。~]*$/,
  inOwnWords: { todo: /^我?(?:要|想|来|帮我|给我)*(?:签个?到|打个?卡)(?:一下)?[吧啊!！。~]*$/ },
  button: { label: both('签到', 'Check in'), does: 'run', look: 'primary' },
  parts: {},
});

/** 签到率, 打卡时间 and 签到怎么用 are about check-ins: what follows is no title. */
const aboutIt =
  /^(?:率|表|簿|本|单|册|处|台|机|记录|情况|制度|时间|地点|方式|方法|流程|人数|人员|名单|结果|统计|功能|规则|要求|数据|截图|的)|发错|错了|怎么|如何|怎样|什么|为何|哪|多少|几|谁|能不能|可以|吗|呢|[?？]/;
/** 签到 怎么用: nobody names a check-in so. */
const asksHow =
  /^(?:怎么|怎样|如何)(?:用|弄|办|做|操作|发起|设置|签到?|打卡)?[?？]?$|^[吗呢][?？]?$/;

/** 帮我发起一个主题党日的签到，周三下午五点半截止: its title where one is said, and its end. */
function checkinRest(text: string, written: WrittenIn): string {
  const end = endIn(text, written);
  const rest = end.is === 'read' ? end.rest : text;
  const named = /[「《“"]([^」》”"]{1,60})[」》”"]/.exec(rest)?.[1];
  const about =
    /(?:关于|针对)\s*(.{1,30}?)的?(?:签到|打卡)/.exec(rest)?.[1] ??
    /(?:一?[个次下轮份])\s*(.{2,30}?)的?(?:签到|打卡)/.exec(rest)?.[1];
  const title =
    (named ?? about ?? '').replace(/^[的\s]+|[的\s]+$/g, '') ||
    checkinOpenCommand.word[written.locale];
  const read = end.is === 'read' ? readTime(end.said, written) : undefined;
  const time = read?.ok ? localTime(read.instant, written.zone) : undefined;
  // An end that could not be read is kept, so that it is refused and not lost.
  const by = time ?? (end.is === 'unreadable' ? end.said : undefined);
  return by === undefined ? title : `${title} ${endMark[written.locale]} ${by}`;
}

export const checkinOpenCommand = defineCommand({
  name: 'checkinOpen',
  word: both('签到', 'checkin'),
  also: ['打卡'],
  after: 'checkinAnswer',
  who: 'secretary',
  does: both('发起签到，群里出一张卡片', 'opens a check-in: one card in the group'),
  example: both('签到 主题党日学习 截止 明天 18:00', 'checkin Theme day study by tomorrow 18:00'),
  glued: (rest) => !aboutIt.test(rest),
  inOwnWords: {
    todo: /(?:发起|发布|发|搞|弄|来|开|组织|安排|建|做|整|新建|创建)(?:一?[个次下轮份]|起)?.{0,20}?(?:签到|打卡)(?!.{0,4}(?:名单|表|记录|情况|提醒))|^(?:请|让|叫)大家(?:签到|打卡)[吧!！。~]*$|(?:open|start|create|set up)\b.{0,30}check-?in/i,
    rest: checkinRest,
  },
  button: { label: both('发起签到', 'Open a check-in'), does: 'show' },
  parts: {
    title: text(both('标题', 'title'), {
      limit: longestTitle,
      unless: (title) => asksHow.test(title),
    }),
    by: maybe(endTime()),
  },
});
