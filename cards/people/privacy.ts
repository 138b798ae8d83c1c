import { z } from 'zod';
import { defineAction } from '../../src/bot/action.ts';
import type { Card, CardElement, Content, Reader } from '../../src/bot/talk.ts';
import { PersonId } from '../../src/base/ids.ts';
import type { StoredData, Forgotten, Stored } from '../../src/people/privacy/types.ts';
import { button, buttonRow, card, line, markdown, note, plain } from '../bot/kit.ts';
import { inBoth } from '../bot/words.ts';

/** A card may be passed on: each button knows whose it is. */
const ofPerson = z.object({ person: PersonId });
export const exportStored = defineAction('privacy.export', ofPerson);
export const askDelete = defineAction('privacy.delete', ofPerson);
export const confirmDelete = defineAction('privacy.confirm', ofPerson);

const words = inBoth(
  {
    title: '学伴存了你的什么',
    stored: ({ groups, roles, opened, ...n }: Stored) => [
      '你的姓名和平台账号标识，用来认出你',
      `在哪些群里、什么时候进出：${groups} 条${roles ? `；担任过的职务：${roles} 条` : ''}`,
      `支部的事项：问到你 ${n.asked} 次，你完成 ${n.answered} 次，答应参加会议 ${n.comings} 次，请假 ${n.leaves} 次，补 ${n.madeUp} 次${opened ? `，你发起 ${opened} 次` : ''}`,
      `自己记的学习时间：${n.studied} 条`,
      `你标过的回答：${n.marked} 条，90 天后删掉；标「没用」「出处不对」的连问题和出处一起列给书记看，不带你的名字`,
      '免打扰时段，最近一次提醒你的时间',
      `发给你的消息：${n.messages} 条，只留发送结果，90 天后删掉`,
    ],
    never:
      '你对我说的话处理完一小时内就删掉，只留消息编号 7 天。匿名的内容查不到是谁写的。没找到答案的问题，每周不带姓名告诉书记一次，告诉后就删掉，最多留 14 天；卡片上按「不转告」就马上删掉。我不打分、不排名、不推断任何人的想法。',
    own: '只有你自己看得到这张卡片。',
    export: '导出全部',
    delete: '删除',
    commands: '也可以发：隐私 导出、隐私 删除',
    file: (day: string) => `学伴-我的信息-${day}.json`,
    sure: '要删除吗？',
    goes: '**会删掉**',
    going: [
      '自己记的学习时间',
      '你对回答的标记',
      '免打扰时段（恢复成 21:00 到 8:00）',
      '请假原因、补学时写的话',
      '进行中的签到里你的回答、还没开始的会议里你的答复（可以再答）',
      '发来还没确认的文件',
    ],
    stays: '**会留下**',
    staying: [
      '已结束事项里算过数的完成情况、请假和补：支部的台账要对得上，改了就不真实了',
      '测验的作答：交卷后不能重来，否则对别人不公平',
      '姓名、账号标识、进出群和任职的时间：还在群里就要认得出你，退群后不再新增',
      '你替支部发起的事项和加入的资料：属于支部',
      '提醒和消息的发送记录（没有内容）：免得重复打扰你，到期自动删掉',
    ],
    confirm: '确认删除',
    cannotUndo: '删除后不能恢复。想先留一份，就发：隐私 导出。也可以发：隐私 确认删除',
    done: '已经删除',
    gone: ({ studied, marked, withdrawn, reasons }: Forgotten) =>
      `学习时间 ${studied} 条，对回答的标记 ${marked} 个，请假和补的话 ${reasons} 条，进行中的回答 ${withdrawn} 个，免打扰设置。`,
    left: '其余的为什么留下，发「隐私 删除」可以再看。',
  },
  {
    title: 'What is stored about you',
    stored: ({ groups, roles, opened, ...n }) => [
      'Your name and the platform’s id of you, to know you',
      `The groups you were in, from when to when: ${groups}${roles ? `; roles you held: ${roles}` : ''}`,
      `Your branch’s rounds: you were asked ${n.asked} times, answered ${n.answered}, said you would come to ${n.comings}, on leave ${n.leaves}, made up ${n.madeUp}${opened ? `, opened ${opened}` : ''}`,
      `Study time you logged: ${n.studied}`,
      `Answers you marked: ${n.marked}, for 90 days; what did not help or had a wrong source is listed for the secretary with question and source, without your name`,
      'Your quiet hours, and when you were last reminded',
      `Messages to you: ${n.messages}, only how each was delivered, for 90 days`,
    ],
    never:
      'What you write to me is deleted within an hour of being handled; its id stays for 7 days. What is anonymous cannot be tied to anybody. A question that found no answer is told to the secretary once a week, without a name, and then deleted, after 14 days at most; press "Don’t pass on" on its card to delete it at once. I never score, rank or infer what people think.',
    own: 'Only you can see this card.',
    export: 'Export everything',
    delete: 'Delete',
    commands: 'Or send: privacy export, privacy delete',
    file: (day) => `xueban-my-data-${day}.json`,
    sure: 'Delete?',
    goes: '**What goes**',
    going: [
      'Study time you logged',
      'What you said of answers',
      'Your quiet hours (back to 21:00 to 8:00)',
      'Reasons for leave and what you wrote when making up',
      'Your answers in check-ins that are open and to meetings still ahead (you can answer again)',
      'Files you sent and have not confirmed',
    ],
    stays: '**What stays**',
    staying: [
      'Answers, leave and making up counted in rounds that are over: the branch’s ledger has to stay true',
      'What you answered in quizzes: nobody can hand in twice, to be fair to others',
      'Name, id, and when you came, went or held a role: in a group you must be known; once you left nothing is added',
      'Rounds you opened and documents you added for the branch: they are the branch’s',
      'Records of reminders and deliveries (no content): they keep you from being disturbed twice and expire by themselves',
    ],
    confirm: 'Delete for good',
    cannotUndo:
      'This cannot be undone. To keep a copy first send: privacy export. Or send: privacy delete confirm',
    done: 'Deleted',
    gone: ({ studied, marked, withdrawn, reasons }) =>
      `Logged study time: ${studied}; answers marked: ${marked}; words of leave and making up: ${reasons}; answers in open rounds: ${withdrawn}; your quiet hours.`,
    left: 'Why the rest stays: send “privacy delete”.',
  },
);

const list = (lines: string[]): CardElement => plain(lines.map((each) => `· ${each}`).join('\n'));

/** What is stored about the person who reads it, with what they can do about it. */
export function storedCard({ locale }: Reader, person: PersonId, stored: Stored): Card {
  const say = words[locale];
  return card(say.title, 'plain', [
    list(say.stored(stored)),
    line,
    plain(say.never),
    buttonRow([
      button(say.export, exportStored.with({ person })),
      button(say.delete, askDelete.with({ person }), 'danger'),
    ]),
    note(say.own),
    note(say.commands),
  ]);
}

/** Asks before anything is deleted: what goes, what stays and why. */
export function sureCard({ locale }: Reader, person: PersonId): Card {
  const say = words[locale];
  return card(say.sure, 'warning', [
    markdown(say.goes),
    list(say.going),
    markdown(say.stays),
    list(say.staying),
    button(say.confirm, confirmDelete.with({ person }), 'danger'),
    note(say.cannotUndo),
  ]);
}

export function forgottenCard({ locale }: Reader, forgotten: Forgotten): Card {
  const say = words[locale];
  return card(say.done, 'good', [plain(say.gone(forgotten)), note(say.left)]);
}

/** Everything stored as one file that people and programs can read. */
export function everythingFile({ locale, zone, now }: Reader, everything: StoredData): Content {
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(now);
  const bytes = new TextEncoder().encode(`${JSON.stringify(everything, null, 2)}\n`);
  return { file: { name: words[locale].file(day), bytes } };
}
