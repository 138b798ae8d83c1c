import { z } from 'zod';
import { defineAction } from '../../src/bot/action.ts';
import type { Card, CardElement, Reader, Toast } from '../../src/bot/talk.ts';
import type { WeekNote } from '../../src/answers/unanswered/types.ts';
import { card, line, note, plain, smallButton } from '../bot/kit.ts';
import { counted, inBoth, shorten } from '../bot/words.ts';

/** The asker does not want an unanswered question passed on. */
export const keepBack = defineAction('vain.keep-back', z.object({ asked: z.uuid() }));

const words = inBoth(
  {
    passedOn: '下周一会把这个问题告诉支部书记，方便补充资料，不带你的姓名，也不记是在哪里问的。',
    keepBack: '不转告',
    kept: '好的，这个问题不转告书记',
    late: '这个问题之前已经撤下，或已经告诉书记了',
    title: (branch: string) => `上周没有答上来的问题 · ${branch}`,
    intro: '这些问题在资料里没有找到答案，没有记是谁问的：',
    none: '上周问的都有回答或相关段落。',
    question: (text: string, times: number) =>
      `· ${text}${times > 1 ? `（问了 ${times} 次）` : ''}`,
    more: (count: number) => `还有 ${count} 个。`,
    what: '怎么办：把有答案的资料（.docx、.pdf、.md、.txt 或 .html）私聊发给我，确认入库就能回答；资料里有、只是问法不同的，写一条标准答案，发「标准答案」看怎么写。',
    feedback: (count: number) => `对回答的反馈有 ${count} 条还没处理，发「反馈」查看。`,
    stale: (count: number) =>
      `有 ${count} 条标准答案的出处变了，核对前不用于回答，发「标准答案」核对。`,
    told: '每周一最多告诉你一次，看过就从我这里删掉。',
  },
  {
    passedOn:
      'On Monday I tell the secretary this question, so that a document can be added: without your name, and without where you asked.',
    keepBack: "Don't pass on",
    kept: 'All right, it is not passed on',
    late: 'It was taken back before, or told already',
    title: (branch) => `Asked in vain last week · ${branch}`,
    intro: 'The documents did not answer these; who asked was not kept:',
    none: 'Whatever was asked last week found an answer or something near it.',
    question: (text, times) => `· ${text}${times > 1 ? ` (${counted(times, 'time')})` : ''}`,
    more: (count) => `${count} more.`,
    what: 'What to do: send me a document that answers (.docx, .pdf, .md, .txt or .html) in private and confirm it. Where one answers already in other words, write a standard answer: send "standard" to see how.',
    feedback: (count) => `Marked answers to deal with: ${count}; send "feedback" to see them.`,
    stale: (count) =>
      `Standard answers whose source was renewed or retired: ${count}; they do not answer before you have looked. Send "standard".`,
    told: 'I tell you once a week at most, and then delete it.',
  },
);

/** Under "not found": what becomes of the question, and how to prevent it. */
export function passedOnElements({ locale }: Reader, asked: string | undefined): CardElement[] {
  if (asked === undefined) return [];
  const say = words[locale];
  return [note(say.passedOn), smallButton(say.keepBack, keepBack.with({ asked }))];
}

export function keptBackToast({ locale }: Reader, isKept: boolean): Toast {
  const { kept, late } = words[locale];
  return isKept ? { type: 'success', content: kept } : { type: 'info', content: late };
}

/** For a secretary alone, on Monday: which questions were not answered, and what else waits for them. */
export function weekCard({ locale }: Reader, told: WeekNote): Card {
  const say = words[locale];
  const { branch, questions, more, feedback, stale } = told;
  const listed = questions.map(({ question, times }) =>
    say.question(shorten(question, 100), times),
  );
  return card(say.title(shorten(branch.name, 40)), 'plain', [
    plain(listed.length > 0 ? [say.intro, ...listed].join('\n') : say.none),
    ...(more > 0 ? [note(say.more(more))] : []),
    ...(listed.length > 0 ? [note(say.what)] : []),
    ...(feedback + stale > 0 ? [line] : []),
    ...(feedback > 0 ? [plain(say.feedback(feedback))] : []),
    ...(stale > 0 ? [plain(say.stale(stale))] : []),
    note(say.told),
  ]);
}
