import { Refusal } from '../errors.ts';

export const readableKinds = ['md', 'txt', 'html', 'docx', 'pdf'] as const;
export type Kind = (typeof readableKinds)[number];

const also: Readonly<Record<string, Kind>> = { markdown: 'md', htm: 'html' };
const old = new Set(['doc', 'wps', 'xls', 'et', 'ppt', 'dps', 'rtf']);
/** Kinds that hold no study document but a question bank. */
const banks = new Set(['xlsx', 'gift']);

/** The largest file that is read, in bytes. */
export const largest = 10 * 1024 * 1024;

/** The kind of a file by its name, if it can be read. */
export function kindOf(name: string): Kind | undefined {
  const ending = endingOf(name);
  return readableKinds.find((kind) => kind === ending) ?? also[ending];
}

/** Refuses by its name a file that is neither a study document nor a question bank. */
export function requireReadable(name: string): void {
  if (!banks.has(endingOf(name))) requireKind(name);
}

/** The kind of a document by its name; refuses what cannot be read and says what to do. */
export function requireKind(name: string): Kind {
  const kind = kindOf(name);
  if (kind) return kind;
  const ending = endingOf(name);
  if (old.has(ending)) throw new Refusal('FILE_OLD_KIND', { kind: `.${ending}` });
  throw new Refusal('FILE_KIND', { kind: ending ? `.${ending}` : '' });
}

/** A list of synonyms is known by its name: 同义词.txt, also as programs rename it: `同义词 (1).txt`. */
export const isSynonymFile = (name: string): boolean =>
  /(?:^|[\\/])(?:同义词|synonyms)(?:[\s·_\-(（][^\\/]*)?\.txt$/iu.test(name.trim());

/** `xlsx` of `党章.XLSX`. */
export function endingOf(name: string): string {
  return /\.([^./\\\s]{1,12})$/.exec(name.trim())?.[1]?.toLowerCase() ?? '';
}
