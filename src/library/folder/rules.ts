import { bareTitle } from '../../answers/retrieval/title.ts';
import type { ListedDocument } from '../types.ts';

/** A document of the folder as the library has it. */
export interface KeptDocument {
  id: number;
  source: string;
  hash: string;
}

/** A file as it lies in the folder now. */
export interface HashedFile {
  path: string;
  hash: string;
}

export interface SyncPlan {
  /** New or changed. */
  read: HashedFile[];
  /** The same bytes under another path. */
  moved: { id: number; path: string; from: string }[];
  removed: KeptDocument[];
  /** So many documents are gone at once that an operator has to confirm their removal. */
  needsConfirmation: boolean;
}

/** The documents that somebody means by a number or (a part of) a title or a file's name. */
export function documentsMeant<Each extends Pick<ListedDocument, 'id' | 'title' | 'source'>>(
  documents: readonly Each[],
  said: string,
): Each[] {
  const number = /^#?(\d{1,9})$/.exec(said.trim())?.[1];
  const numbered = documents.filter(({ id }) => id === Number(number));
  if (numbered.length > 0) return numbered;
  const wanted = bareTitle(said);
  if (wanted === '') return [];
  const names = ({ title, source }: Each) => [bareTitle(title), bareTitle(source)];
  const exact = documents.filter((each) => names(each).includes(wanted));
  if (exact.length > 0) return exact;
  return documents.filter((each) => names(each).some((name) => name.includes(wanted)));
}

interface Validity {
  state: string;
  from: string | null;
  to: string | null;
  superseded: string | null;
}

/** Why a document does not answer on a day, `YYYY-MM-DD` as the others; undefined where it does. */
export function standingOf({ state, from, to, superseded }: Validity, day: string) {
  if (state === 'retired') return 'retired';
  if (superseded && superseded <= day) return 'superseded';
  if (from && from > day) return 'ahead';
  return to && to < day ? 'expired' : undefined;
}

/** A question's source such as `《支部工作条例》第十一条` names the document of this title. */
export function namesDocument(source: string, title: string): boolean {
  const named = bareTitle(
    /《([^》]+)》/u.exec(source)?.[1] ?? source.split(/第\S{1,8}[条章节编]/u)[0] ?? '',
  );
  const wanted = bareTitle(title);
  if (named === wanted) return named !== '';
  const [shorter, longer] = named.length < wanted.length ? [named, wanted] : [wanted, named];
  return [...shorter].length >= shortestTitlePart && longer.includes(shorter);
}

// 党章 stands in many titles and means one of them.
const shortestTitlePart = 4;

/** Above this share of documents gone at once, a forgotten mount is likelier than a clean-up. */
const mostRemovedShare = 0.3;

/** What has to be done so that the library is in step with the folder. */
export function planSync(kept: KeptDocument[], files: HashedFile[]): SyncPlan {
  const bySource = new Map(kept.map((each) => [each.source, each]));
  const paths = new Set(files.map(({ path }) => path));
  const gone = kept.filter(({ source }) => !paths.has(source));
  const goneByHash = new Map(gone.map((each) => [each.hash, each]));
  const plan: SyncPlan = { read: [], moved: [], removed: [], needsConfirmation: false };
  for (const file of files) {
    const known = bySource.get(file.path);
    const from = known ? undefined : goneByHash.get(file.hash);
    if (from) {
      goneByHash.delete(file.hash);
      plan.moved.push({ id: from.id, path: file.path, from: from.source });
    } else if (known?.hash !== file.hash) plan.read.push(file);
  }
  const moved = new Set(plan.moved.map(({ id }) => id));
  plan.removed = gone.filter(({ id }) => !moved.has(id));
  plan.needsConfirmation = isSuspicious(plan.removed.length, kept.length, files.length);
  return plan;
}

function isSuspicious(removed: number, kept: number, found: number): boolean {
  return removed > 0 && (found === 0 || removed > kept * mostRemovedShare);
}
