import type { Reader } from '../../src/bot/talk.ts';
import { inBoth } from './words.ts';

type Parts = Record<string, string>;

const words = inBoth(
  {
    moment: ({ year, month, day, weekday, hour, minute }: Parts) =>
      `${year && `${year}年`}${month}月${day}日（${weekday}）${hour}:${minute}`,
  },
  {
    moment: ({ year, month, day, weekday, hour, minute }) =>
      `${weekday} ${day} ${month}${year && ` ${year}`} ${hour}:${minute}`,
  },
);

/**
 * A moment as people read it on a card: `11月26日（周四）23:59`, `Thu 26 Nov 23:59`. Never "today": a
 * card is still there tomorrow. The year stands where it is not the reader's.
 */
export function dayAndTime({ locale, zone, now }: Reader, at: Date): string {
  const parts = partsOf(locale, zone, at);
  const year = parts['year'] === partsOf(locale, zone, now)['year'] ? '' : (parts['year'] ?? '');
  return words[locale].moment({ ...parts, year });
}

function partsOf(locale: Reader['locale'], timeZone: string, at: Date): Parts {
  const month = locale === 'zh-CN' ? 'numeric' : 'short';
  const format = new Intl.DateTimeFormat(locale, {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month,
    day: 'numeric',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
  const parts = format.formatToParts(at).map(({ type, value }) => [type, value]);
  return Object.fromEntries(parts) as Parts;
}
