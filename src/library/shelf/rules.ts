import { bareTitle } from '../../answers/retrieval/title.ts';
import type { ListedDocument } from '../types.ts';

/** The documents that a person means by a number, or by a title or file name or a part of one. */
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

/** Why a document is not used for answers on a day (`YYYY-MM-DD`, like the other days); undefined where it is. */
export function standingOf({ state, from, to, superseded }: Validity, day: string) {
  if (state === 'retired') return 'retired';
  if (superseded && superseded <= day) return 'superseded';
  if (from && from > day) return 'ahead';
  return to && to < day ? 'expired' : undefined;
}

/** True where a question's source, such as `《支部工作条例》第十一条`, names the document of this title. */
export function namesDocument(source: string, title: string): boolean {
  const named = bareTitle(
    /《([^》]+)》/u.exec(source)?.[1] ?? source.split(/第\S{1,8}[条章节编]/u)[0] ?? '',
  );
  const wanted = bareTitle(title);
  if (named === wanted) return named !== '';
  const [shorter, longer] = named.length < wanted.length ? [named, wanted] : [wanted, named];
  return [...shorter].length >= shortestTitlePart && longer.includes(shorter);
}

// A shorter name such as 党章 is part of many titles and means only one of them.
const shortestTitlePart = 4;
