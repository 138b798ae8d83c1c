/** Study documents in the reading thread: see `document-file.ts`. */
import type { OpenedFile } from '../files/types.ts';
import { passagesOf } from './passages.ts';
import { readDocument } from '../formats/read-document.ts';
import type { ReadPassages } from '../types.ts';

export const read = async ({ name, bytes }: OpenedFile): Promise<ReadPassages> =>
  passagesOf(await readDocument(name, bytes));
