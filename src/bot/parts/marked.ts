import { inEach, type Both } from '../both.ts';
import { marksIn, withText, type Line } from './line.ts';
import type { Part } from './part.ts';

/**
 * A part behind a word of its own, `地点 三楼`; where the word ends in a colon, behind both: `问题：…`. The
 * word once more is text of the part; with `joins` it begins one more piece of it, and that stands between them.
 */
export function marked<Value>(
  mark: Both,
  part: Part<Value>,
  { also = [], joins }: { also?: readonly string[]; joins?: string } = {},
): Part<Value> {
  const marks = [...Object.values(mark), ...also];
  return {
    ...part,
    spot: 'marked',
    marks,
    usage: inEach((locale) => behind(mark[locale], part.usage[locale])),
    take(line, key) {
      const own = joins === undefined ? ownOf(line, marks) : allOf(line, marks, joins);
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
  const named = line.text.slice(own.end, end).trim();
  return { named: next ? withoutSigns(named) : named, rest: { ...rest, marks: others } };
}

/** What stands behind each of these marks, joined, and the line without all of it. */
function allOf(whole: Line, marks: readonly string[], joins: string) {
  let found = ownOf(whole, marks);
  const pieces: string[] = [];
  let rest = whole;
  while (found) {
    pieces.push(...piecesOf(found.named, marks));
    rest = found.rest;
    found = ownOf(rest, marks);
  }
  return rest === whole ? undefined : { named: pieces.filter(Boolean).join(joins), rest };
}

function piecesOf(text: string, marks: readonly string[]): string[] {
  const starts = marksIn({ text, marks });
  return [0, ...starts.map(({ end }) => end)].map((from, i) =>
    withoutSigns(text.slice(from, starts[i]?.start ?? text.length)),
  );
}

/** A sign that only parted it from the next part is not of it. */
const withoutSigns = (text: string) => text.trim().replace(/[\s,，;；、]+$/, '');
