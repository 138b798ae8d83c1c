import type { Nothing } from '../../base/errors.ts';

export interface AskRefusals {
  PASSAGE_GONE: Nothing;
}
declare module '../../base/errors.ts' {
  interface RefusalFacts extends AskRefusals {}
}
