import { Refusal } from '../../base/errors.ts';
import type { FileReading } from '../files/file-reading.ts';
import { bankSource } from '../banks/bank-file.ts';
import { documentSource } from '../shelf/document-file.ts';
import type { ReadPassages } from '../types.ts';

/** Reads what is a study document by its place, such as a file of the folder; a question bank is none. */
export const createReadAsDocument =
  (reading: FileReading) =>
  /** One of many (`isBulk`) gives way to everything else that wants the processor. */
  async (name: string, bytes: Uint8Array, { isBulk = false } = {}): Promise<ReadPassages> => {
    const kinds = [documentSource, bankSource];
    const { kind, read } = await reading.read(kinds, { name, bytes }, { isBulk });
    if (kind !== documentSource.kind) throw new Refusal('FILE_KIND');
    return read as ReadPassages;
  };
export type ReadAsDocument = ReturnType<typeof createReadAsDocument>;
