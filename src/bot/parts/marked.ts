import { inEach, type Both } from '../both.ts';
import { marksIn, withText, type Line } from './line.ts';
import type { Part } from './part.ts';

/**
 * A part behind a word of its own, `地点 三楼`; where the word ends in a colon, behind both: `问题：…`. The
 * word once more is text of the part.
 */
export function marked<Value>(
  mark: Both,
  part: Part<Value>,
  { also = [] }: { also?: readonly string[] } = {},
): Part<Value> {
  const marks = [...Object.values(mark), ...also];
  return {
    ...part,
    spot: 'marked',
    marks,
    usage: inEach((locale) => behind(mark[locale], part.usage[locale])),
    take(line, key) {
      const own = ownOf(line, marks);
      if (!own) return undefined;
      const { named, rest } = own;
      const meant = { ...line, text: named, marks: [], isMeant: true };
      const taken = named ? part.take(meant, key) : undefined;
      // A mark with nothing behind it says nothing.
      return { value: taken?.value as Value, rest };
    },
    show: (value, showing) => behind(mark[showing.locale], part.show(value, showing)),
  };
}

const behind = (mark: string, text: string) => `${mark}${/：\s*$/.test(mark) ? '' : ' '}${text}`;

/** What stands behind the first of these marks, up to one of another part, and the line without it. */
function ownOf(line: Line, marks: readonly string[]) {
  const found = marksIn(line);
  const own = found.find(({ mark }) => marks.includes(mark));
  if (!own) return undefined;
  const next = found.find(({ mark, start }) => start > own.start && !marks.includes(mark));
  const end = next?.start ?? line.text.length;
  const rest = withText(line, `${line.text.slice(0, own.start)} ${line.text.slice(end)}`);
  const others = line.marks.filter((each) => !marks.includes(each));
  return { named: line.text.slice(own.end, end).trim(), rest: { ...rest, marks: others } };
}
