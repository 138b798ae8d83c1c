import { numberIn } from '../../base/chinese-numerals.ts';

/** A day of the calendar, as the count of days since 1970-01-01; no zone is in it. */
export type Day = number;

/** The part of the day a word such as 下午 or "tonight" names. */
export type DayPart = 'night' | 'morning' | 'noon' | 'afternoon' | 'evening';

export interface DaysMeant {
  /** The days it may be, the likeliest first: the first that is still ahead is meant. */
  days: Day[];
  part?: DayPart;
  /** It is so many days from now and keeps the time of day. */
  fromNow?: true;
}

interface DayForm {
  like: RegExp;
  read: (found: string[], today: Day) => DaysMeant | undefined;
}

const dayMs = 86_400_000;
const on = (...days: (Day | undefined)[]): DaysMeant | undefined => {
  const real = days.filter((day) => day !== undefined);
  return real.length > 0 ? { days: real } : undefined;
};

export function isoDay(day: Day): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/** The day of a year, month and day; undefined for a day that is not in the calendar, such as Feb 30. */
export function dayOf(year: number, month: number, day: number): Day | undefined {
  if (year < 1970 || year > 2199) return undefined;
  const at = new Date(Date.UTC(year, month - 1, day));
  const isReal = at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
  return isReal ? at.getTime() / dayMs : undefined;
}

const yearOf = (day: Day) => new Date(day * dayMs).getUTCFullYear();
const monthOf = (day: Day) => new Date(day * dayMs).getUTCMonth() + 1;
const lastOfMonth = (year: number, month: number) => Date.UTC(year, month, 0) / dayMs;
/** 1970-01-01 was a Thursday; weeks begin on Monday. */
const mondayOf = (day: Day) => day - ((((day + 3) % 7) + 7) % 7);

/**
 * A month and day without a year. Just gone by, it is meant as past (12/1 on 12/20); where next year's
 * is nearer it is meant (1/5 on 12/20).
 */
function nearestYear(month: number, day: number, today: Day): DaysMeant | undefined {
  const year = yearOf(today);
  const next = dayOf(year + 1, month, day);
  return on(dayOf(year, month, day), next && next - today <= 183 ? next : undefined);
}

/** A day of this month, or of one so many months away. */
function ofMonth(away: number, day: number, today: Day): DaysMeant | undefined {
  const months = yearOf(today) * 12 + monthOf(today) - 1 + away;
  return on(dayOf(Math.floor(months / 12), (months % 12) + 1, day));
}

/** The last day of a month: this year's, or next year's where that is nearer. */
function lastOf(month: number, today: Day): DaysMeant | undefined {
  if (month < 1 || month > 12) return undefined;
  const next = lastOfMonth(yearOf(today) + 1, month);
  return on(lastOfMonth(yearOf(today), month), next - today <= 183 ? next : undefined);
}

/** A day of the month alone: this month's, or next month's once that is past. */
function nearestMonth(day: number, today: Day): DaysMeant | undefined {
  const [year, month] = [yearOf(today), monthOf(today)];
  const next = month === 12 ? dayOf(year + 1, 1, day) : dayOf(year, month + 1, day);
  return on(dayOf(year, month, day), next);
}

const whichWeek = new Map([
  ['', 0],
  ['本', 0],
  ['这', 0],
  ['下', 7],
  ['下下', 14],
  ['上', -7],
  ['this', 0],
  ['next', 7],
  ['last', -7],
]);

/** `which` names a week of its own (本 下 上); without it the weekday's next coming is meant. */
function weekday(which: string, index: number, today: Day): DaysMeant | undefined {
  const week = whichWeek.get(which);
  if (week === undefined) return undefined;
  const inWeek = mondayOf(today) + index;
  if (which) return on(inWeek + week);
  const coming = inWeek < today ? inWeek + 7 : inWeek;
  return on(coming, coming + 7);
}

const namedDays: Record<string, number> = {
  今天: 0,
  今日: 0,
  当天: 0,
  明天: 1,
  明日: 1,
  后天: 2,
  大后天: 3,
  大后日: 3,
  后日: 2,
  昨天: -1,
  昨日: -1,
  前天: -2,
  大前天: -3,
  today: 0,
  tomorrow: 1,
  tmr: 1,
  tmrw: 1,
  'day after tomorrow': 2,
  'the day after tomorrow': 2,
  yesterday: -1,
};
const partDays: Record<string, [number, DayPart]> = {
  今早: [0, 'morning'],
  今晚: [0, 'evening'],
  今夜: [0, 'evening'],
  明早: [1, 'morning'],
  明晚: [1, 'evening'],
  后晚: [2, 'evening'],
  昨晚: [-1, 'evening'],
  tonight: [0, 'evening'],
  'this morning': [0, 'morning'],
  'this afternoon': [0, 'afternoon'],
  'this evening': [0, 'evening'],
  'tomorrow morning': [1, 'morning'],
  'tomorrow afternoon': [1, 'afternoon'],
  'tomorrow evening': [1, 'evening'],
};
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const monthNamed = (name = '') => months.indexOf(name.slice(0, 3).toLowerCase()) + 1;
const yearWord: Record<string, number> = { 去年: -1, 今年: 0, 明年: 1 };

const any = (words: object) =>
  Object.keys(words)
    .sort((a, b) => b.length - a.length)
    .join('|');
const count = '(\\d{1,3}|[零〇一二两三四五六七八九十]{1,3})';
const month =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';
const ordinal = '(\\d{1,2})(?:st|nd|rd|th)?';
const form = (like: string, read: DayForm['read']): DayForm => ({
  like: new RegExp(`^(?:on\\s+)?(?:${like})$`, 'i'),
  read,
});
const number = (text = '') => numberIn(text) ?? -1;

/** Every way to name a day, Chinese and English. */
const dayForms: DayForm[] = [
  form(`(${any(namedDays)})`, ([name = ''], today) => on(today + (namedDays[name] ?? 0))),
  form(`(${any(partDays)})`, ([name = ''], today) => {
    const [offset, part] = partDays[name] ?? [0, 'evening'];
    return { days: [today + offset], part };
  }),
  form(
    '(本|这|下下|下|上)?个?(?:(?:周|星期|礼拜)的?)?(?:周|星期|礼拜)([一二三四五六日天1-7])',
    ([which = '', name = ''], today) => {
      const index = name === '天' ? 6 : '一二三四五六日'.indexOf(name);
      return weekday(which, index < 0 ? Number(name) - 1 : index, today);
    },
  ),
  form(
    '(?:(this|next|last)\\s+)?(mon|tues?|weds?|thu|thurs?|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday)',
    ([which = '', name = ''], today) =>
      weekday(which.toLowerCase(), weekdays.indexOf(name.slice(0, 3).toLowerCase()), today),
  ),
  form('(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})', ([year, , m, d]) =>
    on(dayOf(Number(year), Number(m), Number(d))),
  ),
  form('(\\d{4})\\s*年\\s*(\\d{1,2})\\s*月\\s*(\\d{1,2})\\s*[日号]?', ([year, m, d]) =>
    on(dayOf(Number(year), Number(m), Number(d))),
  ),
  form(`(去年|今年|明年)${count}月${count}[日号]?`, ([which = '', m, d], today) =>
    on(dayOf(yearOf(today) + (yearWord[which] ?? 0), number(m), number(d))),
  ),
  form(`${count}\\s*月\\s*${count}\\s*[日号]?`, ([m, d], today) =>
    nearestYear(number(m), number(d), today),
  ),
  form(`(本|这个?|当|下个?|上个?)月的?${count}\\s*[日号]?`, ([which = '', d], today) =>
    ofMonth(which.startsWith('下') ? 1 : which.startsWith('上') ? -1 : 0, number(d), today),
  ),
  form(`${count}月(?:份)?(?:的)?(?:底|末)`, ([m], today) => lastOf(number(m), today)),
  form('(\\d{1,2})[-/](\\d{1,2})', ([m, d], today) => nearestYear(Number(m), Number(d), today)),
  form(`${month}\\s*${ordinal}(?:,?\\s*(\\d{4}))?`, ([name, d, year], today) =>
    year
      ? on(dayOf(Number(year), monthNamed(name), Number(d)))
      : nearestYear(monthNamed(name), Number(d), today),
  ),
  form(`${ordinal}\\s+(?:of\\s+)?${month}(?:,?\\s*(\\d{4}))?`, ([d, name, year], today) =>
    year
      ? on(dayOf(Number(year), monthNamed(name), Number(d)))
      : nearestYear(monthNamed(name), Number(d), today),
  ),
  form(`${count}\\s*[日号]`, ([d], today) => nearestMonth(number(d), today)),
  form(
    '(?:本|这个?|当)?月(?:底|末)|(?:(?:the\\s+)?end\\s+of\\s+(?:the\\s+|this\\s+)?month|eom)',
    (_, today) => on(lastOfMonth(yearOf(today), monthOf(today))),
  ),
  form('(?:下个?月(?:底|末)|(?:the\\s+)?end\\s+of\\s+next\\s+month)', (_, today) =>
    on(lastOfMonth(yearOf(today), monthOf(today) + 1)),
  ),
  form('(?:今年|今)?年(?:底|末)|(?:the\\s+)?end\\s+of\\s+(?:the\\s+|this\\s+)?year', (_, today) =>
    on(dayOf(yearOf(today), 12, 31)),
  ),
  form(`${count}\\s*天(?:之|以)?(后|前)`, ([days, way], today) => ({
    days: [today + number(days) * (way === '前' ? -1 : 1)],
    fromNow: true,
  })),
  form(`${count}\\s*(?:个?(?:星期|礼拜)|周)(?:之|以)?(后|前)`, ([weeks, way], today) => ({
    days: [today + number(weeks) * (way === '前' ? -7 : 7)],
    fromNow: true,
  })),
  form(
    'in\\s+(\\d{1,3}|an?|one|two|three)\\s*(d|days?|w|weeks?)',
    ([n = '', unit = ''], today) => ({
      days: [today + englishCount(n) * (/^w/i.test(unit) ? 7 : 1)],
      fromNow: true,
    }),
  ),
  form('(\\d{1,3})\\s*(days?|weeks?)\\s+ago', ([n, unit = ''], today) => ({
    days: [today - Number(n) * (/^w/i.test(unit) ? 7 : 1)],
    fromNow: true,
  })),
];

export function englishCount(text: string): number {
  const word = ['', 'a', 'two', 'three'].indexOf(text.toLowerCase().replace(/^(an|one)$/, 'a'));
  return word > 0 ? word : Number(text);
}

/** The day or days that `text` names, or undefined where it names none. */
export function readDay(text: string, today: Day): DaysMeant | undefined {
  // Phones begin a sentence with a capital: the words are looked up as they stand in the tables.
  const { said, named } = apart(text.toLowerCase());
  for (const { like, read } of dayForms) {
    const found = like.exec(said);
    if (!found) continue;
    const meant = read(found.slice(1), today);
    return named === undefined ? meant : onWeekday(meant, named);
  }
  return undefined;
}

const inBrackets =
  /^(.*\d.*?)\s*[([](?:周|星期|礼拜)?([一二三四五六日天]|mon|tue|wed|thu|fri|sat|sun)[a-z]*[)\]]$/;
const inFront =
  /^(mon|tue|wed|thu|fri|sat|sun)(?:s|n|rs|r|ur)?(?:day|nesday|sday|rsday|urday)?\.?,?\s+(.*\d.*)$/;
const chineseWeekdays = '一二三四五六日';

/** A date that names its weekday too, as the bot shows it: `12月2日（周三）`, `Wed 2 Dec`. */
function apart(text: string): { said: string; named?: number } {
  const bracketed = inBrackets.exec(text);
  const fronted = bracketed ? undefined : inFront.exec(text);
  const name = bracketed?.[2] ?? fronted?.[1];
  const said = bracketed?.[1] ?? fronted?.[2];
  if (name === undefined || said === undefined) return { said: text };
  const index = name === '天' ? 6 : chineseWeekdays.indexOf(name);
  return { said, named: index < 0 ? weekdays.indexOf(name) : index };
}

/** Only the days of this weekday; a date with another one is none, since nobody knows which was meant. */
function onWeekday(meant: DaysMeant | undefined, named: number): DaysMeant | undefined {
  const days = meant?.days.filter((day) => day - mondayOf(day) === named) ?? [];
  return meant && days.length > 0 ? { ...meant, days } : undefined;
}
