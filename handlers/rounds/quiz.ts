import {
  beginQuiz,
  handedInLine,
  inPrivateLine,
  inPrivateToast,
  notedLine,
  quizCard,
  quizFace,
  quizTitle,
  unreachedToast,
} from '../../cards/rounds/quiz.ts';
import { quizReportCard } from '../../cards/rounds/quiz-report.ts';
import { resultCard, showResult, takenIn } from '../../cards/rounds/quiz-result.ts';
import {
  chooseOption,
  chooseOptions,
  handInQuiz,
  showQuestion,
  stepCard,
  tickName,
} from '../../cards/rounds/quiz-step.ts';
import type { RoundFeature, RoundFeatures } from '../../cards/rounds/round-feature.ts';
import { openedCard } from '../../cards/rounds/rounds.ts';
import { quizRefusals } from '../../cards/rounds/quiz-refusals.ts';
import type { Bot } from '../../src/bot/bot.ts';
import type { Reader } from '../../src/bot/talk.ts';
import type { PersonId } from '../../src/base/ids.ts';
import type { Quizzes } from '../../src/rounds/quiz/service.ts';
import type { Roster } from '../../src/people/roster/service.ts';
import type { Step } from '../../src/rounds/quiz/types.ts';
import { subjectOf } from '../../src/rounds/rules.ts';
import { both } from '../../src/bot/both.ts';
import { defineCommand } from '../../src/bot/command.ts';
import { longestTitle } from '../../src/bot/parts/line.ts';
import { count } from '../../src/bot/parts/number.ts';
import { maybe } from '../../src/bot/parts/part.ts';
import { text } from '../../src/bot/parts/text.ts';
import { endTime } from '../../src/bot/parts/time.ts';

export const quizCommand = defineCommand({
  name: 'quiz',
  word: both('测验', 'quiz'),
  who: 'secretary',
  does: both('发起测验', 'opens a quiz'),
  example: both('测验 党章 10题 截止 明天 18:00', 'quiz Constitution 10 by tomorrow 18:00'),
  glued: (rest) => /^\d{1,3}道?题(?:\s|$)/.test(rest),
  inOwnWords: {
    todo: /(?:来|发起|发|搞|弄|出|做|组织|安排|开|整)(?:一?[个次份场下轮]|几道|起)?.{0,12}?(?:小?测验|小测|测试|考试|几?道题|题目考)|^(?:测验|测试|考考?)(?:一下)?(?:大家|同志们)[吧!！。~]*$|^(?:start|give|open|set up)\b.{0,30}quiz/i,
  },
  parts: {
    bank: maybe(text(both('题库或标签', 'bank'), { limit: longestTitle, kind: { is: 'bank' } })),
    count: maybe(
      count(both('题数', 'how many questions'), {
        most: 100,
        usage: both('N题', 'N'),
        unit: { like: /道?题|questions?/, word: both('题', '') },
      }),
    ),
    by: maybe(endTime()),
  },
});

interface QuizParts {
  bot: Bot;
  quizzes: Quizzes;
  roster: Roster;
  kinds: RoundFeatures;
}

/** 测验: its card goes to the group; the questions come in private, one card that changes in place. */
export function registerQuiz({ bot, quizzes, roster, kinds }: QuizParts) {
  bot.says(quizRefusals);
  kinds.add(quizFeature(quizzes));

  bot.onCommand(quizCommand, async ({ from, place, parts, reader }) => {
    const acting = await roster.acting(from, place);
    const title = quizTitle(reader, parts.bank);
    const round = await quizzes.open({ ...acting, title, ...parts });
    const content = { card: quizCard(reader, round) };
    const send = [{ to: { chat: round.chat }, content, subject: subjectOf(round) }];
    return place.kind === 'group' ? { send } : { send, card: openedCard(reader, round) };
  });

  bot.onPress(beginQuiz, async ({ from, value, at, reader }) => {
    const step = await quizzes.begin({ ...value, person: from, at });
    const arrives = await roster.canBeReached(from);
    return arrives
      ? { send: privately(reader, from, step), toast: inPrivateToast(reader) }
      : { toast: unreachedToast(reader) };
  });
  registerSteps(bot, quizzes);
}

/** In which a quiz differs from other rounds. */
const quizFeature = (quizzes: Quizzes): RoundFeature => ({
  kind: quizzes.kind,
  face: quizFace,
  byWord: answerByWord(quizzes),
  afterClosing: async (reader, round) =>
    takenIn(reader, round, await quizzes.handInComplete(round)),
  reports: async ({ reader, scope, round }, usual) => [
    await usual(),
    quizReportCard(reader, await quizzes.report(scope, round)),
  ],
});

/** Each press on the private card is answered with what comes next, in its place. */
function registerSteps(bot: Bot, quizzes: Quizzes) {
  bot.onPress(chooseOption, async ({ from: person, value, at, reader }) => {
    const { option, ...where } = value;
    const step = await quizzes.choose({ ...where, choice: [option], person, at });
    return { replace: stepCard(reader, step) };
  });

  bot.onPress(chooseOptions, async ({ from: person, value, form, at, reader }) => {
    const step = await quizzes.choose({ ...value, choice: ticked(form), person, at });
    return { replace: stepCard(reader, step) };
  });

  bot.onPress(showQuestion, async ({ from: person, value, at, reader }) => {
    return { replace: stepCard(reader, await quizzes.show({ ...value, person, at })) };
  });

  bot.onPress(handInQuiz, async ({ from: person, value, at, reader }) => {
    return { replace: stepCard(reader, await quizzes.handIn({ ...value, person, at })) };
  });

  bot.onPress(showResult, async ({ from: person, value, reader }) => {
    const result = await quizzes.result({ attempt: value.attempt, person });
    return { replace: resultCard(reader, result, value.page) };
  });
}

/** The options whose boxes came back ticked. */
const ticked = (form: Readonly<Record<string, unknown>>) =>
  [0, 1, 2, 3, 4, 5].filter((option) => [true, 'true'].includes(form[tickName(option)] as never));

const privately = (reader: Reader, person: PersonId, step: Step) => [
  { to: { person }, content: { card: stepCard(reader, step) } },
];

/** `答 编号 题号 选项`: the same in words. In a group nobody reads what was chosen or how it went. */
function answerByWord(quizzes: Quizzes): RoundFeature['byWord'] {
  return async ({ from: person, place, at, reader }, round, text) => {
    const { step, said } = await quizzes.byWord({ round, person, at, text });
    if (place.kind === 'private') return { card: stepCard(reader, step) };
    if (said?.is === 'choose') return { text: notedLine(reader, said.place, step.quiz) };
    const send = privately(reader, person, step);
    if (said?.is === 'hand-in' && step.is === 'result')
      return { send, text: handedInLine(reader, step.quiz) };
    return { send, text: inPrivateLine(reader) };
  };
}
