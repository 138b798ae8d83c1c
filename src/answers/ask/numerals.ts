import { decimalOf, scaleOf } from '../../base/chinese-numerals.ts';
import { simplify } from '../words/script.ts';

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
  if (arabic === '') return String(decimalOf(rest));
  // Not as a number where it would lose something: a long code, a zero in front.
  if (rest === '' && (arabic.length > 15 || /^0\d/.test(arabic))) return arabic;
  return String(Number((Number(arabic) * (rest === '' ? 1 : scaleOf(rest))).toPrecision(15)));
}
