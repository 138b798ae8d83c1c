import type { Reader } from '../src/bot/talk.ts';

/**
 * A moment as people read it on a card: `11月26日（周四）23:59`, `Thu 26 Nov 23:59`. Never "today": a
 * card is still there tomorrow. The year stands where it is not the reader's.
 */
export function dayAndTime({ locale, zone, now }: Reader, at: Date): string {
  const parts = partsOf(locale, zone, at);
  const year = parts.year === partsOf(locale, zone, now).year ? '' : parts.year;
  const time = `${parts.hour}:${parts.minute}`;
  return locale === 'zh-CN'
    ? `${year && `${year}年`}${parts.month}月${parts.day}日（${parts.weekday}）${time}`
    : `${parts.weekday} ${parts.day} ${parts.month}${year && ` ${year}`} ${time}`;
}

function partsOf(locale: Reader['locale'], timeZone: string, at: Date): Record<string, string> {
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
  return Object.fromEntries(parts) as Record<string, string>;
}
