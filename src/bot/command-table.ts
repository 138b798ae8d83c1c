import type { CommandName, PartsOf } from './commands.ts';
import { maybeRound, nothing, onePerson, onlyRound, type Absent, type Line } from './parts.ts';
import { readFeedback, readStandard } from './read-answers.ts';
import { readDocs } from './read-docs.ts';
import { readMeeting } from './read-meeting.ts';
import {
  readDaily,
  readExport,
  readLedger,
  readPrivacy,
  readQuiet,
  readStudy,
} from './read-own.ts';
import {
  readAnswer,
  readBind,
  readCheckinOpen,
  readEdit,
  readLeave,
  readQuiz,
  readSurvey,
} from './read-rounds.ts';
import type { Locale } from './talk.ts';

type Both = Readonly<Record<Locale, string>>;

/** One row of the table: how a command is written, who may, and how its parts are read. */
export interface CommandRow<Name extends CommandName = CommandName> {
  word: Both;
  /** Other words for the same. */
  also?: readonly string[];
  /** The word with its parts, the optional ones in brackets. */
  usage: Both;
  example: Both;
  /** `binder`: the group's owner or an administrator. Judged where it is carried out, shown by the help. */
  who: 'all' | 'secretary' | 'binder';
  /** Its capability is there. What is not yet says so plainly and is left out of the help. */
  isThere: boolean;
  /** What may follow the word with no space between, because it then means one thing only. */
  glued?(rest: string): boolean;
  /** Another command's word, where this follows it, is this command: `签到 12` answers round 12. */
  behind?: { words: readonly string[]; like: RegExp };
  /** The word is an everyday one: a text that merely begins with it was hardly meant as the command. */
  isEveryday?: true;
  read(line: Line): PartsOf[Name] | Absent;
}

const both = (zh: string, en: string): Both => ({ 'zh-CN': zh, 'en-US': en });
const number = (rest: string) => /^#?\d/.test(rest);
const mention = (rest: string) => rest.startsWith('@');
/** 签到率, 打卡时间 and 签到怎么用 are about check-ins: what follows is no title. */
const aboutIt =
  /^(?:率|表|簿|本|单|册|处|台|机|记录|情况|制度|时间|地点|方式|方法|流程|人数|人员|名单|结果|统计|功能|规则|要求|数据|截图|的)|怎么|如何|怎样|什么|为何|哪|多少|几|谁|能不能|可以|吗|呢|[?？]/;
const isTitle = (rest: string) => !aboutIt.test(rest);
const like = (form: RegExp) => (rest: string) => form.test(rest);

/** Every command there is, the two languages equal. */
export const commandTable: { readonly [Name in CommandName]: CommandRow<Name> } = {
  help: {
    word: both('帮助', 'help'),
    usage: both('帮助', 'help'),
    example: both('帮助', 'help'),
    who: 'all',
    isThere: true,
    read: nothing,
  },
  bind: {
    word: both('绑定', 'bind'),
    usage: both('绑定 支部名', 'bind NAME'),
    example: both('绑定 第一党支部', 'bind First Branch'),
    who: 'binder',
    isThere: true,
    glued: like(/^[^\s的?？]{1,20}(?:支部|党委|党总支)$/),
    read: readBind,
  },
  secretary: {
    word: both('书记', 'secretary'),
    usage: both('书记 @某人', 'secretary @X'),
    example: both('书记 @王芳', 'secretary @Wang Fang'),
    who: 'secretary',
    isThere: true,
    glued: mention,
    read: onePerson,
  },
  unsecretary: {
    word: both('撤销书记', 'unsecretary'),
    usage: both('撤销书记 @某人', 'unsecretary @X'),
    example: both('撤销书记 @王芳', 'unsecretary @Wang Fang'),
    who: 'secretary',
    isThere: true,
    glued: mention,
    read: onePerson,
  },
  checkinAnswer: {
    word: both('签到', 'checkin'),
    also: ['打卡'],
    usage: both('签到', 'checkin'),
    example: both('签到', 'checkin'),
    who: 'all',
    isThere: true,
    glued: like(/^[了啦][!！。~]*$/),
    read: (line) => nothing({ ...line, text: line.text.replace(/^[了啦][!！。~]*$/, '') }),
  },
  checkinOpen: {
    word: both('签到', 'checkin'),
    also: ['打卡'],
    usage: both('签到 标题 [截止 时间]', 'checkin TITLE [by TIME]'),
    example: both('签到 主题党日学习 截止 明天 18:00', 'checkin Theme day study by tomorrow 18:00'),
    who: 'secretary',
    isThere: true,
    glued: isTitle,
    read: readCheckinOpen,
  },
  answer: {
    word: both('答', 'answer'),
    usage: both('答 编号 [内容]', 'answer ID [TEXT]'),
    example: both('答 12', 'answer 12'),
    who: 'all',
    isThere: true,
    glued: number,
    // A title of digits alone says nothing; whoever writes 签到 12 means the card that shows #12.
    behind: { words: ['签到', '打卡', 'checkin'], like: /^#?\s*\d{1,9}[.。!！]?$/ },
    read: readAnswer,
  },
  going: {
    word: both('参加', 'going'),
    usage: both('参加 编号', 'going ID'),
    example: both('参加 12', 'going 12'),
    who: 'all',
    isThere: true,
    glued: number,
    read: onlyRound,
  },
  notgoing: {
    word: both('不参加', 'notgoing'),
    usage: both('不参加 编号 [原因]', 'notgoing ID [WHY]'),
    example: both('不参加 12 出差', 'notgoing 12 travelling'),
    who: 'all',
    isThere: true,
    glued: number,
    read: readLeave,
  },
  here: {
    word: both('到', 'here'),
    usage: both('到 编号', 'here ID'),
    example: both('到 12', 'here 12'),
    who: 'all',
    isThere: true,
    glued: number,
    isEveryday: true,
    read: onlyRound,
  },
  edit: {
    word: both('改', 'edit'),
    usage: both(
      '改 编号 标题 … / 截止 时间 / 时间 时间 / 地点 … / 议题 …',
      'edit ID title … / by TIME / time TIME / at … / agenda …',
    ),
    example: both('改 12 截止 明天 18:00', 'edit 12 by tomorrow 18:00'),
    who: 'secretary',
    isThere: true,
    glued: number,
    isEveryday: true,
    read: readEdit,
  },
  quiz: {
    word: both('测验', 'quiz'),
    usage: both('测验 [题库或标签] [N题] [截止 时间]', 'quiz [BANK] [N] [by TIME]'),
    example: both('测验 党章 10题 截止 明天 18:00', 'quiz Constitution 10 by tomorrow 18:00'),
    who: 'secretary',
    isThere: true,
    glued: like(/^\d{1,3}道?题(?:\s|$)/),
    read: readQuiz,
  },
  survey: {
    word: both('问卷', 'survey'),
    usage: both('问卷 名称 [截止 时间]', 'survey NAME [by TIME]'),
    example: both('问卷 学习需求 截止 周五 18:00', 'survey Study needs by Fri 18:00'),
    who: 'secretary',
    isThere: false,
    read: readSurvey,
  },
  meeting: {
    word: both('会议', 'meeting'),
    usage: both('会议 类型 时间 [地点 …] [议题 …；…]', 'meeting TYPE TIME [at …] [agenda …]'),
    example: both(
      '会议 支委会 明天 10:00 地点 会议室',
      'meeting committee tomorrow 10:00 at Room 301',
    ),
    who: 'secretary',
    isThere: true,
    glued: like(/^\P{ASCII}/u),
    read: readMeeting,
  },
  status: {
    word: both('进度', 'status'),
    usage: both('进度 [编号]', 'status [ID]'),
    example: both('进度 12', 'status 12'),
    who: 'secretary',
    isThere: true,
    glued: number,
    read: maybeRound,
  },
  nudge: {
    word: both('催办', 'nudge'),
    usage: both('催办 [编号]', 'nudge [ID]'),
    example: both('催办 12', 'nudge 12'),
    who: 'secretary',
    isThere: true,
    glued: number,
    read: maybeRound,
  },
  leave: {
    word: both('请假', 'leave'),
    usage: both('请假 编号 [原因]', 'leave ID [WHY]'),
    example: both('请假 12 出差', 'leave 12 travelling'),
    who: 'all',
    isThere: true,
    glued: number,
    read: readLeave,
  },
  makeup: {
    word: both('补', 'makeup'),
    usage: both('补 编号 …', 'makeup ID …'),
    example: both('补 12 已自学', 'makeup 12 studied on my own'),
    who: 'all',
    isThere: true,
    glued: number,
    isEveryday: true,
    read: readAnswer,
  },
  close: {
    word: both('结束', 'close'),
    usage: both('结束 编号', 'close ID'),
    example: both('结束 12', 'close 12'),
    who: 'secretary',
    isThere: true,
    glued: number,
    read: onlyRound,
  },
  recall: {
    word: both('撤回', 'recall'),
    usage: both('撤回 编号', 'recall ID'),
    example: both('撤回 12', 'recall 12'),
    who: 'secretary',
    isThere: true,
    glued: number,
    read: onlyRound,
  },
  export: {
    word: both('导出', 'export'),
    usage: both('导出 [编号或月份]', 'export [ID or MONTH]'),
    example: both('导出 12', 'export 12'),
    who: 'secretary',
    isThere: true,
    glued: number,
    read: readExport,
  },
  ledger: {
    word: both('台账', 'ledger'),
    usage: both('台账 [月/季/年]', 'ledger [PERIOD]'),
    example: both('台账 本季', 'ledger this quarter'),
    who: 'secretary',
    isThere: false,
    glued: like(/^(?:\d|本|上)/),
    read: readLedger,
  },
  due: {
    word: both('应办', 'due'),
    usage: both('应办', 'due'),
    example: both('应办', 'due'),
    who: 'secretary',
    isThere: false,
    read: nothing,
  },
  daily: {
    word: both('每日一学', 'daily'),
    usage: both(
      '每日一学 开 HH:mm [工作日] [资料 标题] / 关',
      'daily on HH:mm [workdays] [from TITLE] / off',
    ),
    example: both('每日一学 开 8:30 工作日', 'daily on 8:30 workdays'),
    who: 'secretary',
    isThere: true,
    glued: like(/^(?:开启?(?=[\s\d])|关闭?$)/),
    read: readDaily,
  },
  study: {
    word: both('学习', 'study'),
    usage: both('学习 分钟数 [内容]', 'study MINUTES [WHAT]'),
    example: both('学习 30 党章', 'study 30 Constitution'),
    who: 'all',
    isThere: true,
    glued: like(/^\d{1,4}(?:分钟|小时)?(?:$|\s)/),
    isEveryday: true,
    read: readStudy,
  },
  me: {
    word: both('我的', 'me'),
    usage: both('我的', 'me'),
    example: both('我的', 'me'),
    who: 'all',
    isThere: true,
    isEveryday: true,
    read: nothing,
  },
  quiet: {
    word: both('勿扰', 'quiet'),
    usage: both('勿扰 21:00-8:00 / 勿扰 关', 'quiet 21:00-8:00 / quiet off'),
    example: both('勿扰 21:00-8:00', 'quiet 21:00-8:00'),
    who: 'all',
    isThere: true,
    glued: like(/^(?:\d|关闭?$)/),
    read: readQuiet,
  },
  review: {
    word: both('错题', 'review'),
    usage: both('错题', 'review'),
    example: both('错题', 'review'),
    who: 'all',
    isThere: false,
    read: nothing,
  },
  privacy: {
    word: both('隐私', 'privacy'),
    usage: both('隐私 [导出/删除]', 'privacy [export/delete]'),
    example: both('隐私', 'privacy'),
    who: 'all',
    isThere: true,
    glued: like(/^(?:导出|删除|确认删除)$/),
    read: readPrivacy,
  },
  handover: {
    word: both('交接', 'handover'),
    usage: both('交接 @某人', 'handover @X'),
    example: both('交接 @王芳', 'handover @Wang Fang'),
    who: 'secretary',
    isThere: false,
    glued: mention,
    read: onePerson,
  },
  docs: {
    word: both('资料', 'docs'),
    usage: both(
      '资料 [关键词] / 停用 标题或编号 / 恢复 … / 添加 链接 / 同义词',
      'docs [WORD] / retire TITLE or ID / restore … / add LINK / synonyms',
    ),
    example: both('资料 停用 学习制度', 'docs retire Study rules'),
    who: 'secretary',
    isThere: true,
    glued: like(/^(?:停用|恢复)(?=[\s#《\d])/),
    isEveryday: true,
    read: readDocs,
  },
  standard: {
    word: both('标准答案', 'standard'),
    usage: both(
      '标准答案 [关键词] / 停用 编号 / 问题：… 答案：… 出处：…',
      'standard [WORD] / retire ID / question: … answer: … source: …',
    ),
    example: both(
      '标准答案 问题：预备期多长 答案：一年。 出处：中国共产党章程 第七条',
      'standard question: How often do we study? answer: Once a month. source: Study rules, How often',
    ),
    who: 'secretary',
    isThere: true,
    isEveryday: true,
    read: readStandard,
  },
  feedback: {
    word: both('反馈', 'feedback'),
    usage: both('反馈 / 反馈 处理完 编号', 'feedback / feedback done ID'),
    example: both('反馈 处理完 3', 'feedback done 3'),
    who: 'secretary',
    isThere: true,
    isEveryday: true,
    read: readFeedback,
  },
  template: {
    word: both('模板', 'template'),
    usage: both('模板', 'template'),
    example: both('模板', 'template'),
    who: 'all',
    isThere: true,
    read: nothing,
  },
};

export const commandNames = Object.keys(commandTable) as CommandName[];

export function wordsOf(name: CommandName): string[] {
  const { word, also = [] } = commandTable[name];
  return [word['zh-CN'], word['en-US'], ...also];
}

export function isCommandName(value: unknown): value is CommandName {
  return typeof value === 'string' && Object.hasOwn(commandTable, value);
}
