import type { Bot } from '../../src/bot/bot.ts';
import { both } from '../../src/bot/both.ts';
import { defineCommand } from '../../src/bot/command.ts';
import { longestTitle } from '../../src/bot/parts/line.ts';
import { maybe } from '../../src/bot/parts/part.ts';
import { period } from '../../src/bot/parts/period.ts';
import { person } from '../../src/bot/parts/person.ts';
import { text } from '../../src/bot/parts/text.ts';
import { endTime } from '../../src/bot/parts/time.ts';

export const surveyCommand = defineCommand({
  name: 'survey',
  word: both('问卷', 'survey'),
  who: 'secretary',
  does: both('发起问卷', 'opens a questionnaire'),
  example: both('问卷 学习需求 截止 周五 18:00', 'survey Study needs by Fri 18:00'),
  isThere: false,
  inOwnWords: {
    todo: /(?:发起?|做|搞|弄|来|设计|收集)(?:一?[个份次下])?.{0,10}(?:问卷|调查表?|投票)$|^(?:发起?|做|搞|弄|来)(?:一?[个份次下])?.{0,6}问卷/,
  },
  parts: { name: text(both('名称', 'name'), { limit: longestTitle }), by: maybe(endTime()) },
});

export const ledgerCommand = defineCommand({
  name: 'ledger',
  word: both('台账', 'ledger'),
  who: 'secretary',
  does: both('整理台账', 'makes the ledger'),
  example: both('台账 本季', 'ledger this quarter'),
  glued: (rest) => /^(?:\d|本|上)/.test(rest),
  isThere: false,
  inOwnWords: { todo: /(?:整理|导出|生成|做|写)(?:一?[份个下])?.{0,8}台账/ },
  parts: { period: maybe(period(both('月/季/年', 'PERIOD'))) },
});

export const dueCommand = defineCommand({
  name: 'due',
  word: both('应办', 'due'),
  who: 'secretary',
  does: both('看该办的事', 'what is due'),
  example: both('应办', 'due'),
  isThere: false,
  parts: {},
});

export const reviewCommand = defineCommand({
  name: 'review',
  word: both('错题', 'review'),
  who: 'anyone',
  does: both('复习错题', 'your questions to review'),
  example: both('错题', 'review'),
  isThere: false,
  parts: {},
});

export const handoverCommand = defineCommand({
  name: 'handover',
  word: both('交接', 'handover'),
  who: 'secretary',
  does: both('交接书记工作', 'hands the branch over'),
  example: both('交接 @王芳', 'handover @Wang Fang'),
  isThere: false,
  parts: { person: person() },
});

/** What is yet to come: it is understood and says so. */
export function registerLater({ bot }: { bot: Bot }) {
  bot.comesLater(surveyCommand, ledgerCommand, dueCommand, reviewCommand, handoverCommand);
}
