import type { Nothing } from '../errors.ts';

export interface SheetRefusals {
  EXPORT_TOO_BIG: Nothing;
}
declare module '../errors.ts' {
  interface RefusalFacts extends SheetRefusals {}
}
