import type { Nothing } from '../../base/errors.ts';

export interface QuietRefusals {
  QUIET_EMPTY: Nothing;
}
declare module '../../base/errors.ts' {
  interface RefusalFacts extends QuietRefusals {}
}
