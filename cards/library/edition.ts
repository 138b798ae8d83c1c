import type { Reader } from '../../src/bot/talk.ts';
import { localDay } from '../../src/base/clock.ts';
import type { Edition } from '../../src/library/types.ts';
import { inBoth } from '../bot/words.ts';

const words = inBoth(
  {
    day: (year: number, month: number, date: number) => `${year}年${month}月${date}日`,
    kinds: { passed: '通过', issued: '公布', revised: '修订', amended: '修正' },
    edition: (day: string, kind: string) => `${day}${kind}`,
    from: (day: string) => `${day}起施行`,
    to: (day: string) => `有效期至${day}`,
    ahead: (day: string) => `${day}起才用于回答，在那之前不用；有旧版的，仍用旧版。`,
    expired: '已过有效期，不用于回答。',
    between: '，',
  },
  {
    day: (year, month, date) => [year, two(month), two(date)].join('-'),
    kinds: { passed: 'passed', issued: 'issued', revised: 'revised', amended: 'amended' },
    edition: (day, kind) => `${kind} ${day}`,
    from: (day) => `in force since ${day}`,
    to: (day) => `until ${day}`,
    ahead: (day) => `It answers from ${day} on; until then an older edition does, if there is one.`,
    expired: 'It is no longer in force and does not answer.',
    between: ', ',
  },
);

const two = (part: number) => String(part).padStart(2, '0');

/** `2018年10月26日修正`; empty where the document does not say. */
export function editionText({ locale }: Reader, { edition }: Edition): string {
  if (!edition) return '';
  const say = words[locale];
  return say.edition(dayText(locale, edition.day), say.kinds[edition.kind]);
}

/** Edition and validity as far as the document states them; empty where it states neither. */
export function validityText(reader: Reader, edition: Edition): string {
  const say = words[reader.locale];
  const { from, to } = edition;
  const parts = [
    editionText(reader, edition),
    from ? say.from(dayText(reader.locale, from)) : '',
    to ? say.to(dayText(reader.locale, to)) : '',
  ];
  return parts.filter(Boolean).join(say.between);
}

/** Why it does not answer today; empty where it does. */
export function forceText({ locale, zone, now }: Reader, { from, to }: Edition): string {
  const say = words[locale];
  const today = localDay(now, zone);
  if (from && from > today) return say.ahead(dayText(locale, from));
  return to && to < today ? say.expired : '';
}

/** The day of a moment, as people in the reader's zone have it. */
export const dayOf = ({ locale, zone }: Reader, at: Date): string =>
  dayText(locale, localDay(at, zone));

function dayText(locale: Reader['locale'], day: string): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return words[locale].day(year, month, date);
}
