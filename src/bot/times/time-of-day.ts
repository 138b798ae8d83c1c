import type { DayPart } from './days.ts';
import { numberIn } from '../../base/chinese-numerals.ts';

interface Hour {
  hour: number;
  minute: number;
  part?: DayPart;
}

const partWords: [DayPart, string[]][] = [
  ['night', ['凌晨']],
  ['morning', ['清晨', '早晨', '早上', '上午', '早', 'am', 'a.m.']],
  ['noon', ['中午', '正午']],
  ['afternoon', ['下午', '午后', 'pm', 'p.m.']],
  ['evening', ['傍晚', '晚上', '夜里', '夜晚', '深夜', '晚间', '晚']],
];
const partNamed = new Map(partWords.flatMap(([part, words]) => words.map((word) => [word, part])));
const chinesePart = `(${[...partNamed.keys()].filter((word) => !/[a-z]/.test(word)).join('|')})?\\s*`;
const count = '(\\d{1,2}|[零〇一二两三四五六七八九十]{1,3})';
const ampm = '(am|pm|a\\.m\\.|p\\.m\\.)';

interface HourForm {
  like: RegExp;
  read: (found: (string | undefined)[], part?: DayPart) => Hour | undefined;
}
const named = (word = '') => partNamed.get(word.toLowerCase());
const at = (hour?: string, minute?: string, part?: DayPart): Hour => ({
  hour: numberIn(hour ?? '') ?? NaN,
  minute: minute ? (numberIn(minute) ?? NaN) : 0,
  part,
});

/** Every way to name a time of day, Chinese and English. */
const hourForms: HourForm[] = [
  {
    like: new RegExp(`^${chinesePart}(\\d{1,2}):(\\d{2})(?::00)?$`),
    read: ([part, hour, minute]) => at(hour, minute, named(part)),
  },
  {
    like: new RegExp(
      `^${chinesePart}${count}\\s*(?:点钟?|时)\\s*(?:整|(半)|([一三])刻|${count}\\s*分?)?$`,
    ),
    read([part, hour, half, quarters, minute]) {
      if (half) return at(hour, '30', named(part));
      if (quarters) return at(hour, quarters === '一' ? '15' : '45', named(part));
      return at(hour, minute, named(part));
    },
  },
  {
    like: new RegExp(`^(?:at\\s+)?(\\d{1,2})(?:[:.](\\d{2}))?\\s*${ampm}$`, 'i'),
    read([hour, minute, half]) {
      // The 12-hour clock of English: 12am is midnight, and there is no 0 or 13.
      const isReal = Number(hour) >= 1 && Number(hour) <= 12;
      if (!isReal) return undefined;
      const isAfter = half?.toLowerCase().startsWith('p');
      return at(String((Number(hour) % 12) + (isAfter ? 12 : 0)), minute);
    },
  },
  { like: /^at\s+(\d{1,2}):(\d{2})$/i, read: ([hour, minute], part) => at(hour, minute, part) },
  { like: /^(?:at\s+)?(\d{1,2})\s*o'?clock$/i, read: ([hour], part) => at(hour, '0', part) },
  // A bare number is an hour only where the day already said which half: `tonight at 8`.
  {
    like: /^(?:at\s+)?(\d{1,2})$/i,
    read: ([hour], part) => (part ? at(hour, '0', part) : undefined),
  },
  { like: /^(?:(?:at\s+)?(?:noon|midday)|中午|正午)$/i, read: () => at('12') },
  { like: /^(?:(?:at\s+)?midnight|午夜)$/i, read: () => at('24') },
];

/** How the words for a part of the day move an hour; undefined where the two contradict each other. */
const hourIn: Record<DayPart, (hour: number) => number | undefined> = {
  night: (hour) => (hour === 12 ? 0 : hour <= 6 ? hour : undefined),
  morning: (hour) => (hour <= 12 ? hour : undefined),
  noon: (hour) =>
    hour >= 11 && hour <= 14 ? hour : hour >= 1 && hour <= 2 ? hour + 12 : undefined,
  afternoon: (hour) =>
    hour >= 12 && hour < 24 ? hour : hour > 0 && hour < 12 ? hour + 12 : undefined,
  // 晚上12点 is the midnight that ends the day. 晚上1点 could be either night, so it is not guessed.
  evening: (hour) => {
    if (hour === 12 || hour === 0 || hour === 24) return 24;
    if (hour >= 5 && hour < 12) return hour + 12;
    return hour >= 16 ? hour : undefined;
  },
};

/** Minutes since the day began (24:00 is 1440), or undefined where `text` is no time of day. */
export function readTimeOfDay(text: string, partOfDay?: DayPart): number | undefined {
  for (const { like, read } of hourForms) {
    const found = like.exec(text);
    if (!found) continue;
    const time = read(found.slice(1), partOfDay);
    if (!time || !(time.minute >= 0 && time.minute < 60)) return undefined;
    const part = time.part ?? (time.hour < 13 ? partOfDay : undefined);
    const hour = part ? hourIn[part](time.hour) : time.hour;
    if (hour === undefined) return undefined;
    const minutes = hour * 60 + time.minute;
    return minutes >= 0 && minutes <= 1440 ? minutes : undefined;
  }
  return undefined;
}

/** Whether `text` is only a part of the day, such as 下午, with the hour still to be said. */
export function isPartOfDay(text: string): boolean {
  return partNamed.has(text) || /^(?:morning|afternoon|evening|night)$/i.test(text);
}
