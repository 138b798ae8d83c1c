import { both, type Both } from '../both.ts';
import { oneLine } from '../../base/text.ts';
import { halfWidth, withoutQuoted } from '../text.ts';
import { refuse, withText } from './line.ts';
import { definePart, type Kind, type Part } from './part.ts';

/** The number of something in a list, which is all that is left. */
export function numberOf<Id extends number>(kind: Kind): Part<Id> {
  return definePart<Id>({
    kind,
    name: both('编号', 'number'),
    usage: both('编号', 'ID'),
    asked: both('编号', 'a number'),
    take(line, key) {
      const said = oneLine(halfWidth(line.text));
      if (!said || asksHow.test(said)) return undefined;
      const number = /^#?\s*(\d{1,9})号?[.。!！]?$/.exec(said)?.[1];
      if (!number) refuse('PART_UNREADABLE', { part: key, said: said.slice(0, 30) });
      return { value: Number(number) as Id, rest: withText(line, '') };
    },
    show: (value) => `${value}`,
  });
}

/** 停用 怎么操作: whoever asks how to do it names nothing. */
export const asksHow = /^(?:怎么|如何|怎样|什么)/;

interface CountOptions {
  most: number;
  usage: Both;
  /** What may follow the number, as a pattern, and what is written there. */
  unit: { like: RegExp; word: Both };
}

/** How many of something, anywhere among the other words: `10`, `10题`. */
export function count(name: Both, { most, usage, unit }: CountOptions): Part<number> {
  const like = new RegExp(`(?:^|\\s)(\\d{1,9})\\s*(?:${unit.like.source})?(?=\\s|$)`, 'i');
  return definePart({
    kind: { is: 'number', least: 1, most },
    name,
    usage,
    asked: both(`${name['zh-CN']}（1 到 ${most}）`, `${name['en-US']} (1 to ${most})`),
    spot: 'anywhere',
    take(line, key) {
      const found = like.exec(withoutQuoted(halfWidth(line.text)));
      if (!found) return undefined;
      const value = Number(found[1]);
      if (value < 1 || value > most) refuse('PART_UNREADABLE', { part: key });
      const [start, end] = [found.index, found.index + found[0].length];
      const rest = withText(line, `${line.text.slice(0, start)} ${line.text.slice(end)}`);
      return { value, rest };
    },
    show: (value, { locale }) => `${value}${unit.word[locale]}`,
  });
}

const minutesAtMost = 24 * 60;

/** A stretch of time in minutes, of which hours are read as well. */
export function minutes(): Part<number> {
  const like = /^(-?\d{1,9})\s*(分钟?|min(?:ute)?s?|m|小时|h(?:ours?)?)?(?=$|[\s,:;])[\s,:;]*/i;
  return definePart({
    kind: { is: 'number', least: 1, most: minutesAtMost },
    name: both('分钟数', 'minutes'),
    asked: both(`分钟数（1 到 ${minutesAtMost}）`, `minutes (1 to ${minutesAtMost})`),
    take(line, key) {
      const found = like.exec(halfWidth(line.text));
      if (!found) return undefined;
      const value = Number(found[1]) * (/^(?:小时|h)/i.test(found[2] ?? '') ? 60 : 1);
      if (value < 1 || value > minutesAtMost) refuse('PART_UNREADABLE', { part: key });
      return { value, rest: withText(line, line.text.slice(found[0].length)) };
    },
    show: (value) => `${value}`,
  });
}
