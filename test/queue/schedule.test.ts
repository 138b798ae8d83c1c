import { expect, it, onTestFinished } from 'vitest';
import { startSchedule, type TimetableEntry } from '../../src/queue/timetable.ts';
import { openLog } from '../../src/base/log.ts';

const log = openLog('silent');
const nothing = () => Promise.resolve();
function start(zone: string, ...lines: TimetableEntry[]) {
  const schedule = startSchedule(lines, { zone, log });
  onTestFinished(schedule.stop);
}

it('runs a line at its time, and again after it failed', async () => {
  let runs = 0;
  await new Promise<void>((resolve) => {
    const plan = () => {
      runs += 1;
      if (runs === 2) resolve();
      return Promise.reject(new Error('the database is away'));
    };
    start('Asia/Shanghai', { name: 'each second', when: '* * * * * *', plan });
  });
  expect(runs).toBe(2);
});

it('refuses a zone that there is not, and a time that cannot be read', () => {
  const line = { name: 'tick', when: '*/20 * * * * *', plan: nothing };
  expect(() => start('Asia/Beijing', line)).toThrow(/Asia\/Beijing/);
  expect(() => start('Asia/Shanghai', { ...line, when: '61 * * * *' })).toThrow('tick');
});
