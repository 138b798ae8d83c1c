import type { Sentences } from '../../src/bot/refusals.ts';
import type { QuizRefusals } from '../../src/rounds/quiz/refusals.ts';
import { inBoth, listed } from '../bot/words.ts';

export const quizRefusals = inBoth<Sentences<QuizRefusals>>(
  {
    NO_BANK: () =>
      '这个支部还没有题库。请先把题库文件（.xlsx、.gift 或 .txt）私聊发给我，例如：党章.xlsx',
    BANK_UNKNOWN: ({ said, banks }) =>
      `没有叫${said && `「${said}」`}的题库或标签，现有题库：${listed['zh-CN'](banks)}。例如：测验 党章 10题`,
    TOO_FEW_QUESTIONS: ({ there }) =>
      `这里一共只有 ${there} 道题，请少出几道。例如：测验 ${there}题`,
    HANDED_IN: ({ number }) => `#${number} 已经交卷了，不能再改。`,
    NOT_YOUR_CARD: () => '这是别人的题卡，没有改动。请在群里的测验卡片上点「开始答题」。',
    QUESTION_UNKNOWN: ({ of }) => `没有这一题，这次共 ${of} 题。例如：答 12 1 B`,
    OPTION_UNKNOWN: ({ last }) =>
      `没看懂这个选项，单选和判断选一个，多选可以选几个，到 ${last} 为止。例如：答 12 3 B`,
    NOTHING_CHOSEN: () => '还没有选，请先选至少一项。',
    QUIZ_WORDS: () => '没看懂，请写题号和选项。例如：答 12 3 B，答完发：答 12 交卷',
  },
  {
    NO_BANK: () =>
      'This branch has no question bank yet. Send me one in private first (.xlsx, .gift or .txt), for example Constitution.xlsx',
    BANK_UNKNOWN: ({ said, banks }) =>
      `There is no bank or tag${said && ` "${said}"`}. Banks: ${listed['en-US'](banks)}. Example: quiz Constitution 10`,
    TOO_FEW_QUESTIONS: ({ there }) =>
      `There are only ${there} questions here; please ask fewer. Example: quiz ${there}`,
    HANDED_IN: ({ number }) => `#${number} is handed in and cannot be changed.`,
    NOT_YOUR_CARD: () =>
      'This is somebody else\'s quiz; nothing was changed. Press "Begin" on the card in the group.',
    QUESTION_UNKNOWN: ({ of }) =>
      `There is no such question: this quiz has ${of}. Example: answer 12 1 B`,
    OPTION_UNKNOWN: ({ last }) =>
      `I could not read that option: one, or several where several are right, up to ${last}. Example: answer 12 3 B`,
    NOTHING_CHOSEN: () => 'Nothing is chosen yet: please choose at least one.',
    QUIZ_WORDS: () =>
      "Please write the question's number and the option. Example: answer 12 3 B, and at the end: answer 12 hand in",
  },
);
