import { dailyCard, switchedOffCard, switchedOnCard, unknownYearLine } from '../cards/daily.ts';
import { dailyRefusals } from '../cards/daily-refusals.ts';
import type { Bot } from '../src/bot/bot.ts';
import type { ClockTime } from '../src/bot/commands.ts';
import type { Outgoing, Reader } from '../src/bot/talk.ts';
import type { Daily } from '../src/daily/types.ts';
import { Refusal } from '../src/errors.ts';
import type { PersonId } from '../src/ids.ts';
import { registerPushDaily, type PushDailyNeeds } from '../src/jobs/push-daily.ts';
import type { Roster } from '../src/roster/service.ts';

interface DailyParts extends PushDailyNeeds {
  bot: Bot;
  roster: Roster;
}

/** 每日一学: on, off, and how it stands. */
export function registerDaily(parts: DailyParts) {
  const { bot, dailies, roster, admins } = parts;
  bot.says(dailyRefusals);
  registerPushDaily(parts);

  bot.onCommand('daily', async ({ from: person, place, parts, reader }) => {
    const acting = await roster.acting(person, place);
    const asking = { ...acting, only: place.kind === 'group' ? place.id : undefined };
    const { set, at, workdays = false, from } = parts;
    if (set === undefined) return { card: dailyCard(reader, await dailies.show(asking)) };
    if (set === 'off') return { card: switchedOffCard(reader, await dailies.switchOff(asking)) };
    const minute = minuteOf(at);
    const daily = await dailies.switchOn({ ...acting, minute, workdays, from });
    return { card: switchedOnCard(reader, daily), send: operatorNews(reader, daily, person) };
  });

  /** A year without holidays is the operator's to mend. */
  function operatorNews(reader: Reader, { unknownYear }: Daily, by: PersonId): Outgoing[] {
    if (unknownYear === undefined) return [];
    const content = { text: unknownYearLine(reader, unknownYear) };
    const others = [...admins()].filter((admin) => admin !== by);
    return others.map((person) => ({ to: { person }, content }));
  }
}

function minuteOf(at: ClockTime | undefined): number {
  if (!at) throw new Refusal('PART_MISSING', { part: 'time' });
  return at.hour * 60 + at.minute;
}
