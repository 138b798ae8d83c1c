/** The thread that reads files: see `file-reading.ts`. It knows no database and no platform, and kinds by their modules. */
import { parentPort } from 'node:worker_threads';
import { Refusal } from '../../base/errors.ts';
import { giveWay } from '../../base/thread.ts';
import { claimantOf } from './claims.ts';
import { openFile } from './open-file.ts';
import { pack } from './packing.ts';
import type { ReadAnswer, ReadResult, ReadRequest, KindForThread } from './file-reading.ts';
import type { FileReader, OpenedFile } from './types.ts';

parentPort?.on('message', (request: ReadRequest) => void reply(request));

async function reply(request: ReadRequest) {
  if (request.isBulk) giveWay();
  parentPort?.postMessage(await answerTo(request));
}

async function answerTo({ name, bytes, kinds, isKept }: ReadRequest): Promise<ReadAnswer> {
  const file = openFile(name, bytes);
  const claimant = await orRefused(() => claimantOf(kinds, file));
  if ('is' in claimant) return claimant;
  const reader = await readerOf(claimant);
  const found = await orRefused(() => foundBy(reader, file, claimant.kind, isKept));
  return 'is' in found ? found : { is: 'read', ...found };
}

/** The module of a kind, which is loaded with the first file of it: from the build as from the sources. */
async function readerOf(claimant: KindForThread): Promise<FileReader> {
  if ('refusal' in claimant) {
    const refused = new Refusal(claimant.refusal);
    return { read: () => Promise.reject(refused) };
  }
  const isBuilt = !import.meta.url.endsWith('.ts');
  const href = isBuilt ? claimant.reader.replace(/\.ts$/, '.js') : claimant.reader;
  return (await import(href)) as FileReader;
}

async function foundBy(
  reader: FileReader,
  file: OpenedFile,
  kind: string,
  isKept: boolean,
): Promise<ReadResult> {
  const read = await reader.read(file);
  return { kind, read, packed: isKept ? pack(read) : undefined };
}

/** Nested too deeply, for one: no file may end the thread and those that wait behind it. */
async function orRefused<T>(
  work: () => Promise<T>,
): Promise<T | Extract<ReadAnswer, { is: 'refused' }>> {
  try {
    return await work();
  } catch (error) {
    const { code, facts } = error instanceof Refusal ? error : new Refusal('FILE_DAMAGED');
    return { is: 'refused', code, facts };
  }
}
