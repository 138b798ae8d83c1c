/** Lists of synonyms in the reading thread: see `synonyms-file.ts`. */
import type { OpenedFile } from '../files/types.ts';
import { type ReadWordList, readWordList } from './read-synonym-list.ts';

export const read = ({ name, bytes }: OpenedFile): ReadWordList & { title: string } => ({
  title: name,
  ...readWordList(name, bytes),
});
