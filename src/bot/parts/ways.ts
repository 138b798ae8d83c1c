import { both, inEach, type Both } from '../both.ts';
import { beginning } from './choice.ts';
import { absent, withText, type Line, type Taken } from './line.ts';
import type { Option, Parts, Showing, Spread } from './part.ts';
import { readParts } from './read.ts';
import { showParts, usageOf } from './show.ts';

/** One way to use a command, by its word, with the parts that belong to it. One may have no word. */
export interface Way extends Partial<Option> {
  parts?: Parts;
}
export interface Ways<
  All extends Readonly<Record<string, Way>> = Readonly<Record<string, Way>>,
> extends Spread {
  readonly ways: All;
}
interface WaysOptions {
  /** As a sentence asks for it. */
  asked?: Both;
  /** Refuses a line that is none of the ways where one was plainly left out. */
  missing?(line: Line): void;
}

/**
 * A command that does several things: the key under which it stands says which, beside the parts of that way.
 *
 * @example does: ways({ list: {}, finish: { word: both('处理完', 'done'), parts: { which: numberOf() } } })
 * // 反馈 → { does: 'list' }, 反馈 处理完 3 → { does: 'finish', which: 3 }
 */
export function ways<const All extends Readonly<Record<string, Way>>>(
  all: All,
  { asked = both('要做什么', 'what to do'), missing }: WaysOptions = {},
): Ways<All> {
  return {
    spreads: true,
    spot: 'start',
    needed: true,
    marks: [],
    ways: all,
    inside: Object.assign({}, ...Object.values(all).map(({ parts }) => parts ?? {})) as Parts,
    usage: inEach((locale) => usageOfWays(all, locale)),
    asked,
    take(line, key) {
      const taken = byWord(all, line, key) ?? byParts(all, line, key);
      if (!taken) missing?.(line);
      return taken;
    },
    show: (values, showing, key) => showWay(all, values, showing, key),
  };
}

/** The same where the command alone means something else; its ways stand in the usage line as they are. */
export function orNothing<All extends Ways>(some: All) {
  return { ...some, needed: false as const };
}

/** The way whose word begins the line, where the rest of the line is its parts. */
function byWord(all: Readonly<Record<string, Way>>, line: Line, key: string) {
  const found = beginning(line.text, all);
  if (!found) return undefined;
  const values = readParts(all[found.key]?.parts ?? {}, withText(line, found.rest), true);
  return takenAs(found.key, values, { line, key });
}

/** The way without a word whose parts the line is. */
function byParts(all: Readonly<Record<string, Way>>, line: Line, key: string) {
  for (const [name, { word, parts = {} }] of Object.entries(all)) {
    const taken = word ? undefined : takenAs(name, readParts(parts, line), { line, key });
    if (taken) return taken;
  }
  return undefined;
}

function takenAs(
  name: string,
  values: object | typeof absent,
  { line, key }: { line: Line; key: string },
): Taken<object> | undefined {
  if (values === absent) return undefined;
  return { value: { [key]: name, ...values }, rest: withText(line, '') };
}

function usageOfWays(all: Readonly<Record<string, Way>>, locale: Showing['locale']): string {
  const listed = Object.values(all).filter(({ unlisted }) => !unlisted);
  const each = listed.map(({ word, parts = {} }) =>
    [word?.[locale] ?? '', usageOf(parts, locale)].filter(Boolean).join(' '),
  );
  const shown = each.filter(Boolean).join(' / ');
  return each.includes('') ? `[${shown}]` : shown;
}

function showWay(
  all: Readonly<Record<string, Way>>,
  values: object,
  showing: Showing,
  key: string,
): string {
  const name = (values as Readonly<Record<string, string | undefined>>)[key];
  const way = name === undefined ? undefined : all[name];
  if (!way) return '';
  const { word, parts = {} } = way;
  return [word?.[showing.locale] ?? '', showParts(parts, values, showing)]
    .filter(Boolean)
    .join(' ');
}
