import { fromZone, inZone, localDay, timeOfDay } from '../../base/clock.ts';
import { englishCount, isoDay, readDay, type Day, type DayPart, type DaysMeant } from './days.ts';
import { numberIn } from '../../base/chinese-numerals.ts';
import { oneLine } from '../../base/text.ts';
import { halfWidth } from '../text.ts';
import { isPartOfDay, readTimeOfDay } from './time-of-day.ts';

/** When the text was written, in which zone its writer reads clocks, and when their work ends. */
export interface Written {
  at: Date;
  zone: string;
  /** What 下班 means, in minutes after midnight; 18:00 where nothing else is known. */
  workEnds?: number;
}

/**
 * `dateOnly`: no time of day was said and 18:00 is taken. `no-clock`: a part of the day was said
 * (明天下午) and the hour is missing. Whether the instant is past is for whoever acts on it.
 */
export type TimeRead =
  { ok: true; instant: Date; dateOnly?: true } | { ok: false; why: 'unreadable' | 'no-clock' };

const unreadable: TimeRead = { ok: false, why: 'unreadable' };
/** The end of a day's work: what a date without a time of day means for an end. */
const endOfDay = 18 * 60;
const longest = 40;

/** Reads a time as people write it, Chinese or English; all of `text` must be the time. */
export function readTime(text: string, written: Written): TimeRead {
  const said = tidy(text);
  if (said === '' || said.length > longest) return unreadable;
  const read = readTidy(said, written);
  // 3天前 is past; 周五前 is Friday.
  const until = /^(.+?)(?:之前|以前|前)$/.exec(said)?.[1];
  return !read.ok && until ? readTidy(until, written) : read;
}

/** The text names the end of a day's work, whenever that is: 下班, `end of work`. */
export const namesWorkEnd = (text: string) =>
  /下班|\b(?:end of work|close of business|cob)\b/i.test(text);
const workEnd =
  /^(?:(?:at|by|before)\s+)?(?:the\s+)?(?:下班(?:时间|时)?|end of work|close of business|cob)$/i;

/** A time of day, or the end of work of whoever wrote this. */
const clockIn = (text: string, { workEnds = endOfDay }: Written, part?: DayPart) =>
  workEnd.test(text) ? workEnds : readTimeOfDay(text, part);

function readTidy(said: string, written: Written): TimeRead {
  const { at, zone } = written;
  const later = readSpan(said);
  if (later !== undefined) return { ok: true, instant: new Date(at.getTime() + later) };
  const now = inZone(at, zone);
  const today = Date.parse(localDay(at, zone)) / 86_400_000;
  const minutes = clockIn(said, written);
  if (minutes !== undefined) return { ok: true, instant: instantOf(today, minutes, zone) };
  const days = readDay(said, today);
  if (days) return ofDay(days, written, now.format('HH:mm:ss'));
  return readDayAndTime(said, today, written);
}

/** `text` begins like a time, whether or not it is one: it was meant as a time. */
export function looksLikeTime(text: string): boolean {
  const said = tidy(text);
  if (/^(?:in\s+)?\d{1,4}\s*(?:[:点时/-]\s*\d|分钟|小时|天后|[点时]|[月日号])/i.test(said))
    return true;
  return /^大?(?:今|明|后|昨|前)(?:天|日|晚|早)|^下班|^[上中下]午|^晚上|^早上|^凌晨|^(?:本|下下|下|上|这)?个?(?:周|星期|礼拜)的?(?:周|星期|礼拜)?[一二三四五六日天]|^(?:[本这当下上]个?)?月(?:底|末|的?[\d一二三四五六七八九十]+[日号])|^[一二三四五六七八九十]{1,3}(?:月[\d一二三四五六七八九十底末]|[日号点])|^年[底末]|^(?:\d{1,2}\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d|^(?:today|tonight|tomorrow|yesterday)\b|^(?:next |this |last )?(?:mon|tue|wed|thu|fri|sat|sun)(?:[a-z]*day)?\b|^\d{1,2}\s*[ap]m\b/i.test(
    said,
  );
}

function tidy(text: string): string {
  return oneLine(halfWidth(text))
    .replace(/[。.!,、;~]+$/, '')
    .replace(/(\d)t(\d)/i, '$1 $2')
    .trim();
}

const minute = 60_000;
const hour = 60 * minute;
const count = '(\\d{1,4}|[零〇一二两三四五六七八九十]{1,3})';
const way = '(?:之|以)?(后|前)';
const half = new RegExp(`^(?:${count}个)?半个?(?:小时|钟头)${way}$`);
const chineseSpan = new RegExp(
  `^(?:${count}\\s*个?(?:小时|钟头))?\\s*(?:${count}\\s*分钟?)?${way}$`,
);
const englishSpan =
  /^in\s+(?:(\d{1,4}|an?|one|two|three)\s*(?:hours?|hrs?|h)\b)?\s*(?:and\s+)?(?:(\d{1,4}|an?|one)\s*(?:minutes?|mins?|m)\b)?$/i;
const compactSpan = /^in\s+(\d{1,3})h(\d{1,3})m?$/i;

/** A stretch from now in milliseconds: 30分钟后, `in 2h`. Days are not one: they keep the time of day. */
function readSpan(said: string): number | undefined {
  const halves = half.exec(said);
  if (halves) {
    const whole = halves[1] ? (numberIn(halves[1]) ?? NaN) : 0;
    return span(whole + 0.5, 0, halves[2]);
  }
  const chinese = chineseSpan.exec(said);
  if (chinese && (chinese[1] ?? chinese[2])) {
    return span(numberIn(chinese[1] ?? '0'), numberIn(chinese[2] ?? '0'), chinese[3]);
  }
  if (/^in half an hour$/i.test(said)) return 30 * minute;
  const english = compactSpan.exec(said) ?? englishSpan.exec(said);
  if (!english || !(english[1] ?? english[2])) return undefined;
  return span(englishCount(english[1] ?? '0'), englishCount(english[2] ?? '0'));
}

function span(hours = NaN, minutes = NaN, direction = '后'): number | undefined {
  const length = hours * hour + minutes * minute;
  return Number.isNaN(length) ? undefined : length * (direction === '前' ? -1 : 1);
}

function readDayAndTime(said: string, today: Day, written: Written): TimeRead {
  let missing = false;
  for (let cut = 1; cut < said.length; cut++) {
    if (/^\d\d$/.test(said.slice(cut - 1, cut + 1))) continue;
    const [head, tail] = [said.slice(0, cut).trim().replace(/,$/, ''), said.slice(cut).trim()];
    const days = readDay(head, today);
    if (days && isPartOfDay(tail)) missing = true;
    const found = (days && atTime(days, tail, written)) ?? timeThenDay(head, tail, today, written);
    if (found) return found;
  }
  return missing ? { ok: false, why: 'no-clock' } : unreadable;
}

/** The English order: `9:30 tomorrow`. */
function timeThenDay(head: string, tail: string, today: Day, written: Written) {
  const days = clockIn(head, written) === undefined ? undefined : readDay(tail, today);
  return days && !days.part ? atTime(days, head, written) : undefined;
}

function atTime(days: DaysMeant, clock: string, written: Written): TimeRead | undefined {
  const minutes = clockIn(clock, written, days.part);
  if (minutes === undefined) return undefined;
  const instants = days.days.map((day) => instantOf(day, minutes, written.zone));
  return { ok: true, instant: firstAhead(instants, written.at) };
}

function ofDay(meant: DaysMeant, { at, zone }: Written, timeOfDay: string): TimeRead {
  const [day] = meant.days;
  if (day === undefined) return unreadable;
  if (meant.part) return { ok: false, why: 'no-clock' };
  if (meant.fromNow) return { ok: true, instant: fromZone(`${isoDay(day)} ${timeOfDay}`, zone) };
  const instants = meant.days.map((each) => instantOf(each, endOfDay, zone));
  return { ok: true, instant: firstAhead(instants, at), dateOnly: true };
}

function firstAhead(instants: Date[], at: Date): Date {
  const [first = at] = instants;
  return instants.find((instant) => instant > at) ?? first;
}

function instantOf(day: Day, minutes: number, zone: string): Date {
  const [date, rest] = minutes === 1440 ? [day + 1, 0] : [day, minutes];
  return fromZone(`${isoDay(date)} ${timeOfDay(rest)}`, zone);
}
