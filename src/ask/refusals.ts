import type { Nothing } from '../errors.ts';

export interface AskRefusals {
  PASSAGE_GONE: Nothing;
}
declare module '../errors.ts' {
  interface RefusalFacts extends AskRefusals {}
}
