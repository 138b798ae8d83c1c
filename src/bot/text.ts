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

const quoted = /「[^」]*」|『[^』]*』|《[^》]*》|“[^”]*”|"[^"]*"/g;

/**
 * The same length, with what stands in quotation marks and in 《》 as signs that are part of nothing: it is a name,
 * so nothing in it is a part of a command.
 */
export const withoutQuoted = (text: string): string =>
  text.replace(quoted, (name) => '\u0000'.repeat(name.length));

/** Characters as people count them, as far as a limit needs to be exact. */
export function lengthOf(text: string): number {
  return Array.from(text).length;
}
