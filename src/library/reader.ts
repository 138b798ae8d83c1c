/** The thread that reads documents: see `reading.ts`. It knows no database and no platform. */
import { parentPort } from 'node:worker_threads';
import { Refusal } from '../errors.ts';
import { countTerms } from '../retrieval/count.ts';
import { cutIntoPassages } from '../retrieval/cut.ts';
import { readDocument } from './read.ts';
import type { Answer, Request } from './reading.ts';

parentPort?.on('message', (request: Request) => parentPort?.postMessage(answer(request)));

function answer({ name, bytes }: Request): Answer {
  try {
    const { title, blocks, lost } = readDocument(name, bytes);
    const passages = cutIntoPassages(blocks).map((passage) => {
      return { ...passage, counted: countTerms(passage, title) };
    });
    return { is: 'read', read: { title, passages, lost } };
  } catch (error) {
    if (error instanceof Refusal) return { is: 'refused', code: error.code, facts: error.facts };
    // Nested too deeply, for one: no file may end the thread and those that wait behind it.
    return { is: 'refused', code: 'FILE_DAMAGED', facts: {} };
  }
}
