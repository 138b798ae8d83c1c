import { absent, refuse, type Absent, type Line } from './line.ts';
import { isSpread, type Part, type Parts, type Spot, type Spread } from './part.ts';

/** What stands behind a mark at the end goes first; what a part leaves is for those after it. */
const order: readonly Spot[] = ['end', 'anywhere', 'start', 'marked'];

/**
 * Reads all parts of a line, by their keys. Absent where a needed one is not there, or something is left
 * that is none. Once anything was found (`begun`) a missing part at the end of the line is refused.
 */
export function readParts(parts: Parts, whole: Line, begun = false): object | Absent {
  const all = Object.entries(parts);
  const found: Record<string, object> = {};
  const missing: string[] = [];
  let line: Line = { ...whole, marks: all.flatMap(([, part]) => marksOf(part)) };
  for (const [key, part] of inOrder(all)) {
    const taken = part.take(line, key);
    if (taken) {
      found[key] = isSpread(part) ? (taken.value as object) : { [key]: taken.value };
      line = taken.rest;
    }
    if (part.needed && taken?.value === undefined) missing.push(key);
    // Those behind marks stand in any order; of the others each begins where the one before ended.
    if (missing.length > 0 && part.spot !== 'marked') break;
  }
  const isBegun = begun || line.text !== whole.text;
  if (line.text || (missing.length > 0 && !isBegun)) return absent;
  if (missing[0] !== undefined) refuse('PART_MISSING', { part: missing[0] });
  return Object.assign({}, ...all.map(([key]) => found[key])) as object;
}

type Entry = [key: string, part: Part | Spread];

const inOrder = (all: Entry[]) =>
  order.flatMap((spot) => all.filter(([, part]) => part.spot === spot));

const marksOf = (part: Part | Spread) => (part.spot === 'marked' ? part.marks : []);
