import { inZone } from '../../base/clock.ts';
import { both, type Both } from '../both.ts';
import { numberIn } from '../../base/chinese-numerals.ts';
import { oneLine } from '../../base/text.ts';
import { halfWidth } from '../text.ts';
import { refuse, repeated, withText, type Line } from './line.ts';
import { definePart, type Part } from './part.ts';

/** A stretch of calendar: a year, or one quarter or month of it. */
export interface Period {
  year: number;
  quarter?: number;
  month?: number;
}

/** 11月, 2026-11, 本季, 第四季度, 2026Q4, 2026年, `last month`; it is all that is left. */
export function period(usage: Both): Part<Period> {
  return definePart({
    kind: { is: 'period' },
    name: both('时间段', 'period'),
    usage,
    asked: both('时间段', 'a period'),
    take(line, key) {
      const value = readPeriod(line.text, line);
      if (value) return { value, rest: withText(line, '') };
      if (looksLikePeriod(line.text))
        refuse('PART_UNREADABLE', { part: key, said: repeated(line.text) });
      return undefined;
    },
    show: (value, { locale }) => (locale === 'zh-CN' ? chinese(value) : english(value)),
  });
}

const chinese = ({ year, quarter, month }: Period) =>
  quarter ? `${year}年第${quarter}季度` : month ? `${year}年${month}月` : `${year}年`;
const english = ({ year, quarter, month }: Period) =>
  quarter ? `${year}Q${quarter}` : month ? `${year}-${month}` : `year ${year}`;

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** A month without a year is the last one there was. */
function readPeriod(text: string, { written: { at, zone } }: Line): Period | undefined {
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
  const whole = /^(?:year )?(\d{4})\s*年?(?:度)?$/.exec(said);
  if (whole) return { year: Number(whole[1]) };
  const quarter = /^(?:(\d{4})\s*年?\s*)?(?:q([1-4])|第?([一二三四1-4])季度?)$/.exec(said);
  if (quarter) {
    const index = numberIn(quarter[2] ?? quarter[3] ?? '');
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
