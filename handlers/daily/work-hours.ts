import { workEndWords } from '../../cards/daily/work-hours.ts';
import type { Offers } from '../../cards/people/settings.ts';
import type { Bot } from '../../src/bot/bot.ts';
import { workEnd } from '../../src/daily/calendar/settings.ts';
import type { Roster } from '../../src/people/roster/service.ts';
import type { Settings } from '../../src/people/settings/service.ts';

interface WorkHoursParts {
  bot: Bot;
  roster: Roster;
  settings: Settings;
  offers: Offers;
}

/** 下班前: each branch says when that is. Whoever is in no branch is understood in the usual way. */
export function registerWorkHours({ bot, roster, settings, offers }: WorkHoursParts) {
  offers.add({ setting: workEnd, words: workEndWords });
  bot.onWorkEnd(async ({ from, place }) => {
    const { branch } = await roster.standing(from, place);
    return branch ? settings.read(branch.id, workEnd) : workEnd.usual;
  });
}
