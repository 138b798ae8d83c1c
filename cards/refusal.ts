import { commandTable, isCommandName } from '../src/bot/command-table.ts';
import { meetingTypes } from '../src/bot/read-meeting.ts';
import type { Card, Reader, Reply } from '../src/bot/talk.ts';
import type { Facts, RefusalCode } from '../src/errors.ts';
import { usageButton } from './help.ts';
import { plain, slip } from './kit.ts';
import { inBoth } from './words.ts';

interface Refused {
  readonly code: RefusalCode;
  readonly facts: Facts;
}
/** What a sentence may mention, all of it text: `fact` is empty where the fact is not known. */
interface Told {
  fact: (name: string) => string;
  /** The command's word, how it is written, and one that works. */
  word: string;
  usage: string;
  example: string;
}
type Sentences = Readonly<Record<RefusalCode, (told: Told) => string>>;

const parts = inBoth<Record<string, string>>(
  {
    round: '编号',
    person: '一位成员',
    change: '要改的内容',
    count: '题数（1 到 100）',
    minutes: '分钟数（1 到 1440）',
    period: '时间段',
    switch: '开或关',
    title: '标题',
    name: '名称',
    time: '时间',
    at: '地点',
    agenda: '议题',
    document: '资料的标题或编号',
    reason: '原因',
    number: '编号',
    question: '问题',
    answer: '答案',
    source: '出处',
  },
  {
    round: 'a number',
    person: 'one person',
    change: 'what to change',
    count: 'how many questions (1 to 100)',
    minutes: 'minutes (1 to 1440)',
    period: 'a period',
    switch: 'on or off',
    title: 'a title',
    name: 'a name',
    time: 'a time',
    at: 'a place',
    agenda: 'an agenda',
    document: "a document's title or number",
    reason: 'a reason',
    number: 'a number',
    question: 'the question',
    answer: 'the answer',
    source: 'the source',
  },
);

/** Numbers by which people are known, as `confidential.ts` tells them apart. */
const numbers = inBoth<Record<string, string>>(
  { identity: '身份证号', phones: '多个手机号码', card: '银行卡号' },
  {
    identity: 'identity card numbers',
    phones: 'several mobile numbers',
    card: 'bank card numbers',
  },
);

const later = inBoth(
  (what: string) => `${what ? `「${what}」` : '这个功能'}要等以后的版本，现在还没有开放。`,
  (what) => `${what ? `"${what}"` : 'This'} comes in a later version, it is not there yet.`,
);

const quoted = (text: string) => (text ? `「${text}」` : '');
const zhNumber = (number: string) => (number ? `#${number} ` : '这一项');
const enNumber = (number: string) => (number ? `#${number}` : 'It');
const zhExample = ({ example }: Told) =>
  example ? `例如：${example}` : '发「帮助」看看能做什么。';
const enExample = ({ example }: Told) =>
  example ? `Example: ${example}` : 'Send "help" to see what I can do.';
const enQuoted = (text: string) => (text ? ` "${text}"` : '');

/** Titles and names come one to a line. */
const firstOf = (titles: string) => titles.split('\n')[0] ?? '';
const zhListed = (names: string) => names.split('\n').join('、');
const enListed = (names: string) => names.split('\n').join(', ');
const zhTitles = (titles: string) =>
  titles
    .split('\n')
    .map((title) => `《${title}》`)
    .join('、');
const enTitles = (titles: string) =>
  titles
    .split('\n')
    .map((title) => `"${title}"`)
    .join(', ');

const typesIn = (language: 0 | 1) => Object.values(meetingTypes).map((names) => names[language]);

const zh: Sentences = {
  NOT_SECRETARY: (told) =>
    `这一步只有本支部的书记能做，请书记来发，或请书记发「书记 @你」把你设为书记。${zhExample(told)}`,
  NOT_ADMIN: (told) => `这一步只有学伴的管理员能做，请管理员来发。${zhExample(told)}`,
  NOT_OWNER_OR_ADMIN: (told) =>
    `只有群主或学伴的管理员能绑定支部，请群主在群里 @我 发送。${zhExample(told)}`,
  NOT_MEMBER: (told) =>
    `${quoted(told.fact('name')) || '你'}不在这个支部的群里，先加入支部的群再试。${zhExample(told)}`,
  BRANCH_NAME_TAKEN: ({ fact }) =>
    `支部${quoted(fact('name'))}已经有了，只有它的书记或管理员能把新的群并进来。换个名字，例如：绑定 第二党支部`,
  GROUP_BOUND_ELSEWHERE: (told) =>
    `这个群已经绑定${quoted(told.fact('branch')) || '另一个支部'}，要改绑请管理员来发。${zhExample(told)}`,
  LAST_SECRETARY: () => '支部至少要有一位书记。先设一位新书记（例如：书记 @王芳），再撤销这一位。',
  GROUP_NOT_BOUND: () => '这个群还没有绑定支部。请群主或管理员先发，例如：绑定 第一党支部',
  NO_BRANCH: () =>
    '你还不在任何支部里。请先加入一个绑定了支部的群，或请群主在群里发，例如：绑定 第一党支部',
  GROUP_ONLY: (told) => `这条命令要在群里 @我 发送。${zhExample(told)}`,
  PART_MISSING: (told) =>
    told.usage
      ? `还差一点，要写成：${told.usage}。${zhExample(told)}`
      : `还缺${parts['zh-CN'][told.fact('part')] ?? '内容'}。${zhExample(told)}`,
  PART_UNREADABLE: (told) =>
    `没看懂${parts['zh-CN'][told.fact('part')] ?? '后面的内容'}${quoted(told.fact('said'))}，要写成：${told.usage}。${zhExample(told)}`,
  TEXT_TOO_LONG: (told) =>
    `太长了，${told.fact('limit') && `最多 ${told.fact('limit')} 个字，`}请缩短后再发。${told.example && zhExample(told)}`,
  TIME_PAST: (told) =>
    `时间${quoted(told.fact('said'))}已经过去了，请写一个以后的时间。${zhExample(told)}`,
  TIME_UNREADABLE: (told) =>
    `没看懂时间${quoted(told.fact('said'))}，可以写 18:00、明天 9:30、周五 15:00。${zhExample(told)}`,
  CLOCK_TIME_MISSING: (told) =>
    `${quoted(told.fact('said'))}是几点？请写上钟点。${zhExample(told)}`,
  PERSON_UNKNOWN: (told) => `没认出这位成员，请用 @ 从列表里选人。${zhExample(told)}`,
  COMMAND_UNKNOWN: (told) =>
    `没有${quoted(`/${told.fact('said')}`)}这个命令。${told.example ? `是想用「${told.word}」吗？${zhExample(told)}` : zhExample(told)}`,
  NOT_YET: ({ word }) => `${later['zh-CN'](word)}发「帮助」看现在能做什么，也可以直接提问。`,
  ROUND_UNKNOWN: (told) =>
    `这个支部没有编号为 ${told.fact('number') || '这个数'} 的事项，编号写在卡片下方，书记发「进度」也能看到。${zhExample(told)}`,
  ROUND_CLOSED: ({ fact }) =>
    `${zhNumber(fact('number'))}已经结束了，没有改动。${fact('makeup') && `没赶上可以补，例如：补 ${fact('makeup')} 已自学`}`,
  MEETING_STARTED: ({ fact }) =>
    `${zhNumber(fact('number'))}已经开始了，没有改动；有事请直接告诉书记，结束后可以补，例如：补 ${fact('number')} 已自学`,
  MEETING_END: ({ fact }) =>
    `${zhNumber(fact('number'))}还没开始就结束了，没有改动。结束要晚于开始，例如：改 ${fact('number') || '12'} 截止 明天 18:00`,
  MEETING_TYPE: (told) => `会议要写明类型，可以写：${typesIn(0).join('、')}。${zhExample(told)}`,
  SIGN_IN_EARLY: ({ fact }) =>
    `${zhNumber(fact('number'))}还没到签到的时候，开始前 15 分钟可以签到。现在可以先回复，例如：参加 ${fact('number') || '12'}`,
  NOBODY_ASKED: (told) =>
    `这个支部的群里还没有成员，没有人可以通知。先请成员进群再发。${zhExample(told)}`,
  ANSWERED_SINCE: ({ fact }) =>
    `${zhNumber(fact('number'))}你后来又回复过，以后来的为准，没有改动；要改请再发一次，例如：参加 ${fact('number')}`,
  ROUND_OPEN: ({ fact }) =>
    `${zhNumber(fact('number'))}还没有结束，不用补，现在就可以完成，例如：答 ${fact('number')}`,
  ROUND_RECALLED: ({ fact }) => `${zhNumber(fact('number'))}已经撤回了，没有改动。`,
  NO_OPEN_ROUND: () =>
    '现在没有进行中的签到；测验和会议请点它们的卡片，或按编号来，例如：答 12。书记要发起签到，例如：签到 主题党日学习 截止 明天 18:00',
  NOTHING_OPEN: () =>
    '现在没有进行中的事项，不用催。要发起，例如：签到 主题党日学习 截止 明天 18:00',
  NOT_IN_ROUND: () => '你不在这次的名单里，没有记录。名单以支部群的成员为准。',
  WRONG_KIND: ({ fact }) => `${zhNumber(fact('number'))}不能这样操作，请看它的卡片。`,
  QUIET_EMPTY: (told) => `开始和结束是同一个时间，没有改动。${zhExample(told)}`,
  NO_DOCUMENT: (told) =>
    `支部还没有学习资料，请先把一份 .docx、.pdf、.md、.txt 或 .html 文件私聊发给我并确认入库（大家共用的资料由管理员放入），再发一次。${zhExample(told)}`,
  DOCUMENT_UNKNOWN: ({ fact }) =>
    `没有找到资料${quoted(fact('said'))}，可以选：${zhTitles(fact('titles'))}。例如：每日一学 开 8:30 资料 ${firstOf(fact('titles'))}`,
  DOCUMENT_AMBIGUOUS: ({ fact }) =>
    `资料${quoted(fact('said'))}有好几份，请写明是哪一份：${zhTitles(fact('titles'))}。例如：每日一学 开 8:30 资料 ${firstOf(fact('titles'))}`,
  DOCS_UNKNOWN: ({ fact }) =>
    `支部的资料里没有找到${quoted(fact('said')) || '这一份'}，没有改动。发「资料」看有哪些，再写标题或编号，例如：资料 停用 12`,
  DOCS_AMBIGUOUS: ({ fact }) =>
    `${quoted(fact('said'))}有好几份，没有改动，请用编号写明是哪一份：${fact('titles').split('\n').join('、')}。例如：资料 停用 ${firstOf(fact('titles')).split(' ')[0] ?? ''}`,
  DOCS_SHARED: ({ fact }) =>
    `${quoted(fact('said'))}是大家共用的资料，由管理员在资料文件夹里增减，聊天里不能停用。支部自己的资料可以，例如：资料 停用 学习制度`,
  NO_BANK: () =>
    '这个支部还没有题库。请先把题库文件（.xlsx、.gift 或 .txt）私聊发给我，例如：党章.xlsx',
  BANK_UNKNOWN: ({ fact }) =>
    `没有叫${quoted(fact('said'))}的题库或标签，现有题库：${zhListed(fact('banks'))}。例如：测验 党章 10题`,
  TOO_FEW_QUESTIONS: ({ fact }) =>
    `这里一共只有 ${fact('there')} 道题，请少出几道。例如：测验 ${fact('there')}题`,
  HANDED_IN: ({ fact }) => `${zhNumber(fact('number'))}已经交卷了，不能再改。`,
  NOT_YOUR_CARD: () => '这是别人的题卡，没有改动。请在群里的测验卡片上点「开始答题」。',
  QUESTION_UNKNOWN: ({ fact }) => `没有这一题，这次共 ${fact('of')} 题。例如：答 12 1 B`,
  OPTION_UNKNOWN: ({ fact }) =>
    `没看懂这个选项，单选和判断选一个，多选可以选几个，到 ${fact('last')} 为止。例如：答 12 3 B`,
  NOTHING_CHOSEN: () => '还没有选，请先选至少一项。',
  QUIZ_WORDS: () => '没看懂，请写题号和选项。例如：答 12 3 B，答完发：答 12 交卷',
  NOTHING_TO_EXPORT: () => '这段时间没有发起过活动，没有可以导出的。例如：导出 12，或 导出 3月',
  BUTTON_UNKNOWN: () => '这个按钮已经失效，没有改动。请发「帮助」重新开始。',
  FILE_KIND: () =>
    '这种文件还读不了，学习资料请发 .docx、.pdf、.md、.txt 或 .html，题库请发 .xlsx 或 .gift。',
  FILE_OLD_KIND: () => '老格式的文件读不了。请用「另存为」存成新格式（.docx、.xlsx 或 .pdf）再发。',
  FILE_EMPTY: () => '这个文件里没有文字，没有保存。请检查后再发，例如一份有正文的 .md 或 .txt。',
  FILE_LOCKED: () =>
    '这个文件加了密码，没有保存。请去掉密码再发，例如在 Word 里：文件 → 信息 → 保护文档。',
  FILE_SCANNED: () =>
    '这份 PDF 里没有可读的文字，多半是扫描件，没有保存。请先做文字识别（OCR），或发原来的 .docx。',
  SHEET_UNKNOWN: ({ fact }) =>
    `表格里没有名为「${fact('sheet')}」的工作表，没有保存。请把工作表改名为「${fact('sheet')}」再发。`,
  SURVEY_LATER: () =>
    '这是一份问卷，学伴现在还不能用它发起问卷，没有保存。现在能收的表格是题库，发「模板」可以领取。',
  COLUMNS_MISSING: ({ fact }) =>
    `表格第一行还缺这些列名：${zhListed(fact('columns'))}，没有保存。例如：题型、题干、A、B、C、D、答案、解析、出处、标签`,
  BANK_EMPTY: () => '这个文件里没有题目，没有保存。请在表头下面每行写一道题再发。',
  BANK_TOO_LONG: ({ fact }) => `题目太多，一次最多 ${fact('limit')} 行，没有保存。请拆成几份再发。`,
  SYNONYMS_TOO_LONG: ({ fact }) =>
    `同义词表太长，最多 ${fact('limit')} 组，没有保存。请删去不常用的再发。`,
  FILE_DAMAGED: () => '这个文件打不开，可能已损坏，没有保存。请重新保存后再发一次。',
  FILE_TOO_BIG: ({ fact }) =>
    `文件太大，最多 ${fact('limit') || '10'} MB，没有保存。请拆成几份再发。`,
  FILE_TOO_HEAVY: () => '这个文件太复杂，没能读完，没有保存。请拆成几份，或另存为 .txt 再发。',
  FILE_MARKED: ({ fact }) =>
    `这份文件带有「${fact('mark')}」标记，没有保存，也没有发给任何模型。带密级或内部标记的资料请按保密规定保管，不要发到聊天里；可以公开学习的资料随时发给我。`,
  FILE_PERSONAL: ({ fact }) =>
    `这份文件里有${numbers['zh-CN'][fact('what')] ?? '个人信息'}，没有保存，也没有发给任何模型。请把这些号码删掉再发一次。`,
  TEXT_MARKED: ({ fact }) =>
    `这段话带有「${fact('mark')}」标记，没有保存，也没有发给任何模型。涉密和内部内容请不要发到聊天里，建议撤回刚才那条消息；请换成可以公开的说法再问，例如：国家秘密分为哪几级`,
  TEXT_PERSONAL: ({ fact }) =>
    `这段话里有${numbers['zh-CN'][fact('what')] ?? '个人信息'}，没有保存，也没有发给任何模型。建议撤回刚才那条消息，去掉号码再问，例如：入党要提交哪些材料`,
  FILE_GONE: () => '文件已经取不到了，请重新发一次。',
  FILE_FROM_MEMBER: () => '学习资料和题库由支部书记来添加，请把文件转给书记。你可以直接向我提问。',
  LINK_UNKNOWN: () =>
    '没看懂这个链接，没有保存。请发飞书文档或知识库页面的链接，例如：资料 添加 https://example.feishu.cn/docx/…',
  LINK_KIND: () =>
    '这个链接不是飞书文档（新版），表格、多维表格、幻灯片和旧版文档读不了，没有保存。请把内容放进新版文档，或导出成 .docx 发给我。',
  LINK_FORBIDDEN: () =>
    '我没有权限读这份文档，没有保存。请在文档右上角「…」→「添加文档应用」里加上我（知识库由管理员加），再发一次链接；还不行，请管理员给应用开通「查看新版文档」「查看知识库」权限。',
  LINK_GONE: () => '没有找到这份文档，可能已删除或链接不全，没有保存。请打开文档复制链接再发一次。',
  LINK_IN_GROUP: () => '请把文档链接私聊发给我，确认后才会入库。',
  UPLOAD_GONE: () => '这份文件已经处理过，或超过一天没有确认，没有改动。需要的话请把文件再发一次。',
  FEEDBACK_UNKNOWN: ({ fact }) =>
    `没有编号为 ${fact('number') || '这个数'} 的反馈，没有改动。发「反馈」看看有哪些。`,
  STANDARD_UNKNOWN: ({ fact }) =>
    `没有编号为 ${fact('number') || '这个数'} 的标准答案，没有改动。发「标准答案」看看有哪些。`,
  SOURCE_UNKNOWN: (told) =>
    `没有找到出处${quoted(told.fact('said'))}，没有保存。出处写资料的标题和条目，要正好找到一段。${zhExample(told)}`,
  PASSAGE_GONE: () => '这段资料已经更新或移除，请重新提问。',
  SOURCE_ELSEWHERE: ({ fact }) =>
    `这段出处不是「${fact('branch')}」的资料。请另选一段，或者保存到有这份资料的支部。`,
  MESSAGE_KIND: () => '我只看得懂文字和文件，例如发一句：党员的义务有哪些',
};

const en: Sentences = {
  NOT_SECRETARY: (told) =>
    `Only a secretary of this branch can do this. Ask one to send it, or to make you one with "secretary @you". ${enExample(told)}`,
  NOT_ADMIN: (told) =>
    `Only an administrator of Xueban can do this. Please ask one to send it. ${enExample(told)}`,
  NOT_OWNER_OR_ADMIN: (told) =>
    `Only the group's owner or an administrator can bind it: the owner sends it here and mentions me. ${enExample(told)}`,
  NOT_MEMBER: (told) =>
    `${told.fact('name') ? `"${told.fact('name')}" is` : 'You are'} not in this branch's groups. Join one first, then try again. ${enExample(told)}`,
  BRANCH_NAME_TAKEN: ({ fact }) =>
    `There is a branch${enQuoted(fact('name'))} already; only its secretary or an administrator can add a group to it. Take another name. Example: bind Second Branch`,
  GROUP_BOUND_ELSEWHERE: (told) =>
    `This group belongs to${enQuoted(told.fact('branch')) || ' another branch'} already. An administrator can change that. ${enExample(told)}`,
  LAST_SECRETARY: () =>
    'A branch needs a secretary. Name another one first. Example: secretary @Wang Fang',
  GROUP_NOT_BOUND: () =>
    'This group is not tied to a branch yet. Its owner or an administrator does it first. Example: bind First Branch',
  NO_BRANCH: () =>
    'You are in no branch yet. Join a group that is tied to one, or have its owner tie it. Example: bind First Branch',
  GROUP_ONLY: (told) => `This is sent in a group, with me mentioned. ${enExample(told)}`,
  PART_MISSING: (told) =>
    told.usage
      ? `Almost: it is written ${told.usage}. ${enExample(told)}`
      : `${parts['en-US'][told.fact('part')] ?? 'Something'} is missing. ${enExample(told)}`,
  PART_UNREADABLE: (told) =>
    `I could not read ${parts['en-US'][told.fact('part')] ?? 'what follows'}${enQuoted(told.fact('said'))}. It is written ${told.usage}. ${enExample(told)}`,
  TEXT_TOO_LONG: (told) =>
    `That is too long${told.fact('limit') && `: at most ${told.fact('limit')} characters`}. ${told.example && enExample(told)}`,
  TIME_PAST: (told) =>
    `The time${enQuoted(told.fact('said'))} has passed. Please give one that is ahead. ${enExample(told)}`,
  TIME_UNREADABLE: (told) =>
    `I could not read the time${enQuoted(told.fact('said'))}; 18:00, tomorrow 9:30 or Fri 15:00 work. ${enExample(told)}`,
  CLOCK_TIME_MISSING: (told) =>
    `At what time${told.fact('said') && `, ${told.fact('said')}`}? Please add the hour. ${enExample(told)}`,
  PERSON_UNKNOWN: (told) =>
    `I did not recognise that person. Type @ and choose from the list. ${enExample(told)}`,
  COMMAND_UNKNOWN: (told) =>
    `There is no command "/${told.fact('said')}". ${told.example ? `Did you mean ${told.word}? ` : ''}${enExample(told)}`,
  NOT_YET: ({ word }) =>
    `${later['en-US'](word)} Send "help" to see what works now, or just ask a question.`,
  ROUND_UNKNOWN: (told) =>
    `This branch has nothing with the number ${told.fact('number') || 'given'}. The number stands at the foot of the card. ${enExample(told)}`,
  ROUND_CLOSED: ({ fact }) =>
    `${enNumber(fact('number'))} is closed already. Nothing was changed.${fact('makeup') && ` You can make up for it. Example: makeup ${fact('makeup')} studied on my own`}`,
  MEETING_STARTED: ({ fact }) =>
    `${enNumber(fact('number'))} has begun, so nothing was changed. Please tell the secretary; afterwards you can make up for it. Example: makeup ${fact('number')} studied on my own`,
  MEETING_END: ({ fact }) =>
    `${enNumber(fact('number'))} would end before it begins, so nothing was changed. Example: edit ${fact('number') || '12'} by tomorrow 18:00`,
  MEETING_TYPE: (told) =>
    `Please name the type of the meeting: ${typesIn(1).join(', ')}. ${enExample(told)}`,
  SIGN_IN_EARLY: ({ fact }) =>
    `It is too early to sign in to ${enNumber(fact('number'))}: that opens 15 minutes before the start. You can say now that you come. Example: going ${fact('number') || '12'}`,
  NOBODY_ASKED: (told) =>
    `There is nobody in this branch's groups yet, so nobody could be told. Please add its members first. ${enExample(told)}`,
  ANSWERED_SINCE: ({ fact }) =>
    `You have answered ${enNumber(fact('number'))} again since, and the later answer counts. To change it, send it once more. Example: going ${fact('number')}`,
  ROUND_OPEN: ({ fact }) =>
    `${enNumber(fact('number'))} is still open, so there is nothing to make up: just answer it. Example: answer ${fact('number')}`,
  ROUND_RECALLED: ({ fact }) => `${enNumber(fact('number'))} was taken back. Nothing was changed.`,
  NO_OPEN_ROUND: () =>
    'No check-in is open now. For a quiz or a meeting use its card or its number, for example: answer 12. A secretary opens a check-in, for example: checkin Theme day study by tomorrow 18:00',
  NOTHING_OPEN: () =>
    'Nothing is open, so nobody needs a reminder. Open one, for example: checkin Theme day study by tomorrow 18:00',
  NOT_IN_ROUND: () =>
    "You are not on the list of this one, so nothing was recorded. The list is the members of the branch's groups.",
  WRONG_KIND: ({ fact }) =>
    `${enNumber(fact('number'))} does not work that way. Please look at its card.`,
  QUIET_EMPTY: (told) => `Both times are the same, so nothing was changed. ${enExample(told)}`,
  NO_DOCUMENT: (told) =>
    `There is no study document yet. Send me a .docx, .pdf, .md, .txt or .html file in private and confirm it (an administrator adds what all share), then try again. ${enExample(told)}`,
  DOCUMENT_UNKNOWN: ({ fact }) =>
    `I found no document${enQuoted(fact('said'))}. There are, for example: ${enTitles(fact('titles'))}. Example: daily on 8:30 from ${firstOf(fact('titles'))}`,
  DOCUMENT_AMBIGUOUS: ({ fact }) =>
    `Several documents fit${enQuoted(fact('said'))}. Please say which: ${enTitles(fact('titles'))}. Example: daily on 8:30 from ${firstOf(fact('titles'))}`,
  DOCS_UNKNOWN: ({ fact }) =>
    `The branch has no document${enQuoted(fact('said')) || ' like this'}; nothing was changed. Send "docs" to see them, then give a title or number. Example: docs retire 12`,
  DOCS_AMBIGUOUS: ({ fact }) =>
    `Several documents fit${enQuoted(fact('said'))}; nothing was changed. Please say which by its number: ${fact('titles').split('\n').join(', ')}. Example: docs retire ${firstOf(fact('titles')).split(' ')[0] ?? ''}`,
  DOCS_SHARED: ({ fact }) =>
    `All branches share${enQuoted(fact('said'))}; an administrator keeps it in the folder of documents, and it is not retired in chat. Those of the branch are. Example: docs retire Study rules`,
  NO_BANK: () =>
    'This branch has no question bank yet. Send me one in private first (.xlsx, .gift or .txt), for example Constitution.xlsx',
  BANK_UNKNOWN: ({ fact }) =>
    `There is no bank or tag${enQuoted(fact('said'))}. Banks: ${enListed(fact('banks'))}. Example: quiz Constitution 10`,
  TOO_FEW_QUESTIONS: ({ fact }) =>
    `There are only ${fact('there')} questions here; please ask fewer. Example: quiz ${fact('there')}`,
  HANDED_IN: ({ fact }) => `${enNumber(fact('number'))} is handed in and cannot be changed.`,
  NOT_YOUR_CARD: () =>
    'This is somebody else\'s quiz; nothing was changed. Press "Begin" on the card in the group.',
  QUESTION_UNKNOWN: ({ fact }) =>
    `There is no such question: this quiz has ${fact('of')}. Example: answer 12 1 B`,
  OPTION_UNKNOWN: ({ fact }) =>
    `I could not read that option: one, or several where several are right, up to ${fact('last')}. Example: answer 12 3 B`,
  NOTHING_CHOSEN: () => 'Nothing is chosen yet: please choose at least one.',
  QUIZ_WORDS: () =>
    "Please write the question's number and the option. Example: answer 12 3 B, and at the end: answer 12 hand in",
  NOTHING_TO_EXPORT: () =>
    'Nothing was opened in that time, so there is nothing to export. Example: export 12, or export March',
  BUTTON_UNKNOWN: () =>
    'This button no longer works and nothing was changed. Send "help" to start again.',
  FILE_KIND: () =>
    'I cannot read this kind of file yet. Please send study documents as .docx, .pdf, .md, .txt or .html, question banks as .xlsx or .gift.',
  FILE_OLD_KIND: () =>
    'I cannot read files of this old format. Please save it anew ("Save as", .docx, .xlsx or .pdf) and send that.',
  FILE_EMPTY: () =>
    'There is no text in this file, so nothing was stored. Please check it, then send for example a .md or .txt.',
  FILE_LOCKED: () =>
    'This file has a password; nothing was stored. Please take it off and resend, for example in Word: File → Info → Protect document.',
  FILE_SCANNED: () =>
    'This PDF holds no text that can be read, so it is probably a scan; nothing was stored. Please recognise its text (OCR) first, or send the .docx.',
  SHEET_UNKNOWN: ({ fact }) =>
    `There is no sheet named "${fact('sheet')}", so nothing was stored. Please give the sheet that name and resend.`,
  SURVEY_LATER: () =>
    'This is a questionnaire, which cannot be opened yet; nothing was stored. A question bank can be sent: "template" gives its form.',
  COLUMNS_MISSING: ({ fact }) =>
    `The first row lacks the columns ${enListed(fact('columns'))}; nothing was stored. Example: 题型, 题干, A, B, C, D, 答案, 解析, 出处, 标签`,
  BANK_EMPTY: () =>
    'There is no question in this file, so nothing was stored. Please write one in each row below the names and resend.',
  BANK_TOO_LONG: ({ fact }) =>
    `Too many questions: at most ${fact('limit')} rows at once; nothing was stored. Please send it in parts.`,
  SYNONYMS_TOO_LONG: ({ fact }) =>
    `The list of synonyms is too long (at most ${fact('limit')} groups); nothing was stored. Please take out what is seldom used and resend.`,
  FILE_DAMAGED: () =>
    'This file does not open and may be damaged; nothing was stored. Please save it again and resend.',
  FILE_TOO_BIG: ({ fact }) =>
    `The file is too big (at most ${fact('limit') || '10'} MB); nothing was stored. Please send it in parts.`,
  FILE_TOO_HEAVY: () =>
    'This file is too complex to be read to its end; nothing was stored. Please send it in parts or as .txt.',
  FILE_MARKED: ({ fact }) =>
    `This file is marked "${fact('mark')}"; it was not stored and not sent to any model. Please keep what is secret or internal by its rules and out of the chat. What is open for study is always welcome.`,
  FILE_PERSONAL: ({ fact }) =>
    `This file holds ${numbers['en-US'][fact('what')] ?? 'personal data'}; it was not stored and not sent to any model. Please take the numbers out and send it again.`,
  TEXT_MARKED: ({ fact }) =>
    `This text is marked "${fact('mark')}"; it was not stored and not sent to any model. Please keep what is secret or internal out of the chat, take your message back, and ask in words that are open. Example: Which levels of state secrets are there?`,
  TEXT_PERSONAL: ({ fact }) =>
    `This text holds ${numbers['en-US'][fact('what')] ?? 'personal data'}; it was not stored and not sent to any model. Please take your message back and ask without the numbers. Example: What does an application for membership need?`,
  FILE_GONE: () => 'The file can no longer be fetched. Please send it again.',
  FILE_FROM_MEMBER: () =>
    'Study documents and question banks are added by a secretary: please pass it on. You can ask me questions any time.',
  LINK_UNKNOWN: () =>
    'I could not read this link; nothing was stored. Please send the link of a Feishu document or wiki page, such as: docs add https://example.feishu.cn/docx/…',
  LINK_KIND: () =>
    'This link leads to no Feishu document: sheets, bases, slides and documents of the old kind cannot be read; nothing was stored. Please put the text into a new document, or export it as .docx and send that.',
  LINK_FORBIDDEN: () =>
    'I may not read this document; nothing was stored. Please add me under "…" → "Add document app" at its upper right (of a wiki an administrator does), then send the link again. If it still fails, an administrator has to give the app the scopes docx:document:readonly and wiki:wiki:readonly.',
  LINK_GONE: () =>
    'This document was not found: it may be deleted, or the link is not whole; nothing was stored. Please open it, copy its link and send it again.',
  LINK_IN_GROUP: () => 'Please send me the link in private; it is stored once you confirm it.',
  UPLOAD_GONE: () =>
    'This file was dealt with already or not confirmed for a day; nothing was changed. Please send it again if you need it.',
  FEEDBACK_UNKNOWN: ({ fact }) =>
    `There is no feedback numbered ${fact('number') || 'so'}; nothing was changed. Send "feedback" to see what there is.`,
  STANDARD_UNKNOWN: ({ fact }) =>
    `There is no standard answer numbered ${fact('number') || 'so'}; nothing was changed. Send "standard" to see what there is.`,
  SOURCE_UNKNOWN: (told) =>
    `The source${enQuoted(told.fact('said'))} was not found; nothing was stored. Write the document's title and its article or heading, so that it means one passage. ${enExample(told)}`,
  PASSAGE_GONE: () => 'This passage was changed or removed since. Please ask again.',
  SOURCE_ELSEWHERE: ({ fact }) =>
    `That passage is not among the documents of "${fact('branch')}". Please choose another one, or store it for the branch that has it.`,
  MESSAGE_KIND: () => "I read text and files only. Try, for example: What are a member's duties?",
};

const sentences = inBoth(zh, en);

/** Every "no" there are words for. */
export const refusalCodes = Object.keys(zh) as RefusalCode[];

/** The "no" in one line, with an example where one helps. */
export function refusalLine({ locale }: Reader, { code, facts }: Refused): string {
  const named = facts['near'] ?? facts['command'];
  const row = isCommandName(named) ? commandTable[named] : undefined;
  const told: Told = {
    fact: (name) => facts[name]?.toString() ?? '',
    word: row?.word[locale] ?? '',
    usage: row?.usage[locale] ?? '',
    example: row?.example[locale] ?? '',
  };
  const line = sentences[locale][code](told).trim();
  // Whoever mended the time of a command that is not there yet would only then hear so.
  const isMoot = row && !row.isThere && code !== 'NOT_YET';
  return isMoot ? `${line} ${later[locale](told.word)}` : line;
}

/** The "no" as it stands in a chat: a line, and for an unknown command a button to the nearest one. */
export function refusalCard(reader: Reader, refused: Refused): Card {
  const line = refusalLine(reader, refused);
  const { near } = refused.facts;
  return slip(line, [plain(line), ...(isCommandName(near) ? [usageButton(reader, near)] : [])]);
}

/** Both forms of a "no", for the router: under a message, and on a press. */
export function refusalWords(reader: Reader, refused: Refused): { said: Reply; toast: string } {
  return { said: { card: refusalCard(reader, refused) }, toast: refusalLine(reader, refused) };
}
