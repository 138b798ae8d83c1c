import { both } from '../both.ts';
import { halfWidth } from '../text.ts';
import { refuse, repeated, withText, type Line } from './line.ts';
import { definePart, type Part } from './part.ts';

const between = /^[\s,:;.!。、]+/;

/** A round's number, `12` or `#12`. `then`: words that may follow it without a space. */
export function round({ then = /^$/ } = {}): Part<number> {
  return definePart({
    kind: { is: 'round' },
    name: both('编号', 'number'),
    usage: both('编号', 'ID'),
    asked: both('编号', 'a number'),
    glued: (rest) => /^#?\d/.test(rest),
    take: (line, key) => numberThen(line, key, then),
    show: (value) => `${value}`,
  });
}

function numberThen(line: Line, key: string, then: RegExp) {
  const read = halfWidth(line.text);
  const [found = '', number] = /^#?\s*(\d{1,9})号?/.exec(read) ?? [];
  const after = read.slice(found.length);
  const isWhole = after === '' || between.test(after) || then.test(after);
  if (number && isWhole && !/^[\d.]+\.\d/.test(read)) {
    const rest = line.text.slice(found.length + (between.exec(after)?.[0].length ?? 0));
    return { value: Number(number), rest: withText(line, rest) };
  }
  if (/^(?:#|-?\d+(?:\.\d+)?$)/.test(read))
    refuse('PART_UNREADABLE', { part: key, said: repeated(line.text) });
  return undefined;
}
