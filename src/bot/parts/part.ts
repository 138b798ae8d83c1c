import { inEach, type Both } from '../both.ts';
import type { PersonId } from '../../base/ids.ts';
import type { Locale } from '../talk.ts';
import type { Line, Taken } from './line.ts';

/** What a part asks for: enough for a form to show the right field. */
export type Kind =
  | { is: 'text'; limit: number; lines: boolean }
  | { is: 'time'; needsClock: boolean }
  | { is: 'clock' | 'clock-range' | 'period' | 'person' | 'link' }
  /** One thing of this branch, known by its number or its name. */
  | { is: 'round' | 'bank' | 'document' | 'standard' | 'feedback' }
  | { is: 'number'; least: number; most: number }
  | { is: 'choice'; options: Readonly<Record<string, Option>> }
  /** There or not there. */
  | { is: 'flag' };

/** One of several, by the words for it. */
export interface Option {
  word: Both;
  /** Other words for the same. */
  also?: readonly string[];
  /** Understood, but neither in the usage line nor in a form. */
  unlisted?: true;
}

/** Who reads what is written anew from values, and how people are called. */
export interface Showing {
  locale: Locale;
  zone: string;
  nameOf(person: PersonId): string;
}

/**
 * Where a part is looked for: behind its mark at the end of the line, anywhere, where the parts before it
 * ended, or behind its mark among others.
 */
export type Spot = 'end' | 'anywhere' | 'start' | 'marked';

interface Anything {
  readonly spot: Spot;
  readonly needed: boolean;
  /** The words that begin it, if it has any. */
  readonly marks: readonly string[];
  /** How it stands in the line that shows how the command is written. */
  readonly usage: Both;
  /** What may stand right behind the command's word where this part is its first. */
  glued?(rest: string): boolean;
}

/** One value: what it is called, and how it is taken off the line and written again. */
export interface Part<Value = unknown> extends Anything {
  readonly kind: Kind;
  /** As a form calls it. */
  readonly name: Both;
  /** As a sentence asks for it. */
  readonly asked: Both;
  /** Takes it off the line; nothing where it is not there. Refuses what was plainly meant as it. */
  take(line: Line, key: string): Taken<Value> | undefined;
  /** Writes it so that it can be read again. */
  show(value: Value, showing: Showing): string;
}

/** Several values at once, which join those of the parts beside it. It takes all that is left of the line. */
export interface Spread extends Anything {
  readonly spreads: true;
  /** As a sentence asks for it. */
  readonly asked: Both;
  readonly inside: Parts;
  take(line: Line, key: string): Taken<object> | undefined;
  show(values: object, showing: Showing, key: string): string;
}

export type Parts = Readonly<Record<string, Part | Spread>>;

type PartDefinition<Value> = Pick<Part<Value>, 'kind' | 'name' | 'take' | 'show'> &
  Partial<Pick<Part<Value>, 'asked' | 'usage' | 'spot' | 'marks' | 'glued'>>;

/** A part with what is usual: it is needed, stands where the parts before it ended and is shown by its name. */
export function definePart<Value>(definition: PartDefinition<Value>): Part<Value> {
  const { name } = definition;
  const usage = inEach((locale) =>
    locale === 'zh-CN' ? name[locale] : name[locale].toUpperCase(),
  );
  return { needed: true, spot: 'start', marks: [], usage, asked: name, ...definition };
}

/** The same where it may be left out, which brackets show. */
export function maybe<Any extends Part | Spread>(part: Any) {
  const usage = inEach((locale) => `[${part.usage[locale]}]`);
  return { ...part, needed: false as const, usage };
}

export const isSpread = (part: Part | Spread): part is Spread => 'spreads' in part;

/** The part of this key, also inside of others. */
export function partNamed(parts: Parts, key: string): Part | Spread | undefined {
  const own = Object.hasOwn(parts, key) ? parts[key] : undefined;
  const inside = () => Object.values(parts).filter(isSpread);
  return (
    own ??
    inside().reduce<Part | Spread | undefined>(
      (found, each) => found ?? partNamed(each.inside, key),
      undefined,
    )
  );
}
