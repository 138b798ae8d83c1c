import type { Block } from '../retrieval/types.ts';

/** What a file holds, as its reader sees it. */
export interface Found {
  blocks: Block[];
  /** What stands above and below its pages or before its text, and is no part of it. */
  edges: string[];
}
