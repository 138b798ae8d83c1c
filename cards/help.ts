import { z } from 'zod';
import { defineAction } from '../src/bot/action.ts';
import { commandNames, commandTable } from '../src/bot/command-table.ts';
import type { CommandName } from '../src/bot/commands.ts';
import type { Card, CardElement, Place, Reader } from '../src/bot/talk.ts';
import type { Standing } from '../src/roster/types.ts';
import { button, buttonRow, card, markdown, note, plain, slip } from './kit.ts';
import { inBoth } from './words.ts';

const commandName = z.enum(commandNames as [CommandName, ...CommandName[]]);
/** Shows how one command is written. */
export const showUsage = defineAction('help.usage', z.object({ command: commandName }));
/** Does what the command's word alone does, for the person who presses. */
export const runCommand = defineAction(
  'help.run',
  z.object({ command: z.enum(['checkinAnswer', 'status', 'me']) }),
);

const words = inBoth(
  {
    title: '学伴能帮你做什么',
    here: (branch: string) => `支部：${branch}`,
    mention: '在群里要先 @我，私聊直接发就行。',
    ask: '**直接提问**  我会引用学习资料的原文，并注明出处，例如：党员的义务有哪些',
    file: '**把 .docx .pdf .md .txt .html 文件私聊发给我**  加入支部的学习资料；.xlsx .gift 作为题库',
    unboundGroup: '这个群还没有绑定支部。群主或管理员 @我 发送「绑定 支部名」就能开始。',
    noBranch: '你还不在任何支部里。把我加进群，由群主 @我 发送「绑定 支部名」就能开始。',
    usage: (usage: string, example: string) => `写成：${usage}\n例如：${example}`,
    usageToast: (usage: string, example: string) => `${usage}，例如：${example}`,
    near: (word: string) => `是不是想用「${word}」？`,
    how: (word: string) => `怎么用「${word}」`,
    checkin: '签到',
    status: '看进度',
    mine: '我的记录',
    keepers: '**书记和管理员**',
    open: '发起签到',
    bind: '怎么绑定',
  },
  {
    title: 'What I can do for you',
    here: (branch) => `Branch: ${branch}`,
    mention: 'In a group mention me first; in private just write.',
    ask: "**Ask a question**  I quote the study documents and name the source, for example: What are a member's duties?",
    file: '**Send me a .docx .pdf .md .txt .html file in private**  adds it to the study documents of the branch; .xlsx .gift as a question bank',
    unboundGroup:
      'This group is not tied to a branch yet. Its owner or an administrator mentions me with "bind NAME" to begin.',
    noBranch:
      'You are in no branch yet. Add me to a group and have its owner mention me with "bind NAME" to begin.',
    usage: (usage, example) => `Written: ${usage}\nExample: ${example}`,
    usageToast: (usage, example) => `${usage}, for example: ${example}`,
    near: (word) => `Did you mean "${word}"?`,
    how: (word) => `How to use ${word}`,
    checkin: 'Check in',
    status: 'Status',
    mine: 'My record',
    keepers: '**Secretaries and administrators**',
    open: 'Open a check-in',
    bind: 'How to bind',
  },
);

/** What a command does, in a few words. */
const does = inBoth<Record<CommandName, string>>(
  {
    help: '看看能做什么',
    bind: '把群和支部绑在一起',
    secretary: '设一位书记',
    unsecretary: '撤销一位书记',
    checkinOpen: '发起签到，群里出一张卡片',
    checkinAnswer: '完成进行中的签到',
    answer: '按编号完成',
    going: '答应参加',
    notgoing: '说明不参加',
    here: '会议签到',
    edit: '改标题、时间、地点或议题，并告诉大家',
    quiz: '发起测验',
    survey: '发起问卷',
    meeting: '通知会议',
    status: '看完成人数，私聊里还能看名单',
    nudge: '私下提醒还没完成的人',
    leave: '请假',
    makeup: '补做',
    close: '现在就结束',
    recall: '撤回，不再计数',
    export: '导出表格',
    ledger: '整理台账',
    due: '看该办的事',
    daily: '每天推送一段学习内容',
    study: '记自己的学习时间',
    me: '看自己的记录',
    quiet: '设免打扰时间',
    review: '复习错题',
    privacy: '看存了我的哪些信息',
    handover: '交接书记工作',
    docs: '看支部的资料，停用或恢复',
    standard: '写标准答案，有人这样问就先给它',
    feedback: '看大家觉得哪些回答没用、出处不对',
    template: '取表格模板',
  },
  {
    help: 'what I can do',
    bind: 'ties the group to a branch',
    secretary: 'names a secretary',
    unsecretary: 'ends that role',
    checkinOpen: 'opens a check-in: one card in the group',
    checkinAnswer: 'answers the open check-in',
    answer: 'answers by number',
    going: 'accepts an invitation',
    notgoing: 'declines an invitation',
    here: 'signs in at a meeting',
    edit: 'changes title, time, place or agenda and tells everyone',
    quiz: 'opens a quiz',
    survey: 'opens a questionnaire',
    meeting: 'announces a meeting',
    status: 'how many have answered; in private also who is missing',
    nudge: 'reminds in private',
    leave: 'asks for leave',
    makeup: 'makes up for it',
    close: 'closes it now',
    recall: 'takes it back',
    export: 'exports a sheet',
    ledger: 'makes the ledger',
    due: 'what is due',
    daily: 'a daily reading',
    study: 'logs your study time',
    me: 'your own record',
    quiet: 'your quiet hours',
    review: 'your questions to review',
    privacy: 'what is stored about you',
    handover: 'hands the branch over',
    docs: "the branch's documents: list, retire, restore",
    standard: 'an approved answer that comes first',
    feedback: 'answers marked as not helpful',
    template: 'sends the forms',
  },
);

/** Who asks for help, and where. */
export interface HelpFor {
  standing: Standing;
  place: Place['kind'];
}

/** What this person can do here: only what works, the things one does most as buttons. */
export function helpCard(reader: Reader, { standing, place }: HelpFor): Card {
  const say = words[reader.locale];
  const names = offered(standing, place);
  const isForAll = (name: CommandName) => commandTable[name].who === 'all';
  const linesOf = (some: CommandName[]) => some.map((name) => commandLine(reader, name));
  const [forAll, forKeepers] = [names.filter(isForAll), names.filter((name) => !isForAll(name))];
  const here = standing.branch && note(say.here(standing.branch.name));
  const unbound = place === 'group' ? say.unboundGroup : say.noBranch;
  return card(say.title, 'plain', [
    ...(here ? [here] : []),
    ...(standing.bound ? [] : [plain(unbound)]),
    markdown([say.ask, ...linesOf(forAll)].join('\n')),
    ...(forKeepers.length > 0 ? [markdown([say.keepers, ...linesOf(forKeepers)].join('\n'))] : []),
    ...(standing.secretary && place === 'private' ? [markdown(say.file)] : []),
    ...buttons(reader, standing),
    note(say.mention),
  ]);
}

/** What concerns only the person who asks: they need no branch for it. */
const own: readonly CommandName[] = ['study', 'me', 'quiet', 'review', 'privacy'];

/** What one does once stands below what one does every week. */
const setUp: readonly CommandName[] = ['bind', 'secretary', 'unsecretary'];

function offered(standing: Standing, place: Place['kind']): CommandName[] {
  const may = (name: CommandName) => {
    const { who, isThere } = commandTable[name];
    if (!isThere || name === 'help') return false;
    if (name === 'bind') return place === 'group' && (standing.admin || !standing.bound);
    if (own.includes(name)) return true;
    if (!standing.bound) return false;
    if (name === 'secretary' || name === 'unsecretary') return standing.secretary || standing.admin;
    return who === 'all' ? standing.member : standing.secretary;
  };
  const isSetUp = (name: CommandName) => setUp.includes(name);
  const names = commandNames.filter(may);
  return [...names.filter((name) => !isSetUp(name)), ...names.filter(isSetUp)];
}

function commandLine({ locale }: Reader, name: CommandName): string {
  return `**${commandTable[name].usage[locale]}**  ${does[locale][name]}`;
}

function buttons(reader: Reader, { admin, bound, member, secretary }: Standing): CardElement[] {
  const say = words[reader.locale];
  const all = [
    bound && member && button(say.checkin, runCommand.with({ command: 'checkinAnswer' })),
    button(say.mine, runCommand.with({ command: 'me' }), 'default'),
    bound && secretary && button(say.open, showUsage.with({ command: 'checkinOpen' }), 'default'),
    bound && secretary && button(say.status, runCommand.with({ command: 'status' }), 'default'),
    (!bound || admin) && button(say.bind, showUsage.with({ command: 'bind' }), 'default'),
  ];
  const shown = all.filter((each) => each !== false);
  return shown.length > 0 ? [buttonRow(shown)] : [];
}

/** How one command is written, with one that works. */
export function usageCard(reader: Reader, name: CommandName): Card {
  const { usage, example } = commandTable[name];
  const text = words[reader.locale].usage(usage[reader.locale], example[reader.locale]);
  return slip(text, [plain(text)]);
}

/** The same where everybody would see a card and only one person asked. */
export function usageToast(reader: Reader, name: CommandName): string {
  const { usage, example } = commandTable[name];
  return words[reader.locale].usageToast(usage[reader.locale], example[reader.locale]);
}

export function usageButton(reader: Reader, name: CommandName): CardElement {
  const word = commandTable[name].word[reader.locale];
  return button(words[reader.locale].how(word), showUsage.with({ command: name }), 'default');
}

/** "Did you mean", to stand below the answer to a question that was nearly a command. */
export function nearButton(reader: Reader, near: CommandName): CardElement[] {
  const word = commandTable[near].word[reader.locale];
  return [note(words[reader.locale].near(word)), usageButton(reader, near)];
}
