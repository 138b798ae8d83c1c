import { z } from 'zod';
import { defineAction } from '../../src/bot/action.ts';
import type { Card, Outgoing, Reader } from '../../src/bot/talk.ts';
import type { HandedIn, Marked, Result } from '../../src/rounds/quiz/types.ts';
import type { Round } from '../../src/rounds/types.ts';
import { bigButton, button, buttonRow, card, line, note, plain } from '../bot/kit.ts';
import { choiceLabels } from './quiz-choices.ts';
import { shortened } from './rounds.ts';
import { inBoth, shorten } from '../bot/words.ts';
import { AttemptId } from '../../src/base/ids.ts';

export const showResult = defineAction(
  'quiz.result',
  z.object({ attempt: AttemptId, page: z.int().min(0).max(100) }),
);

const words = inBoth(
  {
    semicolon: '；',
    result: (title: string, right: number, of: number) => `${title} · 答对 ${right} / ${of} 题`,
    marks: { right: '✓', wrong: '✗' },
    marked: (mark: string, place: number, text: string) => `${mark} ${place}. ${text}`,
    yours: (said: string) => `你的答案：${said || '未答'}`,
    correct: (said: string) => `正确答案：${said}`,
    why: (text: string) => `解析：${text}`,
    from: (text: string) => `出处：${text}`,
    handedIn: (number: number) => `已交卷（#${number}），只有你能看到自己的得分。`,
    pages: { before: '上一页', after: '下一页' },
    ended: (title: string) => `测验结束 · ${title}`,
    taken: '题都答完了，到时间已自动交卷。只有你能看到自己的得分。',
    look: '看得分和解析',
  },
  {
    semicolon: '; ',
    result: (title, right, of) => `${title} · ${right} of ${of} right`,
    marks: { right: '✓', wrong: '✗' },
    marked: (mark, place, text) => `${mark} ${place}. ${text}`,
    yours: (said) => `You: ${said || 'no answer'}`,
    correct: (said) => `Right: ${said}`,
    why: (text) => `Why: ${text}`,
    from: (text) => `Source: ${text}`,
    handedIn: (number) => `Handed in (#${number}); only you see your score.`,
    pages: { before: 'Previous', after: 'More' },
    ended: (title) => `Quiz closed · ${title}`,
    taken: 'You had answered everything, so it was handed in at the end. Only you see your score.',
    look: 'Score and explanations',
  },
);

/** A card holds 30 KB: so many questions with their explanations fit. */
const perPage = 8;

/** What was right and why: for the one who handed in. */
export function resultCard(reader: Reader, result: Result, page = 0): Card {
  const say = words[reader.locale];
  const { quiz, right, marked } = result;
  const shown = marked.slice(page * perPage, (page + 1) * perPage);
  const turn = (label: string, to: number) =>
    button(label, showResult.with({ attempt: quiz.attempt, page: to }), 'default');
  const turns = [
    ...(page > 0 ? [turn(say.pages.before, page - 1)] : []),
    ...((page + 1) * perPage < marked.length ? [turn(say.pages.after, page + 1)] : []),
  ];
  return card(say.result(shortened(quiz.title), right, marked.length), 'good', [
    ...shown.flatMap((each) => [plain(markedText(reader, each)), line]),
    ...(turns.length > 0 ? [buttonRow(turns)] : []),
    note(say.handedIn(quiz.number)),
  ]);
}

function markedText(reader: Reader, marked: Marked): string {
  const say = words[reader.locale];
  const { place: at, text, isRight, chosen, answer, explanation, source } = marked;
  const labels = choiceLabels(reader, marked);
  const named = (options: number[]) =>
    options.map((each) => shorten(labels[each] ?? '', 40)).join(say.semicolon);
  return [
    say.marked(isRight ? say.marks.right : say.marks.wrong, at, shorten(text, 200)),
    say.yours(named(chosen)),
    ...(isRight ? [] : [say.correct(named(answer))]),
    ...(explanation ? [say.why(shorten(explanation, 400))] : []),
    ...(source ? [say.from(shorten(source, 60))] : []),
  ].join('\n');
}

/** To those whose paper was complete at the end and is in though they did not say so: each alone. */
export function takenIn(reader: Reader, { title }: Round, papers: HandedIn[]): Outgoing[] {
  const say = words[reader.locale];
  return papers.map(({ person, attempt }) => {
    const look = bigButton(say.look, showResult.with({ attempt, page: 0 }));
    const content = { card: card(say.ended(shortened(title)), 'over', [plain(say.taken), look]) };
    return { to: { person }, content };
  });
}
