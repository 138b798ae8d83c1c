/** The thread that reads files: see `file-reading.ts`. It uses neither database nor platform, and knows kinds only by their modules. */
import { parentPort } from 'node:worker_threads';
import { Refusal } from '../../base/errors.ts';
import { giveWay } from '../../base/worker-thread.ts';
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

/** Loads the module of a kind with its first file, from the build or from the sources. */
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

/** Turns every error into a refusal, so that no file ends the thread and those waiting behind it. */
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
