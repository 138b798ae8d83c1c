import type { Nothing } from '../base/errors.ts';

export interface LibraryRefusals {
  // documents of a branch; `titles` come one to a line
  DOCS_UNKNOWN: { said?: string };
  DOCS_AMBIGUOUS: { said: string; titles: string };
  DOCS_SHARED: { said: string };
  // files
  FILE_KIND: { kind?: string };
  FILE_OLD_KIND: { kind: string };
  FILE_EMPTY: Nothing;
  FILE_LOCKED: Nothing;
  FILE_SCANNED: Nothing;
  FILE_DAMAGED: Nothing;
  /** `limit`: in megabytes. */
  FILE_TOO_BIG: { limit: number };
  FILE_TOO_HEAVY: Nothing;
  FILE_GONE: Nothing;
  FILE_FROM_MEMBER: Nothing;
  UPLOAD_GONE: Nothing;
  // question banks and lists of synonyms; `sheets` and `columns` come one to a line
  SHEET_UNKNOWN: { sheets: string };
  SURVEY_LATER: Nothing;
  COLUMNS_MISSING: { columns: string };
  BANK_EMPTY: Nothing;
  BANK_TOO_LONG: { limit: number };
  SYNONYMS_TOO_LONG: { limit: number };
  // links to documents of the platform
  LINK_UNKNOWN: Nothing;
  LINK_KIND: Nothing;
  LINK_FORBIDDEN: Nothing;
  LINK_GONE: Nothing;
  LINK_IN_GROUP: Nothing;
}
declare module '../base/errors.ts' {
  interface RefusalFacts extends LibraryRefusals {}
}
