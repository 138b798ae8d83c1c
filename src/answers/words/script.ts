import { Converter } from 'opencc-js/t2cn';

// Where Chinese characters begin and end in Unicode's basic plane.
const [first, last] = [0x3400, 0x9fff];
let table: (string | undefined)[] | undefined;

/** By its code, the simplified form of each traditional character that has another one; from OpenCC's table. */
function simpler(): (string | undefined)[] {
  if (table) return table;
  table = new Array<string | undefined>(last + 1).fill(undefined);
  const convert = Converter({ from: 't', to: 'cn' });
  for (let code = first; code <= last; code += 1) {
    const character = String.fromCodePoint(code);
    const simplified = convert(character);
    if (simplified !== character) table[code] = simplified;
  }
  return table;
}

/**
 * Character by character, so that a text and a question in different scripts come out the same. Every
 * passage that is looked at goes through here, so it walks by code and cuts only where something changes.
 */
export function simplify(text: string): string {
  const known = simpler();
  let [simplified, from] = ['', 0];
  for (let at = 0; at < text.length; at += 1) {
    const other = known[text.charCodeAt(at)];
    if (other === undefined) continue;
    simplified += text.slice(from, at) + other;
    from = at + 1;
  }
  return from === 0 ? text : simplified + text.slice(from);
}
