import { describe, expect, it } from 'vitest';
import {
  decimalOf,
  integerOf,
  numberIn,
  placeValueOf,
  scaleOf,
} from '../../src/base/chinese-numerals.ts';

describe('Chinese numerals', () => {
  it.each([
    ['三十六', 36],
    ['一百零二', 102],
    ['十', 10],
    ['二百一十', 210],
    ['两千', 2000],
    ['48', 48],
  ])('reads the integer %s as %i', (text, number) => expect(integerOf(text)).toBe(number));

  it.each([
    ['三万五千', 35_000],
    ['一亿零二百万', 102_000_000],
    ['〇', 0],
  ])('reads %s by the places of its digits as %i', (text, number) =>
    expect(placeValueOf(text)).toBe(number),
  );

  it.each([
    ['半', 0.5],
    ['三点五', 3.5],
    ['二〇一八', 2018],
    ['十二点二五', 12.25],
  ])('reads the decimal %s as %d', (text, number) => expect(decimalOf(text)).toBe(number));

  it('reads units behind a number as its scale', () => {
    expect(scaleOf('千万')).toBe(10_000_000);
    expect(scaleOf('')).toBe(1);
  });

  it.each([
    ['12', 12],
    ['十二', 12],
    ['二十', 20],
    ['两', 2],
    ['零五', 5],
    ['九十九', 99],
    ['一百', undefined],
    ['一二', undefined],
    ['', undefined],
    ['十天', undefined],
  ])('reads the small number %s as %s', (text, number) => expect(numberIn(text)).toBe(number));
});
