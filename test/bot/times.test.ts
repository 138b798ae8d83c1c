import { describe, expect, it } from 'vitest';
import { inZone } from '../../src/base/clock.ts';
import { looksLikeTime, readTime, type Written } from '../../src/bot/times/times.ts';

const zone = 'Asia/Shanghai';
/** A Wednesday afternoon. */
const written = { at: new Date('2026-11-25T16:30:20+08:00'), zone };

function read(text: string, by: Written = written): string {
  const time = readTime(text, by);
  if (!time.ok) return time.why;
  const shown = inZone(time.instant, by.zone).format('YYYY-MM-DD HH:mm:ss').replace(/:00$/, '');
  return time.dateOnly ? `${shown} (date only)` : shown;
}

describe('the end of work', () => {
  const until = { ...written, workEnds: 17 * 60 + 30 };
  it.each([
    ['下班前', '2026-11-25 17:30'],
    ['今天下班前', '2026-11-25 17:30'],
    ['明天下班前', '2026-11-26 17:30'],
    ['周五下班前', '2026-11-27 17:30'],
    ['end of work', '2026-11-25 17:30'],
    ['Friday end of work', '2026-11-27 17:30'],
  ])('%s is when it ends for the writer', (text, expected) => {
    expect(read(text, until)).toBe(expected);
  });

  it('is 18:00 where nothing else is known', () => {
    expect(read('明天下班前')).toBe('2026-11-26 18:00');
  });
});

describe('the forms of the contract', () => {
  it.each([
    ['18:00', '2026-11-25 18:00'],
    ['今天18:00', '2026-11-25 18:00'],
    ['明天 9:30', '2026-11-26 09:30'],
    ['后天', '2026-11-27 18:00 (date only)'],
    ['今晚8点', '2026-11-25 20:00'],
    ['下午3点', '2026-11-25 15:00'],
    ['晚上8点半', '2026-11-25 20:30'],
    ['18点30分', '2026-11-25 18:30'],
    ['周五 15:00', '2026-11-27 15:00'],
    ['本周五', '2026-11-27 18:00 (date only)'],
    ['星期五', '2026-11-27 18:00 (date only)'],
    ['下周一 9点', '2026-11-30 09:00'],
    ['12月1日 14:30', '2026-12-01 14:30'],
    ['12/1 14:30', '2026-12-01 14:30'],
    ['2026-12-01 14:30', '2026-12-01 14:30'],
    ['月底', '2026-11-30 18:00 (date only)'],
    ['30分钟后', '2026-11-25 17:00:20'],
    ['2小时后', '2026-11-25 18:30:20'],
    ['3天后', '2026-11-28 16:30:20'],
  ])('%s', (text, expected) => expect(read(text)).toBe(expected));

  it.each([
    ['Tomorrow 9:30', '2026-11-26 09:30'],
    ['TOMORROW', '2026-11-26 18:00 (date only)'],
    ['Yesterday', '2026-11-24 18:00 (date only)'],
    ['Day after tomorrow', '2026-11-27 18:00 (date only)'],
    ['Tomorrow morning 9:00', '2026-11-26 09:00'],
    ['Tonight at 8', '2026-11-25 20:00'],
    ['Next Mon 9AM', '2026-11-30 09:00'],
    ['In Two Hours', '2026-11-25 18:30:20'],
  ])('%s, as a phone begins a sentence', (text, expected) => expect(read(text)).toBe(expected));

  it.each([
    ['today 18:00', '2026-11-25 18:00'],
    ['tomorrow 9:30', '2026-11-26 09:30'],
    ['tomorrow at 9:30', '2026-11-26 09:30'],
    ['9:30 tomorrow', '2026-11-26 09:30'],
    ['the day after tomorrow', '2026-11-27 18:00 (date only)'],
    ['tonight 8pm', '2026-11-25 20:00'],
    ['tonight at 8', '2026-11-25 20:00'],
    ['3pm', '2026-11-25 15:00'],
    ['6:45 PM', '2026-11-25 18:45'],
    ['12am', '2026-11-25 00:00'],
    ['noon', '2026-11-25 12:00'],
    ['midnight', '2026-11-26 00:00'],
    ['Fri 15:00', '2026-11-27 15:00'],
    ['Friday, 3pm', '2026-11-27 15:00'],
    ['3pm on Friday', '2026-11-27 15:00'],
    ['this Fri', '2026-11-27 18:00 (date only)'],
    ['next Mon 9:00', '2026-11-30 09:00'],
    ['Dec 1 14:30', '2026-12-01 14:30'],
    ['1 Dec 2pm', '2026-12-01 14:00'],
    ['December 1st, 2026 2pm', '2026-12-01 14:00'],
    ['end of month', '2026-11-30 18:00 (date only)'],
    ['in 30m', '2026-11-25 17:00:20'],
    ['in 2h', '2026-11-25 18:30:20'],
    ['in 1h30m', '2026-11-25 18:00:20'],
    ['in an hour', '2026-11-25 17:30:20'],
    ['in 3 days', '2026-11-28 16:30:20'],
    ['in 3 days at 9:00', '2026-11-28 09:00'],
  ])('in English: %s', (text, expected) => expect(read(text)).toBe(expected));

  it.each([
    ['１８：００', '2026-11-25 18:00'],
    ['明天　９：３０', '2026-11-26 09:30'],
    ['周五，１５：００', '2026-11-27 15:00'],
    ['１２／１　１４：３０', '2026-12-01 14:30'],
    ['ｔｏｍｏｒｒｏｗ ９：３０', '2026-11-26 09:30'],
  ])('full-width signs are their half-width twins: %s', (text, expected) =>
    expect(read(text)).toBe(expected),
  );

  it.each([
    ['八点', '2026-11-25 08:00'],
    ['下午三点半', '2026-11-25 15:30'],
    ['八点一刻', '2026-11-25 08:15'],
    ['8点05', '2026-11-25 08:05'],
    ['晚上八点零五分', '2026-11-25 20:05'],
    ['十二月一日 十四点三十分', '2026-12-01 14:30'],
    ['三天后', '2026-11-28 16:30:20'],
    ['半小时后', '2026-11-25 17:00:20'],
    ['一个半小时后', '2026-11-25 18:00:20'],
    ['1小时20分钟后', '2026-11-25 17:50:20'],
    ['两周后', '2026-12-09 16:30:20'],
    ['周五晚上8:30', '2026-11-27 20:30'],
    ['明晚8:30', '2026-11-26 20:30'],
    ['今晚20:00', '2026-11-25 20:00'],
    ['周二二十点', '2026-12-01 20:00'],
    ['18:00前', '2026-11-25 18:00'],
    ['周五之前', '2026-11-27 18:00 (date only)'],
    ['18:00。', '2026-11-25 18:00'],
    ['2026年12月1日14:30', '2026-12-01 14:30'],
    ['2026-12-01T14:30', '2026-12-01 14:30'],
    ['3天后 9:30', '2026-11-28 09:30'],
    ['年底', '2026-12-31 18:00 (date only)'],
    ['下月底', '2026-12-31 18:00 (date only)'],
  ])('as people also write them: %s', (text, expected) => expect(read(text)).toBe(expected));
});

describe('midnight, noon and the parts of the day', () => {
  it.each([
    ['中午12点', '2026-11-25 12:00'],
    ['中午1点', '2026-11-25 13:00'],
    ['明天中午', '2026-11-26 12:00'],
    ['下午12点半', '2026-11-25 12:30'],
    ['凌晨1点', '2026-11-25 01:00'],
    ['明天凌晨12点', '2026-11-26 00:00'],
    ['0点', '2026-11-25 00:00'],
    ['明天零点', '2026-11-26 00:00'],
    ['24:00', '2026-11-26 00:00'],
    ['今晚12点', '2026-11-26 00:00'],
    ['周五 24:00', '2026-11-28 00:00'],
    ['24:30', 'unreadable'],
    ['25点', 'unreadable'],
    ['上午13点', 'unreadable'],
    ['凌晨9点', 'unreadable'],
    ['今晚1点', 'unreadable'],
    ['明天下午', 'no-clock'],
    ['今晚', 'no-clock'],
    ['tomorrow morning', 'no-clock'],
  ])('%s', (text, expected) => expect(read(text)).toBe(expected));
});

describe('which day is meant', () => {
  it.each([
    // a weekday is its next coming: today only while its time is ahead
    ['周三 17:00', '2026-11-25 17:00'],
    ['周三 16:00', '2026-12-02 16:00'],
    ['周三', '2026-11-25 18:00 (date only)'],
    ['周二', '2026-12-01 18:00 (date only)'],
    ['周日', '2026-11-29 18:00 (date only)'],
    ['周天 9点', '2026-11-29 09:00'],
    ['礼拜天', '2026-11-29 18:00 (date only)'],
    ['下周日', '2026-12-06 18:00 (date only)'],
    ['下下周一', '2026-12-07 18:00 (date only)'],
    // this week's day stays in this week, past or not
    ['本周二', '2026-11-24 18:00 (date only)'],
    ['上周五', '2026-11-20 18:00 (date only)'],
    ['last Fri', '2026-11-20 18:00 (date only)'],
    ['昨天 10:00', '2026-11-24 10:00'],
    ['yesterday', '2026-11-24 18:00 (date only)'],
    ['3天前', '2026-11-22 16:30:20'],
    // a bare clock time is today's, past or not
    ['9:00', '2026-11-25 09:00'],
    // just gone by is past; next year's where that is nearer
    ['11/24', '2026-11-24 18:00 (date only)'],
    ['6月10日', '2026-06-10 18:00 (date only)'],
    ['1月5日', '2027-01-05 18:00 (date only)'],
    ['明年1月5日', '2027-01-05 18:00 (date only)'],
    ['28号', '2026-11-28 18:00 (date only)'],
    ['5号 14:00', '2026-12-05 14:00'],
    ['31号', '2026-12-31 18:00 (date only)'],
  ])('%s', (text, expected) => expect(read(text)).toBe(expected));

  it('reads 12/1 on 12/20 as past and 1/5 as next year', () => {
    const late = { at: new Date('2026-12-20T10:00:00+08:00'), zone };
    expect(read('12/1 14:30', late)).toBe('2026-12-01 14:30');
    expect(read('1/5 14:30', late)).toBe('2027-01-05 14:30');
    expect(read('5号', late)).toBe('2027-01-05 18:00 (date only)');
    expect(read('月底', late)).toBe('2026-12-31 18:00 (date only)');
    expect(read('下月底', late)).toBe('2027-01-31 18:00 (date only)');
  });
});

describe('what is no time', () => {
  it.each([
    '',
    ' ',
    '25:99',
    '18:60',
    '9:5',
    '2/30',
    '2月30日',
    '2026-02-29',
    '13/1',
    '4月31日',
    '周八',
    '下周',
    '周末',
    '改天',
    'soon',
    'me',
    '13pm',
    '0pm',
    '12',
    '99999天后',
    'in',
    'in days',
    '目前的学习',
    '18:00 开会',
    '明天 明天',
    '18:00 19:00',
    '1'.repeat(39),
    '明'.repeat(10_000),
  ])('%s', (text) => expect(read(text)).toBe('unreadable'));

  it('takes Feb 29 only in a leap year', () => {
    expect(read('2028-02-29 9:00')).toBe('2028-02-29 09:00');
    expect(read('2/29')).toBe('unreadable');
  });

  it('knows what was meant as a time, readable or not', () => {
    for (const text of ['25:99', '昨天', '明天下午', '32日', '周五', 'Fri', 'tomorrow']) {
      expect(looksLikeTime(text), text).toBe(true);
    }
    for (const text of ['有哪些要求', '怎么开', 'how to', '二十大报告', 'fridge', '2026']) {
      expect(looksLikeTime(text), text).toBe(false);
    }
  });
});

describe('zones', () => {
  const newYork = (at: string) => ({ at: new Date(at), zone: 'America/New_York' });

  it('reads the clock of the zone, also across a change to summer time', () => {
    const eve = newYork('2026-03-07T23:30:00-05:00');
    expect(readTime('明天 9:00', eve)).toEqual({
      ok: true,
      instant: new Date('2026-03-08T13:00:00Z'),
    });
    // an hour that the clocks skip is the hour after it
    expect(readTime('tomorrow 2:30', eve)).toEqual({
      ok: true,
      instant: new Date('2026-03-08T07:30:00Z'),
    });
  });

  it('keeps the time of day over days and the length of hours', () => {
    const before = newYork('2026-10-31T10:00:00-04:00');
    expect(readTime('1天后', before)).toEqual({
      ok: true,
      instant: new Date('2026-11-01T15:00:00Z'),
    });
    expect(readTime('24小时后', before)).toEqual({
      ok: true,
      instant: new Date('2026-11-01T14:00:00Z'),
    });
  });

  it('takes today from the zone, not from the server', () => {
    const at = new Date('2026-11-25T17:00:00Z'); // already the 26th in Shanghai
    expect(read('今天18:00', { at, zone })).toBe('2026-11-26 18:00');
  });
});
