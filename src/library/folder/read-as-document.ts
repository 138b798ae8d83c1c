import { Refusal } from '../../base/errors.ts';
import type { FileReading } from '../files/file-reading.ts';
import { bankSource } from '../banks/bank-file.ts';
import { documentSource } from '../shelf/document-file.ts';
import type { ReadPassages } from '../types.ts';

/** Reads a file of the folder, which is a study document because it lies there; refuses a question bank. */
export const createReadAsDocument =
  (reading: FileReading) =>
  /** With `isBulk` the file is read at a lower priority. */
  async (name: string, bytes: Uint8Array, { isBulk = false } = {}): Promise<ReadPassages> => {
    const kinds = [documentSource, bankSource];
    const { kind, read } = await reading.read(kinds, { name, bytes }, { isBulk });
    if (kind !== documentSource.kind) throw new Refusal('FILE_KIND');
    return read as ReadPassages;
  };
export type ReadAsDocument = ReturnType<typeof createReadAsDocument>;
