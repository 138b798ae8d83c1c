import { both } from '../../src/bot/both.ts';
import { defineCommand } from '../../src/bot/command.ts';
import { longestTitle } from '../../src/bot/parts/line.ts';
import { maybe } from '../../src/bot/parts/part.ts';
import { text } from '../../src/bot/parts/text.ts';
import { endTime } from '../../src/bot/parts/time.ts';

export const checkinAnswerCommand = defineCommand({
  name: 'checkinAnswer',
  word: both('签到', 'checkin'),
  also: ['打卡'],
  who: 'member',
  does: both('完成进行中的签到', 'answers the open check-in'),
  example: both('签到', 'checkin'),
  filler: /^[了啦][!！。~]*$/,
  button: { label: both('签到', 'Check in'), does: 'run', look: 'primary' },
  parts: {},
});

/** 签到率, 打卡时间 and 签到怎么用 are about check-ins: what follows is no title. */
const aboutIt =
  /^(?:率|表|簿|本|单|册|处|台|机|记录|情况|制度|时间|地点|方式|方法|流程|人数|人员|名单|结果|统计|功能|规则|要求|数据|截图|的)|怎么|如何|怎样|什么|为何|哪|多少|几|谁|能不能|可以|吗|呢|[?？]/;
/** 签到 怎么用: nobody names a check-in so. */
const asksHow =
  /^(?:怎么|怎样|如何)(?:用|弄|办|做|操作|发起|设置|签到?|打卡)?[?？]?$|^[吗呢][?？]?$/;

export const checkinOpenCommand = defineCommand({
  name: 'checkinOpen',
  word: both('签到', 'checkin'),
  also: ['打卡'],
  after: 'checkinAnswer',
  who: 'secretary',
  does: both('发起签到，群里出一张卡片', 'opens a check-in: one card in the group'),
  example: both('签到 主题党日学习 截止 明天 18:00', 'checkin Theme day study by tomorrow 18:00'),
  glued: (rest) => !aboutIt.test(rest),
  button: { label: both('发起签到', 'Open a check-in'), does: 'show' },
  parts: {
    title: text(both('标题', 'title'), {
      limit: longestTitle,
      unless: (title) => asksHow.test(title),
    }),
    by: maybe(endTime()),
  },
});
