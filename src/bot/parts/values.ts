import type { OneOf } from './one-of.ts';
import type { Part, Parts } from './part.ts';
import type { Way, Ways } from './ways.ts';

/** What the parts of a command come to once they are read: its values by their keys. */
export type ValuesOf<All extends Parts> = Flat<
  Joined<{ [Key in keyof All & string]: Adds<Key, All[Key]> }>
>;

type Adds<Key extends string, Any> =
  Any extends Ways<infer All>
    ? WaysOf<Key, All> | (Any extends { needed: false } ? Partial<Record<Key, undefined>> : never)
    : Any extends OneOf<infer All>
      ? Partial<ValuesOf<All>>
      : Any extends Part<infer Value>
        ? Any extends { needed: false }
          ? Partial<Record<Key, Value>>
          : Record<Key, Value>
        : never;

/** One record for each way, told apart by the key. */
type WaysOf<Key extends string, All extends Readonly<Record<string, Way>>> = {
  [Name in keyof All & string]: Flat<
    Record<Key, Name> &
      (All[Name] extends { parts: infer Inner extends Parts } ? ValuesOf<Inner> : unknown)
  >;
}[keyof All & string];

/** All of them at once. A function takes what satisfies each of its parameters. */
type Joined<Each> = { [Key in keyof Each]: (adds: Each[Key]) => void }[keyof Each] extends (
  adds: infer All,
) => void
  ? All
  : never;

type Flat<T> = T extends unknown ? { [Key in keyof T]: T[Key] } : never;
