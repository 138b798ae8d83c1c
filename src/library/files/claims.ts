import { Refusal, type RefusalCode } from '../../base/errors.ts';
import type { Claims, OpenedFile } from './types.ts';

interface Claimant {
  claims: Claims;
  /** Its files are refused. */
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

/** Why a file of this name is not read, and what to do. */
export function unreadable(name: string): Refusal {
  const ending = endingOf(name);
  const code = oldEndings.has(ending) ? 'FILE_OLD_KIND' : 'FILE_KIND';
  return new Refusal(code, { kind: ending ? `.${ending}` : '' });
}

/** Refuses by its name a file that is none of these kinds, whatever is in it. */
export function requireReadable(all: readonly Claimant[], name: string): void {
  if (!all.some(({ claims }) => mayBe(claims, name))) throw unreadable(name);
}

function mayBe(claims: Claims, name: string): boolean {
  const ending = endingOf(name);
  if (claims.name?.test(name) || claims.endings?.includes(ending)) return true;
  return ending === workbook ? claims.sheets !== undefined : isText(claims, ending);
}

const isText = ({ text }: Claims, ending: string) => text?.endings.includes(ending) ?? false;

/** The kind of a file: by its name, by what stands in it, by how its name ends. Refuses what is of none. */
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
