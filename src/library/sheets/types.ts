export type Cell = string | number;
export type Row = readonly Cell[];

/** A sheet as it is to be written; the first row names the columns. */
export interface SheetPlan {
  name: string;
  /** Its rows, so many at a time: where they are many, never all of them are in memory. */
  pages: Iterable<readonly Row[]> | AsyncIterable<readonly Row[]>;
}

/** What the thread that writes is asked, one thing after another; `book` says for which file. */
export type SheetRequest = { book: number } & (
  | { does: 'begin'; most: number }
  | { does: 'sheet'; name: string }
  | { does: 'rows'; rows: readonly Row[] }
  | { does: 'end' }
  | { does: 'drop' }
);
export type SheetAnswer =
  | { is: 'done' }
  | { is: 'made'; bytes: Uint8Array }
  /** More bytes than were allowed, or more rows than a sheet holds. */
  | { is: 'too-big' }
  /** By an error of this name; the file is forgotten. */
  | { is: 'failed'; error: string };
