import { Refusal, type RefusalCode } from '../../base/errors.ts';
import type { Claims, OpenedFile } from './types.ts';

interface Claimant {
  claims: Claims;
  /** Set where files of this kind are refused. */
  refusal?: RefusalCode;
}

/** The largest file that is read, in bytes. */
export const largestFile = 10 * 1024 * 1024;

const oldEndings = new Set(['doc', 'wps', 'xls', 'et', 'ppt', 'dps', 'rtf']);
/** Files that hold sheets. */
const workbook = 'xlsx';

/** `xlsx` of `党章.XLSX`. */
export function endingOf(name: string): string {
  return /\.([^./\\\s]{1,12})$/.exec(name.trim())?.[1]?.toLowerCase() ?? '';
}

/** The refusal for a file whose name ends in a way that is not read. */
export function unreadable(name: string): Refusal {
  const ending = endingOf(name);
  const code = oldEndings.has(ending) ? 'FILE_OLD_KIND' : 'FILE_KIND';
  return new Refusal(code, { kind: ending ? `.${ending}` : '' });
}

/** Refuses a file whose name none of these kinds can have. */
export function requireReadable(all: readonly Claimant[], name: string): void {
  if (!all.some(({ claims }) => mayBe(claims, name))) throw unreadable(name);
}

function mayBe(claims: Claims, name: string): boolean {
  const ending = endingOf(name);
  if (claims.name?.test(name) || claims.endings?.includes(ending)) return true;
  return ending === workbook ? claims.sheets !== undefined : isText(claims, ending);
}

const isText = ({ text }: Claims, ending: string) => text?.endings.includes(ending) ?? false;

/** Finds the kind of a file: by its name, then its content, then the ending of its name. Refuses other files. */
export async function claimantOf<Kind extends Claimant>(
  all: readonly Kind[],
  file: OpenedFile,
): Promise<Kind> {
  const { name, ending } = file;
  const linked = all.find(({ claims }) => claims.link?.test(name));
  if (!linked) requireReadable(all, name);
  if (file.bytes.length === 0) throw new Refusal('FILE_EMPTY');
  const found =
    linked ??
    all.find(({ claims }) => claims.name?.test(name)) ??
    (ending === workbook ? await bySheet(all, file) : byText(all, file)) ??
    all.find(({ claims }) => claims.endings?.includes(ending));
  if (found) return found;
  if (ending !== workbook) throw unreadable(name);
  const known = all.flatMap(({ claims, refusal }) => (refusal ? [] : (claims.sheets ?? [])));
  throw new Refusal('SHEET_UNKNOWN', { sheets: known.join('\n') });
}

async function bySheet<Kind extends Claimant>(all: readonly Kind[], file: OpenedFile) {
  if (!all.some(({ claims }) => claims.sheets)) return undefined;
  for (const { name } of await file.sheets()) {
    const found = all.find(({ claims }) => claims.sheets?.includes(name));
    if (found) return found;
  }
  return undefined;
}

const byText = <Kind extends Claimant>(all: readonly Kind[], file: OpenedFile) =>
  all.find(({ claims }) => isText(claims, file.ending) && claims.text?.like.test(file.text().text));
