/** The thread that reads documents: see `reading.ts`. It knows no database and no platform. */
import { parentPort } from 'node:worker_threads';
import { Refusal } from '../errors.ts';
import { cutIntoPassages } from '../retrieval/cut.ts';
import { stretchesOf } from '../retrieval/stretches.ts';
import { giveWay } from '../thread.ts';
import { readBank } from './bank.ts';
import { editionOf } from './edition.ts';
import { isSynonymFile } from './kinds.ts';
import { readDocument } from './read.ts';
import { readWordList } from './read-synonyms.ts';
import type { Answer, ReadFile, Request } from './reading.ts';

parentPort?.on('message', (request: Request) => void reply(request));

async function reply(request: Request) {
  if (request.isBulk) giveWay();
  parentPort?.postMessage(await answer(request));
}

async function answer({ name, bytes }: Request): Promise<Answer> {
  try {
    if (isSynonymFile(name)) return { is: 'read', read: wordsOf(name, bytes) };
    const bank = await readBank(name, bytes);
    return { is: 'read', read: bank ? { is: 'bank', ...bank } : await passagesOf(name, bytes) };
  } catch (error) {
    if (error instanceof Refusal) return { is: 'refused', code: error.code, facts: error.facts };
    // Nested too deeply, for one: no file may end the thread and those that wait behind it.
    return { is: 'refused', code: 'FILE_DAMAGED', facts: {} };
  }
}

const wordsOf = (name: string, bytes: Uint8Array): ReadFile => {
  return { is: 'words', title: name, ...readWordList(name, bytes) };
};

async function passagesOf(name: string, bytes: Uint8Array): Promise<ReadFile> {
  const { title, blocks, lost } = await readDocument(name, bytes);
  const passages = cutIntoPassages(blocks);
  const stretches = stretchesOf(passages, title);
  return { is: 'document', title, passages, stretches, lost, edition: editionOf(blocks) };
}
