import type { Nothing } from '../errors.ts';

export interface QuietRefusals {
  QUIET_EMPTY: Nothing;
}
declare module '../errors.ts' {
  interface RefusalFacts extends QuietRefusals {}
}
