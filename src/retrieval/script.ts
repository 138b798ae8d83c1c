import { Converter } from 'opencc-js/t2cn';

let map: Map<string, string> | undefined;

/** Traditional characters whose simplified form is another one, from OpenCC's table. */
function characters(): Map<string, string> {
  if (map) return map;
  map = new Map();
  const convert = Converter({ from: 't', to: 'cn' });
  for (let code = 0x3400; code <= 0x9fff; code += 1) {
    const character = String.fromCodePoint(code);
    const simplified = convert(character);
    if (simplified !== character) map.set(character, simplified);
  }
  return map;
}

/** Character by character, so that a text and a question in different scripts come out the same. */
export function simplify(text: string): string {
  const known = characters();
  return text.replace(/[\u3400-\u9fff]/g, (each) => known.get(each) ?? each);
}
