import { simplify } from '../words/script.ts';

const digits = '零一二三四五六七八九';
const powers: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1_000 };
const [tenThousand, hundredMillion] = [10_000, 100_000_000];
const financial = '壹贰叁肆伍陆柒捌玖拾佰仟';
const plain = '一二三四五六七八九十百千';

/** Digits of either width, financial and traditional numerals in one spelling, close to their units; all else as it stands. */
export function flatNumerals(text: string): string {
  return simplify(text)
    .replace(/[０-９Ａ-Ｚａ-ｚ％]/gu, (each) => String.fromCodePoint(each.charCodeAt(0) - 0xfee0))
    .replace(/[壹贰叁肆伍陆柒捌玖拾佰仟]/gu, (each) => plain.charAt(financial.indexOf(each)))
    .replace(/〇/gu, '零')
    .replace(/(?<=\d),(?=\d{3}(?!\d))/g, '')
    .replace(/(?<=\p{Script=Han})[ \t　]+(?=\d)|(?<=\d)[ \t　]+(?=\p{Script=Han})/gu, '');
}

/** A number in flat spelling, in digits or characters or both (`3万`), as a decimal text. */
export function valueOf(number: string): string {
  const [, arabic = '', rest = ''] = /^(\d*\.?\d*)(.*)$/u.exec(number) ?? [];
  if (arabic === '') return String(chineseValue(rest));
  // Not as a number where it would lose something: a long code, a zero in front.
  if (rest === '' && (arabic.length > 15 || /^0\d/.test(arabic))) return arabic;
  return String(Number((Number(arabic) * (rest === '' ? 1 : scaleOf(rest))).toPrecision(15)));
}

const scaleOf = (units: string) =>
  [...units].reduce(
    (product, each) => product * (powers[each] ?? (each === '万' ? tenThousand : hundredMillion)),
    1,
  );

function chineseValue(number: string): number {
  if (number === '半') return 0.5;
  const [whole = '', fraction = ''] = number.replaceAll('两', '二').split('点');
  const decimals = fraction === '' ? 0 : Number(`0.${digitsOf(fraction)}`);
  // `二零一八` says its digits one after the other.
  if (!/[十百千万亿]/u.test(whole)) return Number(digitsOf(whole) || '0') + decimals;
  let [sum, section, last] = [0, 0, 0];
  for (const each of whole) {
    const power = powers[each];
    if (power !== undefined) [section, last] = [section + (last || 1) * power, 0];
    else if (each === '万')
      [sum, section, last] = [sum + (section + last || 1) * tenThousand, 0, 0];
    else if (each === '亿')
      [sum, section, last] = [(sum + section + last || 1) * hundredMillion, 0, 0];
    else last = digits.indexOf(each);
  }
  return sum + section + last + decimals;
}

const digitsOf = (text: string) => [...text].map((each) => digits.indexOf(each)).join('');
