import type { Nothing } from '../errors.ts';

export interface NudgeRefusals {
  NOTHING_OPEN: Nothing;
}
declare module '../errors.ts' {
  interface RefusalFacts extends NudgeRefusals {}
}
