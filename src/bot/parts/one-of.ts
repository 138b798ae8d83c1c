import { both, inEach, type Both } from '../both.ts';
import { marksIn, refuse, withText, type Line, type Taken } from './line.ts';
import type { Part, Spread } from './part.ts';
import { showParts } from './show.ts';

export interface OneOf<
  All extends Readonly<Record<string, Part>> = Readonly<Record<string, Part>>,
> extends Spread {
  readonly anyOf: All;
}
interface OneOfOptions {
  /** As a sentence asks for it. */
  asked: Both;
  /** What stands between them in the usage line. */
  or?: Both;
  /** Refuses a line that is none of them where one was plainly meant. */
  missing?(line: Line): void;
}

/**
 * One of several parts, which is all that is left of the line; an end time may stand beside it.
 *
 * @example which: maybe(oneOf({ round: round(), period: period() })) // 导出 12, 导出 3月
 */
export function oneOf<const All extends Readonly<Record<string, Part>>>(
  all: All,
  { asked, missing, or = both(' / ', ' / ') }: OneOfOptions,
): OneOf<All> {
  const parts = Object.values(all);
  return {
    spreads: true,
    spot: 'start',
    needed: true,
    marks: [],
    anyOf: all,
    inside: all,
    usage: inEach((locale) => parts.map(({ usage }) => usage[locale]).join(or[locale])),
    asked,
    take(line) {
      const taken = takeOne(all, line);
      if (!taken) missing?.(line);
      return taken;
    },
    show: (values, showing) => showParts(all, values, showing),
  };
}

function takeOne(all: Readonly<Record<string, Part>>, whole: Line): Taken<object> | undefined {
  const { values, line } = takeEnds(all, whole);
  if (line.text === '') return line === whole ? undefined : { value: values, rest: line };
  for (const [key, part] of Object.entries(all)) {
    if (part.spot === 'end' || !mayBegin(part, line)) continue;
    const taken = part.take({ ...line, marks: part.marks }, key);
    if (!taken || taken.rest.text) continue;
    if (taken.value === undefined) refuse('PART_MISSING', { part: key });
    return { value: { ...values, [key]: taken.value }, rest: withText(line, '') };
  }
  return undefined;
}

function takeEnds(all: Readonly<Record<string, Part>>, whole: Line) {
  let [values, line] = [{}, whole];
  for (const [key, part] of Object.entries(all)) {
    const taken = part.spot === 'end' ? part.take(line, key) : undefined;
    if (taken) [values, line] = [{ ...values, [key]: taken.value }, taken.rest];
  }
  return { values, line };
}

/** Only the mark that stands first names what follows: another one is text of it. */
const mayBegin = ({ marks }: Part, { text }: Line) =>
  marks.length === 0 || marksIn({ text, marks })[0]?.start === 0;
