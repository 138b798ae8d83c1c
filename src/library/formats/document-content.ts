import type { Block } from '../../answers/retrieval/types.ts';

/** What a file holds, as its reader sees it. */
export interface DocumentContent {
  blocks: Block[];
  /** Lines as they are printed: also those above and below the pages, or before the text, that are no part of it. */
  printed: string[];
}
