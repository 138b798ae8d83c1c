import type { Card, Outgoing, Reader } from '../../src/bot/talk.ts';
import type { Bound, Branch, Person } from '../../src/people/roster/types.ts';
import type { Round } from '../../src/rounds/types.ts';
import { card, note, plain } from '../bot/kit.ts';
import { inBoth } from '../bot/words.ts';

const words = inBoth(
  {
    how: { made: '绑定好了', joined: '绑定好了', same: '本来就绑定着，成员已更新' },
    branch: (name: string) => `支部：${name}`,
    members: (n: number) => `成员：${n} 人`,
    secretaries: (names: string) => `书记：${names}`,
    noSecretary: '还没有书记。请管理员在群里 @我 发：书记 @某人',
    next: '接下来，书记可以在群里 @我 发：',
    example: '签到 主题党日学习 截止 明天18:00',
    others: '再添一位书记，发：书记 @某人。有什么不明白，发：帮助',
    unreadable:
      '暂时读不到这个群的成员，还没有绑定。请过几分钟再发一次「绑定 支部名」；若一直不行，请管理员看看机器人有没有「获取群成员」的权限。',
    welcome: '大家好，我是学伴',
    does: '我帮支部做学习上的事：签到、测验、会议，人数自己数，到点自己结束；每天推一段学习内容；也回答学习问题，每句都注明出处。',
    stores:
      '我只存群成员的名字，和大家主动提交的内容（比如签到）。没有 @我 的话，我不看也不存；我不打分，也不排名。',
    howToBind: '第一步：请群主在群里 @我 发「绑定 支部名」，例如：',
    bindExample: '@学伴 绑定 第一党支部',
    given: (branch: string) => `你现在是「${branch}」的书记`,
    givenText: '在群里 @我，或者在这里直接发：',
    ended: (branch: string) => `你不再是「${branch}」的书记`,
    endedText: '你的签到和问答照常可用。',
    roles: '书记',
    gave: (name: string) => `${name} 现在是书记了。`,
    had: (name: string) => `${name} 本来就是书记。`,
    took: (name: string) => `${name} 不再是书记。`,
    hadNot: (name: string) => `${name} 本来就不是书记。`,
    news: '书记有变动',
    inBranch: (branch: string) => `支部：${branch}`,
    by: (name: string) => `由 ${name} 办理`,
    left: '有书记离开了群',
    leftText: (names: string) => `${names} 已不在支部的群里，书记身份还在。`,
    leftNext: (name: string) => `如果不再担任，请发：撤销书记 @${name}`,
    gone: '群里用不了我了',
    goneText: '我被移出了群，或者群已解散。以下还没有结束，群里的卡片不再更新：',
    goneNext: '大家可以私聊我发「答 编号」；你可以私聊我发「进度 编号」或「结束 编号」。',
    goneIdle: '我被移出了群，或者群已解散，也可能不许我发言。要继续用，请把我重新拉进群。',
    unreached: '有人收不到我的消息',
    unreachedText: (name: string) =>
      `${name} 收不到我的私信，可能停用了学伴，或者已离职。我不再给 TA 发私信。`,
    unreachedNext: 'TA 私聊我说句话，就会恢复。',
    comma: '、',
    someone: '这位同志',
  },
  {
    how: { made: 'Bound', joined: 'Bound', same: 'Already bound; members are up to date' },
    branch: (name) => `Branch: ${name}`,
    members: (n) => `Members: ${n}`,
    secretaries: (names) => `Secretary: ${names}`,
    noSecretary: 'There is no secretary yet. An administrator can mention me with: secretary @X',
    next: 'Next, the secretary can mention me here with:',
    example: 'checkin Theme day reading by tomorrow 18:00',
    others: 'To add a secretary: secretary @X. For anything else: help',
    unreadable:
      'The members of this group cannot be read right now, so nothing was bound. Please send “bind NAME” again in a few minutes; if it keeps failing, ask an administrator to check that the bot may read group members.',
    welcome: 'Hello, I am Xueban',
    does: 'I help a branch with its study work: check-ins, quizzes and meetings that count and close by themselves, a reading a day, and answers to study questions, each with its source.',
    stores:
      'I store the names of the people in this group and what they hand in on purpose, such as a check-in. What does not mention me is neither read nor stored. I do not score or rank anyone.',
    howToBind: 'First step: the owner of this group mentions me with “bind NAME”, for example:',
    bindExample: '@Xueban bind First Branch',
    given: (branch) => `You are now a secretary of “${branch}”`,
    givenText: 'Mention me in the group, or send me here:',
    ended: (branch) => `You are no longer a secretary of “${branch}”`,
    endedText: 'You can still check in and ask questions.',
    roles: 'Secretary',
    gave: (name) => `${name} is a secretary now.`,
    had: (name) => `${name} is a secretary already.`,
    took: (name) => `${name} is no longer a secretary.`,
    hadNot: (name) => `${name} was not a secretary.`,
    news: 'A change of secretary',
    inBranch: (branch) => `Branch: ${branch}`,
    by: (name) => `Done by ${name}`,
    left: 'A secretary left the group',
    leftText: (names) => `${names} left the groups of the branch and is still a secretary.`,
    leftNext: (name) => `To end the role, send: unsecretary @${name}`,
    gone: 'I am no longer in the group',
    goneText:
      'I was removed or the group was dissolved. Still open, with cards that no longer follow:',
    goneNext: 'People can send me “answer ID” in private; you can send “status ID” or “close ID”.',
    goneIdle:
      'I was removed, the group was dissolved, or I may not write there. To go on, add me to the group again.',
    unreached: 'Somebody cannot be reached',
    unreachedText: (name) =>
      `${name} does not get my private messages; they may have switched me off or left. I have stopped writing to them.`,
    unreachedNext: 'A word from them to me in private sets it right.',
    comma: ', ',
    someone: 'This person',
  },
);

/** The answer to `绑定`, for the whole group. */
export function boundCard({ locale }: Reader, { branch, how, members, secretaries }: Bound): Card {
  const say = words[locale];
  const names = secretaries.map(({ name }) => name).join(say.comma);
  const serving = secretaries.length > 0;
  return card(say.how[how], 'good', [
    plain(say.branch(branch.name)),
    plain(say.members(members)),
    plain(serving ? say.secretaries(names) : say.noSecretary),
    ...(serving ? [note(say.next), plain(say.example), note(say.others)] : []),
  ]);
}

/** One helpful line where the platform would not tell who is in the group. */
export const unreadableGroupLine = ({ locale }: Reader): string => words[locale].unreadable;

/** Said once in every new group: what it does, what it stores, how to bind. */
export function welcomeCard({ locale }: Reader): Card {
  const say = words[locale];
  return card(say.welcome, 'plain', [
    plain(say.does),
    plain(say.stores),
    note(say.howToBind),
    plain(say.bindExample),
  ]);
}

export interface RoleChange {
  branch: Branch;
  person: Person;
  by: Person;
  /** The role began, or it ended. */
  given: boolean;
}

/** The answer to whoever gave or took the role; `changed` is false where it was so already. */
export function roleCard(
  { locale }: Reader,
  { person, given }: RoleChange,
  changed: boolean,
): Card {
  const say = words[locale];
  const sentence = given ? (changed ? say.gave : say.had) : changed ? say.took : say.hadNot;
  const line = plain(sentence(person.name || say.someone));
  return card(say.roles, changed ? 'good' : 'plain', [line]);
}

/** Tells the person concerned and the other secretaries, each in private. */
export function roleNews(reader: Reader, change: RoleChange, others: Person[]): Outgoing[] {
  const told = others.filter(({ id }) => id !== change.person.id && id !== change.by.id);
  const own: Outgoing[] =
    change.person.id === change.by.id
      ? []
      : [{ to: { person: change.person.id }, content: { card: ownRoleCard(reader, change) } }];
  const news = roleNewsCard(reader, change);
  return [...own, ...told.map(({ id }) => ({ to: { person: id }, content: { card: news } }))];
}

function ownRoleCard({ locale }: Reader, { branch, by, given }: RoleChange): Card {
  const say = words[locale];
  return given
    ? card(say.given(branch.name), 'good', [
        plain(say.givenText),
        plain(say.example),
        note(say.others),
        note(say.by(by.name)),
      ])
    : card(say.ended(branch.name), 'plain', [plain(say.endedText), note(say.by(by.name))]);
}

function roleNewsCard({ locale }: Reader, { branch, person, by, given }: RoleChange): Card {
  const say = words[locale];
  const sentence = given ? say.gave : say.took;
  return card(say.news, 'plain', [
    plain(sentence(person.name || say.someone)),
    plain(say.inBranch(branch.name)),
    note(say.by(by.name)),
  ]);
}

/** Tells the other secretaries that one of them left the groups and keeps the role. */
export function secretaryLeftCard({ locale }: Reader, branch: Branch, gone: Person[]): Card {
  const say = words[locale];
  const names = gone.map(({ name }) => name || say.someone);
  return card(say.left, 'warning', [
    plain(say.leftText(names.join(say.comma))),
    plain(say.inBranch(branch.name)),
    ...names.map((name) => plain(say.leftNext(name))),
  ]);
}

/** Tells a secretary that the group is out of reach, and what is still open there. */
export function groupGoneCard({ locale }: Reader, branch: Branch, open: Round[]): Card {
  const say = words[locale];
  return card(say.gone, 'warning', [
    plain(say.inBranch(branch.name)),
    ...(open.length > 0 ? openThere(say, open) : [plain(say.goneIdle)]),
  ]);
}

const openThere = (say: { goneText: string; goneNext: string }, open: Round[]) => [
  plain(say.goneText),
  ...open.slice(0, 20).map(({ number, title }) => plain(`#${number} ${title}`)),
  plain(say.goneNext),
];

/** Tells a secretary in private that somebody can no longer be written to. */
export function personGoneCard({ locale }: Reader, { name }: Person): Card {
  const say = words[locale];
  return card(say.unreached, 'warning', [
    plain(say.unreachedText(name || say.someone)),
    note(say.unreachedNext),
  ]);
}
