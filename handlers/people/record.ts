import { loggedLine, recordCard, sentPrivately } from '../../cards/people/record.ts';
import type { RoundFaces } from '../../cards/rounds/rounds.ts';
import type { Bot } from '../../src/bot/bot.ts';
import { privately } from '../../src/bot/privately.ts';
import type { OwnRecords } from '../../src/people/record/service.ts';
import type { Study } from '../../src/people/study/service.ts';
import { both } from '../../src/bot/both.ts';
import { defineCommand } from '../../src/bot/command.ts';
import { longestTitle } from '../../src/bot/parts/line.ts';
import { minutes } from '../../src/bot/parts/number.ts';
import { maybe } from '../../src/bot/parts/part.ts';
import { text } from '../../src/bot/parts/text.ts';

export const meCommand = defineCommand({
  name: 'me',
  word: both('我的', 'me'),
  who: 'anyone',
  does: both('看自己的记录', 'your own record'),
  example: both('我的', 'me'),
  isEveryday: true,
  button: { label: both('我的记录', 'My record'), does: 'run' },
  parts: {},
});

export const studyCommand = defineCommand({
  name: 'study',
  word: both('学习', 'study'),
  who: 'anyone',
  does: both('记自己的学习时间', 'logs your study time'),
  example: both('学习 30 党章', 'study 30 Constitution'),
  glued: (rest) => /^\d{1,4}(?:分钟|小时)?(?:$|\s)/.test(rest),
  isEveryday: true,
  parts: {
    minutes: minutes(),
    what: maybe(text(both('内容', 'what'), { limit: longestTitle })),
  },
});

interface RecordParts {
  bot: Bot;
  record: OwnRecords;
  study: Study;
  kinds: RoundFaces;
}

/** 我的 and 学习: what somebody keeps for themselves. */
export function registerRecord({ bot, record, study, kinds }: RecordParts) {
  bot.onCommand(meCommand, async (said) => {
    const { from, reader } = said;
    const card = recordCard(reader, kinds, await record.of(from));
    return privately(said, { card }, sentPrivately(reader));
  });

  bot.onCommand(studyCommand, async ({ from, place, at, parts, reader }) => {
    const month = await study.log({ person: from, at, ...parts });
    return { text: loggedLine(reader, parts.minutes, month, place.kind) };
  });
}
