/**
 * What people write, made safe to read: no control characters, nothing invisible, no halves of a
 * surrogate pair (the database would refuse them), line ends as `\n`.
 */
export function clean(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '')
    .replace(/[^\P{Cc}\n\t]|[\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, '')
    .replace(/[\t\u00a0\u2000-\u200a]/g, ' ')
    .trim();
}

/**
 * Full-width signs as their half-width twins, character by character: what is found at a place in the
 * result stands at the same place in `text`, so people's own words can be taken from there unchanged.
 */
export function halfWidth(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[\u3000\n]/g, ' ')
    .replace(/[\ufe55\u2236]/g, ':');
}

/** On one line, with single spaces. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Characters as people count them, as far as a limit needs to be exact. */
export function lengthOf(text: string): number {
  return Array.from(text).length;
}

const chineseDigit = new Map(
  Array.from('零一二三四五六七八九').map((sign, value) => [sign, value]),
);
chineseDigit.set('〇', 0).set('两', 2);

/** `12`, `十二` or `二十` as a number, up to 99; undefined where it is none. */
export function readNumber(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  const found = /^(?:[零〇])?(?:([一二两三四五六七八九])?(十))?([零〇一二两三四五六七八九])?$/.exec(
    text,
  );
  if (!found || text === '') return undefined;
  const [, tens, ten, ones] = found;
  const high = ten ? (chineseDigit.get(tens ?? '一') ?? 1) * 10 : 0;
  return high + (chineseDigit.get(ones ?? '零') ?? 0);
}
