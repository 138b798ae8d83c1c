import chineseDays from 'chinese-days';
import type { Log } from '../../base/log.ts';
import { followOverride } from './override.ts';

/** Which days people in China work, with holidays and the days moved for them. Days are `YYYY-MM-DD`. */
export interface Calendar {
  /** In a year without data: Monday to Friday. */
  isWorkday(day: string): boolean;
  /** Whether anything is known of this year's holidays. */
  knows(year: number): boolean;
}

/** The calendar as published, and over it the operator's own file, if there is one. */
export function createCalendar({ file, log }: { file?: string; log: Log }): Calendar {
  const override = file === undefined ? undefined : followOverride(file, log);
  return {
    isWorkday(day) {
      const own = override?.();
      if (own?.isFree(day)) return false;
      if (own?.isWork(day)) return true;
      return isPublished(Number(day.slice(0, 4))) ? chineseDays.isWorkday(day) : isMidweek(day);
    },
    knows: (year) => isPublished(year) || (override?.().knows(year) ?? false),
  };
}

// Of a year it knows nothing of, the source calls every Monday to Friday a workday and says nothing. In a
// year it knows, some Monday to Friday of the first week of October is free.
const isPublished = (year: number) =>
  [1, 2, 3, 4, 5, 6, 7]
    .map((day) => `${year}-10-0${day}`)
    .some((day) => isMidweek(day) && !chineseDays.isWorkday(day));

function isMidweek(day: string): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday > 0 && weekday < 6;
}
