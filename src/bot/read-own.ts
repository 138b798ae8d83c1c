import { inZone } from '../clock.ts';
import type { ClockTime, PartsOf, Period } from './commands.ts';
import {
  absent,
  longestTitle,
  maybeRound,
  refuse,
  shortText,
  splitAt,
  type Absent,
  type Line,
} from './parts.ts';
import { halfWidth, oneLine } from './text.ts';
import { readTimeOfDay } from './time-of-day.ts';
import { looksLikeTime } from './times.ts';

function clockTime(text: string): ClockTime | undefined {
  const minutes = readTimeOfDay(oneLine(halfWidth(text)));
  if (minutes === undefined) return undefined;
  return { hour: Math.floor(minutes / 60) % 24, minute: minutes % 60 };
}

const unreadable = (said: string) => refuse('TIME_UNREADABLE', { said: said.slice(0, 30) });

export function readDaily(line: Line): PartsOf['daily'] | Absent {
  const read = halfWidth(line.text);
  if (!read) return {};
  if (/^(?:关闭?|off)$/i.test(read)) return { set: 'off' };
  const on = /^(?:开启?|on(?=\s|\d|$))\s*/i.exec(read);
  if (!on) return looksLikeTime(read) ? refuse('PART_MISSING', { part: 'switch' }) : absent;
  const [source] = splitAt(line.text, ['资料', 'from']);
  const head = read.slice(on[0].length, source?.start).trim();
  const time = head.replace(/\s*(?:工作日|workdays?)$/i, '').trim();
  if (!time) refuse('PART_MISSING', { part: 'time' });
  const at = clockTime(time) ?? unreadable(time);
  return {
    set: 'on',
    at,
    workdays: time !== head,
    from: shortText(source?.value ?? '', longestTitle) || undefined,
  };
}

const minutesAtMost = 24 * 60;

export function readStudy(line: Line): PartsOf['study'] | Absent {
  const like = /^(-?\d{1,9})\s*(分钟?|min(?:ute)?s?|m|小时|h(?:ours?)?)?(?=$|[\s,:;])[\s,:;]*/i;
  const found = like.exec(halfWidth(line.text));
  if (!found) return absent;
  const minutes = Number(found[1]) * (/^(?:小时|h)/i.test(found[2] ?? '') ? 60 : 1);
  if (minutes < 1 || minutes > minutesAtMost) refuse('PART_UNREADABLE', { part: 'minutes' });
  return { minutes, what: shortText(line.text.slice(found[0].length), longestTitle) || undefined };
}

export function readQuiet(line: Line): PartsOf['quiet'] | Absent {
  const read = halfWidth(line.text);
  if (/^(?:关闭?|off)$/i.test(read)) return { set: 'off' };
  const [, first = '', second = ''] =
    /^(.{1,12}?)\s*(?:[-–—~]|到|至|\bto\b)\s*(.{1,12})$/.exec(read) ?? [];
  const [from, to] = [clockTime(first), clockTime(second)];
  if (from && to) return { set: 'on', from, to };
  return /^\d/.test(read) ? unreadable(read) : absent;
}

const privacyWords: [like: RegExp, what: PartsOf['privacy']['what']][] = [
  [/^$/, undefined],
  [/^(?:导出|export)$/i, 'export'],
  [/^(?:删除|delete)$/i, 'delete'],
  [/^(?:确认删除|删除 ?确认|delete confirm)$/i, 'confirm'],
];

export function readPrivacy(line: Line): PartsOf['privacy'] | Absent {
  const said = oneLine(halfWidth(line.text));
  const found = privacyWords.find(([like]) => like.test(said));
  return found ? { what: found[1] } : absent;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const quarters = '一二三四';

/** 11月, 2026-11, 本季, 第四季度, 2026Q4, 2026年, `last month`; a month without a year is the last one there was. */
export function readPeriod(text: string, { written: { at, zone } }: Line): Period | undefined {
  const said = oneLine(halfWidth(text)).toLowerCase();
  const now = inZone(at, zone);
  const [year, month] = [now.year(), now.month() + 1];
  const relative = /^(本|这个?|上个?|this |last |今|去)(月|季度?|年度?|month|quarter|year)$/.exec(
    said,
  );
  if (relative) {
    const isLast = /^(?:上|last|去)/.test(relative[1] ?? '');
    return stretch(relative[2] ?? '', year, month, isLast ? 1 : 0);
  }
  const whole = /^(\d{4})\s*年?(?:度)?$/.exec(said);
  if (whole) return { year: Number(whole[1]) };
  const quarter = /^(?:(\d{4})\s*年?\s*)?(?:q([1-4])|第?([一二三四1-4])季度?)$/.exec(said);
  if (quarter) {
    const index = quarters.indexOf(quarter[3] ?? '') + 1 || Number(quarter[2] ?? quarter[3]);
    return { year: Number(quarter[1] ?? year), quarter: index };
  }
  const dated = /^(?:(\d{4})\s*[年/-]\s*)?(\d{1,2})\s*月?份?$/.exec(said);
  const named = /^([a-z]{3})[a-z]*(?:\s+(\d{4}))?$/.exec(said);
  const index = dated ? Number(dated[2]) : months.indexOf(named?.[1] ?? '-') + 1;
  const given = dated?.[1] ?? named?.[2];
  if (index < 1 || index > 12) return undefined;
  return { year: given ? Number(given) : index > month ? year - 1 : year, month: index };
}

function stretch(unit: string, year: number, month: number, back: number): Period {
  if (/^(?:年|year)/.test(unit)) return { year: year - back };
  if (/^(?:季|quarter)/.test(unit)) {
    const quarter = Math.ceil(month / 3) - back;
    return quarter > 0 ? { year, quarter } : { year: year - 1, quarter: 4 };
  }
  return month > back ? { year, month: month - back } : { year: year - 1, month: 12 };
}

const looksLikePeriod = (text: string) => /^\d+\s*[年月/-]|^q\d/i.test(halfWidth(text));

export function readLedger(line: Line): PartsOf['ledger'] | Absent {
  if (!line.text) return {};
  const period = readPeriod(line.text, line);
  if (period) return { period };
  return looksLikePeriod(line.text) ? refuse('PART_UNREADABLE', { part: 'period' }) : absent;
}

/** A bare number is a round; a month says so (`11月`, `2026-11`). */
export function readExport(line: Line): PartsOf['export'] | Absent {
  const isRound = /^#?\d{1,9}$/.test(halfWidth(line.text));
  return isRound ? maybeRound(line) : readLedger(line);
}
