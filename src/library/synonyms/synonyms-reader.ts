/** Lists of synonyms in the reading thread: see `synonyms-file.ts`. */
import type { OpenedFile } from '../files/types.ts';
import { type ReadSynonymList, readSynonymList } from './read-synonym-list.ts';

export const read = ({ name, bytes }: OpenedFile): ReadSynonymList & { title: string } => ({
  title: name,
  ...readSynonymList(name, bytes),
});
