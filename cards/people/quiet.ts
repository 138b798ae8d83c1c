import type { Reader } from '../../src/bot/talk.ts';
import type { QuietHours } from '../../src/people/quiet/types.ts';
import { inBoth } from '../bot/words.ts';
import type { Sentences } from '../../src/bot/refusals.ts';
import type { QuietRefusals } from '../../src/people/quiet/refusals.ts';

const words = inBoth(
  {
    on: (hours: string) => `好的，每天 ${hours} 不提醒你，要提醒的留到之后。想取消就发：勿扰 关`,
    off: '好的，不再设免打扰时间。想恢复就发：勿扰 21:00-8:00',
    nextDay: (from: string, to: string) => `${from} 到次日 ${to}`,
    sameDay: (from: string, to: string) => `${from} 到 ${to}`,
  },
  {
    on: (hours) =>
      `All right: no reminders from ${hours} each day; they wait until then. To end it send: quiet off`,
    off: 'All right: you have no quiet hours any more. To have them again send: quiet 21:00-8:00',
    nextDay: (from, to) => `${from} to ${to} the next day`,
    sameDay: (from, to) => `${from} to ${to}`,
  },
);

const clock = (minute: number) =>
  `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;

export function hoursText({ locale }: Reader, { from, to }: QuietHours): string {
  const say = words[locale];
  return (from < to ? say.sameDay : say.nextDay)(clock(from), clock(to));
}

export const quietLine = (reader: Reader, hours: QuietHours | undefined): string =>
  hours ? words[reader.locale].on(hoursText(reader, hours)) : words[reader.locale].off;

export const quietRefusals = inBoth<Sentences<QuietRefusals>>(
  {
    QUIET_EMPTY: (_, { tip }) => `开始和结束是同一个时间，没有改动。${tip}`,
  },
  {
    QUIET_EMPTY: (_, { tip }) => `Both times are the same, so nothing was changed. ${tip}`,
  },
);
