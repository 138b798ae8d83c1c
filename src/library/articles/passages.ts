import { cutIntoPassages } from './cut.ts';
import { stretchesOf } from '../../answers/retrieval/stretches.ts';
import { editionOf } from './edition.ts';
import type { Read } from '../formats/read.ts';
import type { ReadPassages } from '../types.ts';

/** A document as the library takes it in: the slow part of storing it, so done in the reading thread. */
export function passagesOf({ title, blocks, lost }: Read): ReadPassages {
  const passages = cutIntoPassages(blocks);
  const stretches = stretchesOf(passages, title);
  return { title, passages, stretches, lost, edition: editionOf(blocks) };
}
