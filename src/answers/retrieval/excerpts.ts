import type { Db } from '../../database/db.ts';
import type { BranchId, PassageId } from '../../base/ids.ts';
import { editionColumn } from './candidates.ts';
import { mayAnswer, scopeValues } from './permission.ts';
import type { EditionOf, Scope } from './types.ts';

/** A range of characters of a passage; the whole of it without `start` and `end`. */
export interface PassageRange {
  passage: PassageId;
  start?: number;
  end?: number;
}

/** The words of a range as they stand in a document, and where that is. */
export interface Excerpt {
  passage: PassageId;
  title: string;
  edition?: EditionOf;
  heading: string;
  /** Whose document it is; null where all share it. */
  branch: BranchId | null;
  /** Where in the passage the words begin, and the words themselves. */
  start: number;
  text: string;
  isPart: boolean;
}

/** The excerpts of these ranges that may be read, in their order; each cut to `longest` characters. */
export async function readExcerpts(
  db: Db,
  ranges: readonly PassageRange[],
  scope: Scope,
  longest: number,
): Promise<Excerpt[]> {
  const rows = await db.sql<Omit<Whole, 'edition'> & { edition: EditionOf | null }>(
    `select p.id as passage, d.title, p.heading, p.text, d.branch_id as branch, ${editionColumn} as edition
     from passage p join document d on d.id = p.document_id
     where p.id = any($4::int[]) and ${mayAnswer('$1', '$2', '$3')}`,
    ...scopeValues(scope),
    ranges.map(({ passage }) => passage),
  );
  return ranges.flatMap((range) => {
    const row = rows.find(({ passage }) => passage === range.passage);
    if (!row) return [];
    const { edition, ...at } = row;
    return [cutExcerpt({ ...at, ...(edition && { edition }) }, range, longest)];
  });
}

type Whole = Omit<Excerpt, 'start' | 'isPart'>;

/** Cuts a range out of a passage. The passage may have changed: a range outside of it becomes its beginning. */
export function cutExcerpt<Each extends Omit<Whole, 'branch'>>(
  passage: Each,
  { start = 0, end = passage.text.length }: Omit<PassageRange, 'passage'>,
  longest: number,
): Each & Pick<Excerpt, 'start' | 'isPart'> {
  const whole = passage.text;
  const isInside = start < whole.length && start < end;
  const from = isInside ? start : 0;
  const text = whole.slice(from, Math.min(isInside ? end : Infinity, from + longest));
  return { ...passage, start: from, text, isPart: text !== whole };
}
