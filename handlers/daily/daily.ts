import {
  dailyCard,
  switchedOffCard,
  switchedOnCard,
  unknownYearLine,
} from '../../cards/daily/daily.ts';
import { dailyRefusals } from '../../cards/daily/daily-refusals.ts';
import type { Bot } from '../../src/bot/bot.ts';
import { clock, type ClockTime } from '../../src/bot/parts/clock.ts';
import type { Outgoing, Reader } from '../../src/bot/talk.ts';
import type { Daily } from '../../src/daily/types.ts';
import type { PersonId } from '../../src/base/ids.ts';
import { registerPushDaily, type PushDailyNeeds } from '../../jobs/daily/push-daily.ts';
import type { Roster } from '../../src/people/roster/service.ts';
import { both } from '../../src/bot/both.ts';
import { defineCommand } from '../../src/bot/command.ts';
import { flag } from '../../src/bot/parts/flag.ts';
import { longestTitle, refuse } from '../../src/bot/parts/line.ts';
import { marked } from '../../src/bot/parts/marked.ts';
import { maybe } from '../../src/bot/parts/part.ts';
import { text } from '../../src/bot/parts/text.ts';
import { orNothing, ways } from '../../src/bot/parts/ways.ts';
import { looksLikeTime } from '../../src/bot/times/times.ts';

const offWord = both('关', 'off');

const title = text(both('标题', 'title'), { limit: longestTitle, kind: { is: 'document' } });

const set = ways(
  {
    on: {
      word: both('开', 'on'),
      also: ['开启'],
      parts: {
        at: clock(),
        workdays: flag(both('工作日', 'workdays'), { also: ['workday'] }),
        from: maybe(marked(both('资料', 'from'), title)),
      },
    },
    off: { word: offWord, also: ['关闭'] },
  },
  {
    asked: both('开或关', 'on or off'),
    missing(line) {
      if (looksLikeTime(line.text)) refuse('PART_MISSING', { part: 'set' });
    },
  },
);

export const dailyCommand = defineCommand({
  name: 'daily',
  inOwnWords: {
    rest: (said, { locale }) => (/关|停|取消/.test(said) ? offWord[locale] : undefined),
    todo: /(?:每天|每日|每个?工作日|天天).{0,12}(?:推送?|发|来).{0,10}(?:一?[段条篇]|学习|资料|内容|材料)|(?:开启?|打开|设置|启用)(?:一下)?每日一学|^(?:帮我)?推送?每日一学$|(?:关掉|关闭|关了|停止|停掉|停了|取消)(?:一下)?(?:每日一学|每天的?推送|每日推送)/,
  },
  word: both('每日一学', 'daily'),
  who: 'secretary',
  does: both('每天推送一段学习内容', 'a daily reading'),
  example: both('每日一学 开 8:30 工作日', 'daily on 8:30 workdays'),
  glued: (rest) => /^(?:开启?(?=[\s\d])|关闭?$)/.test(rest),
  // Without any it shows how the daily reading stands.
  parts: { set: orNothing(set) },
});

interface DailyParts extends PushDailyNeeds {
  bot: Bot;
  roster: Roster;
}

/** 每日一学: on, off, and how it stands. */
export function registerDaily(parts: DailyParts) {
  const { bot, dailies, roster, admins } = parts;
  bot.says(dailyRefusals);
  registerPushDaily(parts);

  bot.onCommand(dailyCommand, async ({ from: person, place, parts, reader }) => {
    const acting = await roster.acting(person, place);
    const query = { ...acting, only: place.kind === 'group' ? place.id : undefined };
    if (!parts.set) return { card: dailyCard(reader, await dailies.show(query)) };
    if (parts.set === 'off')
      return { card: switchedOffCard(reader, await dailies.switchOff(query)) };
    const { at, workdays, from } = parts;
    const daily = await dailies.switchOn({ ...acting, minute: minuteOf(at), workdays, from });
    return { card: switchedOnCard(reader, daily), send: operatorNews(reader, daily, person) };
  });

  /** Tells the administrators of a year without holiday data, since only they can add it. */
  function operatorNews(reader: Reader, { unknownYear }: Daily, by: PersonId): Outgoing[] {
    if (unknownYear === undefined) return [];
    const content = { text: unknownYearLine(reader, unknownYear) };
    const others = [...admins()].filter((admin) => admin !== by);
    return others.map((person) => ({ to: { person }, content }));
  }
}

const minuteOf = ({ hour, minute }: ClockTime) => hour * 60 + minute;
