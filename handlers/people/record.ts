import { loggedLine, recordCard, sentPrivately } from '../../cards/people/record.ts';
import type { RoundFaces } from '../../cards/rounds/rounds.ts';
import type { Bot } from '../../src/bot/bot.ts';
import { privately } from '../../src/bot/privately.ts';
import type { OwnRecords } from '../../src/people/record/service.ts';
import type { Study } from '../../src/people/study/service.ts';
import { both } from '../../src/bot/both.ts';
import { decimalOf } from '../../src/base/chinese-numerals.ts';
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
  inOwnWords: {
    toSee:
      /(?:查|看|看看|查看)?(?:一下)?我的(?:学习|签到|打卡|参会|个人)?记录$|^(?:看看|查查)?我(?:已经)?(?:签到|打卡|完成|答|交)过?了(?:吗|没有?)?[?？]*$|^my record/i,
  },
  parts: {},
});

/** 我今天学了30分钟党章, 今天学了半小时. */
function studyRest(text: string): string {
  const found = /(\d{1,4}|[一二两三四五六七八九十]{1,3}|半)\s*(分钟|个半小时|个?小时)/.exec(text);
  const [whole = '', said = '', unit = ''] = found ?? [];
  const count = decimalOf(said) + (unit.includes('半') ? 0.5 : 0);
  const minutes = unit.includes('分') ? count : count * 60;
  const what = text
    .slice((found?.index ?? 0) + whole.length)
    .replace(/^[的\s,，]+|[。!！了]+$/g, '');
  return `${minutes} ${what}`.trim();
}

export const studyCommand = defineCommand({
  name: 'study',
  word: both('学习', 'study'),
  who: 'anyone',
  does: both('记自己的学习时间', 'logs your study time'),
  example: both('学习 30 党章', 'study 30 Constitution'),
  glued: (rest) => /^\d{1,4}(?:分钟|小时)?(?:$|\s)/.test(rest),
  isEveryday: true,
  inOwnWords: {
    todo: /^我?(?:今天|昨天|刚刚?|刚才|上午|下午|晚上)?(?:一共)?(?:学习|自学|学|看书|读书|看|读)了?.{0,12}?(?:\d{1,4}|[一二两三四五六七八九十]{1,3}|半)\s*(?:分钟|个?半?小时)/,
    rest: studyRest,
  },
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
