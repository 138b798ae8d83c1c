import type { Db } from '../../database/db.ts';
import type { BranchId, PassageId } from '../../base/ids.ts';
import { editionColumn } from './find.ts';
import { mayAnswer, scopeValues } from './permission.ts';
import type { EditionOf, Scope } from './types.ts';

/** A piece of a passage; the whole of it where nothing more is said. */
export interface Piece {
  passage: PassageId;
  start?: number;
  end?: number;
}

/** The words of a piece as they stand in a document, and where that is. */
export interface ReadPiece {
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

/** The pieces as they stand now, in their order, of those that may be read; each cut to `longest` characters. */
export async function readPieces(
  db: Db,
  pieces: readonly Piece[],
  scope: Scope,
  longest: number,
): Promise<ReadPiece[]> {
  const rows = await db.sql<Omit<Whole, 'edition'> & { edition: EditionOf | null }>(
    `select p.id as passage, d.title, p.heading, p.text, d.branch_id as branch, ${editionColumn} as edition
     from passage p join document d on d.id = p.document_id
     where p.id = any($4::int[]) and ${mayAnswer('$1', '$2', '$3')}`,
    ...scopeValues(scope),
    pieces.map(({ passage }) => passage),
  );
  return pieces.flatMap((piece) => {
    const row = rows.find(({ passage }) => passage === piece.passage);
    if (!row) return [];
    const { edition, ...at } = row;
    return [cutPiece({ ...at, ...(edition && { edition }) }, piece, longest)];
  });
}

type Whole = Omit<ReadPiece, 'start' | 'isPart'>;

/** A piece outside of the passage, which may have changed, stands for its beginning. */
export function cutPiece<Each extends Omit<Whole, 'branch'>>(
  passage: Each,
  { start = 0, end = passage.text.length }: Omit<Piece, 'passage'>,
  longest: number,
): Each & Pick<ReadPiece, 'start' | 'isPart'> {
  const whole = passage.text;
  const isInside = start < whole.length && start < end;
  const from = isInside ? start : 0;
  const text = whole.slice(from, Math.min(isInside ? end : Infinity, from + longest));
  return { ...passage, start: from, text, isPart: text !== whole };
}
