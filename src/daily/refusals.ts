import type { Nothing } from '../base/errors.ts';

export interface DailyRefusals {
  NO_DOCUMENT: Nothing;
  /** `titles`: one to a line. */
  DOCUMENT_UNKNOWN: { said: string; titles: string };
  DOCUMENT_AMBIGUOUS: { said: string; titles: string };
}
declare module '../base/errors.ts' {
  interface RefusalFacts extends DailyRefusals {}
}
