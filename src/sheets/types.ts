export type Cell = string | number;

/** A sheet as it is to be written; the first row names the columns. */
export interface SheetPlan {
  name: string;
  rows: readonly (readonly Cell[])[];
}
