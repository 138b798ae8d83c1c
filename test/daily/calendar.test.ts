import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCalendar } from '../../src/daily/calendar/service.ts';
import { nextSlot } from '../../src/daily/rules.ts';
import { openLog } from '../../src/base/log.ts';

const log = openLog('silent');
let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'calendar-'));
  file = path.join(folder, 'calendar.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the calendar', () => {
  it.each([
    ['2026-10-01', false, 'a holiday on a Thursday'],
    ['2026-10-10', true, 'a Saturday worked for it'],
    ['2026-11-26', true, 'a Thursday'],
    ['2026-11-28', false, 'a Saturday'],
    ['2031-10-01', true, 'a Wednesday of a year without data'],
    ['2031-10-04', false, 'a Saturday of a year without data'],
  ])('%s is a workday: %s (%s)', (day, isWorkday) => {
    expect(createCalendar({ log }).isWorkday(day)).toBe(isWorkday);
  });

  it('knows which years it has data of, whatever day of the week 1 October is', () => {
    const { knows } = createCalendar({ log });
    const years = Array.from({ length: 20 }, (_, i) => 2020 + i);
    expect(years.filter(knows)).toEqual([2020, 2021, 2022, 2023, 2024, 2025, 2026]);
  });

  it('takes the word of the operator first, also when it comes or goes later', () => {
    const calendar = createCalendar({ file, log });
    expect(calendar.isWorkday('2027-01-01')).toBe(true);
    writeFileSync(file, '{"holidays": ["2027-01-01", "2026-11-26"], "workdays": ["2027-01-02"]}');
    expect(calendar.isWorkday('2027-01-01')).toBe(false);
    expect(calendar.isWorkday('2027-01-02')).toBe(true);
    expect(calendar.isWorkday('2026-11-26')).toBe(false);
    expect(calendar.knows(2027)).toBe(true);
    rmSync(file);
    expect(calendar.isWorkday('2027-01-01')).toBe(true);
    expect(calendar.knows(2027)).toBe(false);
  });

  it('refuses to start with a file it cannot read, and keeps what it knew when one is spoilt later', () => {
    writeFileSync(file, '{"holidays": ["2027-01-01"]}');
    const calendar = createCalendar({ file, log });
    writeFileSync(file, '{"holidays": ["1 January"]}');
    utimesSync(file, 1, 1);
    expect(calendar.isWorkday('2027-01-01')).toBe(false);
    expect(() => createCalendar({ file, log })).toThrow(/calendar\.json should hold days such as/);
  });
});

describe('the next slot', () => {
  const days = { calendar: createCalendar({ log }), zone: 'Asia/Shanghai' };
  const next = (after: string, minute: number, workdays = false, zone = days.zone) =>
    nextSlot(new Date(after), { minute, workdays }, { ...days, zone }).toISOString();

  it.each([
    ['2026-03-02T08:29:59+08:00', 510, false, '2026-03-02T00:30:00.000Z'],
    ['2026-03-02T08:30:00+08:00', 510, false, '2026-03-03T00:30:00.000Z'],
    ['2026-03-02T23:59:00+08:00', 0, false, '2026-03-02T16:00:00.000Z'],
    ['2026-09-30T08:30:00+08:00', 510, true, '2026-10-08T00:30:00.000Z'],
    ['2026-12-31T23:59:00+08:00', 1439, false, '2027-01-01T15:59:00.000Z'],
  ])('after %s at minute %i (workdays %s) is %s', (after, minute, workdays, slot) => {
    expect(next(after, minute, workdays)).toBe(slot);
  });

  it('comes once on the days on which clocks change', () => {
    const zone = 'Europe/Berlin';
    expect(next('2026-03-28T12:00:00+01:00', 150, false, zone)).toBe('2026-03-29T01:30:00.000Z');
    const autumn = next('2026-10-24T12:00:00+02:00', 150, false, zone);
    expect(autumn.slice(0, 10)).toBe('2026-10-25');
    expect(next(autumn, 150, false, zone).slice(0, 10)).toBe('2026-10-26');
  });
});
