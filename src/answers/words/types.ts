/** Words that stand for one another; with `parts` also what the whole consists of, which it brings and not the other way. */
export interface SynonymGroup {
  /** The line of the file, from 1. */
  line: number;
  words: string[];
  parts?: string[];
}
export type SynonymFaultCode = 'one-word' | 'no-parts' | 'too-short' | 'too-long' | 'too-many';
/** A line that cannot be read; its words stand in `cards/library/synonyms.ts`. */
export interface SynonymFault {
  line: number;
  code: SynonymFaultCode;
  /** What stands there. */
  said: string;
}
export interface ReadSynonyms {
  groups: SynonymGroup[];
  faults: SynonymFault[];
}
