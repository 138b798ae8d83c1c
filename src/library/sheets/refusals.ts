import type { Nothing } from '../../base/errors.ts';

export interface SheetRefusals {
  EXPORT_TOO_BIG: Nothing;
}
declare module '../../base/errors.ts' {
  interface RefusalFacts extends SheetRefusals {}
}
