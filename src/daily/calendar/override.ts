import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { StartError } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';

const days = z.array(z.iso.date()).default([]);
const Override = z.strictObject({ holidays: days, workdays: days });

/** What an operator says about single days. It goes before every other source. */
export interface Override {
  isFree(day: string): boolean;
  isWork(day: string): boolean;
  /** A year with any day of it in the file counts as known. */
  knows(year: number): boolean;
}

const shape = '{"holidays": ["2027-01-01"], "workdays": ["2027-02-06"]}';

function read(file: string): Override {
  const parsed = Override.safeParse(jsonIn(file));
  if (!parsed.success) throw new StartError(`${file} should hold days such as ${shape}.`);
  const [free, work] = [new Set(parsed.data.holidays), new Set(parsed.data.workdays)];
  const years = new Set([...free, ...work].map((day) => Number(day.slice(0, 4))));
  return {
    isFree: (day) => free.has(day),
    isWork: (day) => work.has(day),
    knows: (year) => years.has(year),
  };
}

function jsonIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

const nothing: Override = { isFree: () => false, isWork: () => false, knows: () => false };
const versionOf = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs;

/**
 * The days in `file` as it stands now; none where there is no such file. A file that cannot be read stops
 * the start; one that is spoilt later is logged, and what was read before it stays.
 */
export function followOverride(file: string, log: Log): () => Override {
  let version = versionOf(file);
  let current = version === undefined ? nothing : read(file);
  return () => {
    const now = versionOf(file);
    if (now === version) return current;
    version = now;
    try {
      current = now === undefined ? nothing : read(file);
      log.info({ file }, 'the calendar was read anew');
    } catch (err) {
      log.error({ err }, 'the calendar cannot be read; what it said before stays');
    }
    return current;
  };
}
