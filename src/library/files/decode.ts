import { Refusal } from '../../base/errors.ts';

export interface Decoded {
  text: string;
  /** Characters that could not be read and stand as `�`. */
  lost: number;
}

const marks = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' },
];
/** More than this share of unreadable characters, and the bytes are no text. */
const damaged = 0.005;

/**
 * The text of a file, whatever it was saved in: by its byte order mark, by what it declares, as
 * UTF-8 where that is valid, else as GB18030. Line ends become `\n`; what no database or screen
 * takes is left out. Refuses what is no text at all.
 */
export function decode(bytes: Uint8Array, declared?: string): Decoded {
  const mark = marks.find((each) => each.bytes.every((byte, i) => bytes[i] === byte));
  const raw = mark
    ? read(bytes, mark.encoding)
    : (nearlyUtf8(bytes) ?? valid(bytes, declared) ?? valid(bytes, 'gb18030') ?? read(bytes));
  const controls = count(raw, /[^\P{Cc}\n\t\r\f]/gu);
  const lost = lostIn(raw);
  if (controls + lost > raw.length * damaged) throw new Refusal('FILE_DAMAGED');
  return { text: tidy(raw), lost };
}

const read = (bytes: Uint8Array, encoding = 'utf-8') => new TextDecoder(encoding).decode(bytes);

/** UTF-8 with a torn character here and there is still that: as GB18030 it would be valid nonsense. */
function nearlyUtf8(bytes: Uint8Array): string | undefined {
  const text = read(bytes);
  return count(text, /\ufffd/g) <= count(text, /[^\x00-\x7f]/g) / 20 ? text : undefined;
}

/** Undefined where the bytes are not valid in this encoding, or nobody knows it. */
function valid(bytes: Uint8Array, encoding: string | undefined): string | undefined {
  if (!encoding) return undefined;
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** How many characters of a text could not be read. */
export const lostIn = (text: string) => count(text, /\ufffd/g);
const count = (text: string, what: RegExp) => text.match(what)?.length ?? 0;

/** Line ends as `\n`, without what no database or screen takes. */
export function tidy(text: string): string {
  return text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/\f/g, '\n')
    .replace(/[^\P{Cc}\n\t]|[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, '');
}
