/** Documents of the platform in the reading thread: see `document-file.ts`. */
import type { OpenedFile } from '../files/types.ts';
import { passagesOf } from './passages.ts';
import { readLinkedDocument } from '../formats/read-document.ts';
import type { ReadPassages } from '../types.ts';

export const read = ({ name, bytes }: OpenedFile): ReadPassages =>
  passagesOf(readLinkedDocument(name, bytes));
