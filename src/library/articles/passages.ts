import { cutIntoPassages } from './cut-into-passages.ts';
import { postingsOf } from '../../answers/retrieval/postings.ts';
import { editionOf } from './edition.ts';
import type { ReadDocument } from '../formats/read-document.ts';
import type { ReadPassages } from '../types.ts';

/** Prepares a document for storing. This is slow, and therefore done in the reading thread. */
export function passagesOf({ title, blocks, lost }: ReadDocument): ReadPassages {
  const passages = cutIntoPassages(blocks);
  const postings = postingsOf(passages, title);
  return { title, passages, postings, lost, edition: editionOf(blocks) };
}
