import type { Nothing } from '../../base/errors.ts';

export interface NudgeRefusals {
  NOTHING_OPEN: Nothing;
}
declare module '../../base/errors.ts' {
  interface RefusalFacts extends NudgeRefusals {}
}
