/** Numbers as Chinese characters write them. Text in other scripts and widths is made plain by the callers. */

const digits = '零一二三四五六七八九';
const units: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1_000 };
const [tenThousand, hundredMillion] = [10_000, 100_000_000];

/** One spelling for zero and two. */
const unified = (numeral: string) => numeral.replaceAll('〇', '零').replaceAll('两', '二');

const digitsIn = (numeral: string) => [...numeral].map((each) => digits.indexOf(each)).join('');

/** `三百零五` as 305, `三万` as 30000: every digit counts by the unit behind it, the last one by itself. */
export function placeValueOf(numeral: string): number {
  let [sum, section, last] = [0, 0, 0];
  for (const each of unified(numeral)) {
    const unit = units[each];
    if (unit !== undefined) [section, last] = [section + (last || 1) * unit, 0];
    else if (each === '万')
      [sum, section, last] = [sum + (section + last || 1) * tenThousand, 0, 0];
    else if (each === '亿')
      [sum, section, last] = [(sum + section + last || 1) * hundredMillion, 0, 0];
    else last = digits.indexOf(each);
  }
  return sum + section + last;
}

/** What stands for a power of ten behind a number, as in `3千万`: the product of all its units. */
export const scaleOf = (written: string): number =>
  [...written].reduce(
    (product, each) => product * (units[each] ?? (each === '万' ? tenThousand : hundredMillion)),
    1,
  );

/** `36` or `三十六` as 36. */
export const integerOf = (numeral: string): number =>
  /^[0-9]+$/.test(numeral) ? Number(numeral) : placeValueOf(numeral);

/** Also `半`, `三点五`, and `二零一八`, which says its digits one after the other. */
export function decimalOf(numeral: string): number {
  if (numeral === '半') return 0.5;
  const [whole = '', fraction = ''] = unified(numeral).split('点');
  const decimals = fraction === '' ? 0 : Number(`0.${digitsIn(fraction)}`);
  const value = /[十百千万亿]/u.test(whole) ? placeValueOf(whole) : Number(digitsIn(whole) || '0');
  return value + decimals;
}

/** `12`, `十二` or `二十` as a number, in characters up to 99; undefined where it is none. */
export function numberIn(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  const isNumeral = /^[零〇]?(?:[一二两三四五六七八九]?十)?[零〇一二两三四五六七八九]?$/.test(text);
  return isNumeral && text !== '' ? placeValueOf(text) : undefined;
}
