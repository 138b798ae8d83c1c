import { Refusal, type Refused } from '../errors.ts';
import type { Stretch } from '../retrieval/stretches.ts';
import type { Passage } from '../retrieval/types.ts';
import { createThread, type Limits, TooHeavy } from '../thread.ts';
import type { ReadWordList } from './read-synonyms.ts';
import type { Edition, ReadBank } from './types.ts';

/** A file as the library takes it in. */
export interface ReadPassages {
  title: string;
  passages: Passage[];
  /** The terms of the passages, counted. */
  stretches: Stretch[];
  /** Characters that could not be read. */
  lost: number;
  edition: Edition;
}

/** What a person may send: a study document, a question bank, or a list of synonyms. */
export type ReadFile =
  | ({ is: 'document' } & ReadPassages)
  | ({ is: 'bank' } & ReadBank)
  | ({ is: 'words'; title: string } & ReadWordList);

/** A file, and whether it is one of many that nobody waits for. */
export type Request = { name: string; bytes: Uint8Array; isBulk: boolean };
export type Answer = { is: 'read'; read: ReadFile } | ({ is: 'refused' } & Refused);

const usual: Limits = { ms: 20_000, memoryMb: 512, idleMs: 30_000 };

/** Reads documents one after another in a thread of its own: a heavy one delays no answer. */
export function createReading(limits = usual) {
  const thread = createThread<Request, Answer>(new URL('./reader.ts', import.meta.url), limits);
  async function readSent(name: string, bytes: Uint8Array, isBulk = false): Promise<ReadFile> {
    const answer = await thread.ask({ name, bytes, isBulk }).catch((error: unknown) => {
      throw error instanceof TooHeavy ? new Refusal('FILE_TOO_HEAVY', {}, { cause: error }) : error;
    });
    if (answer.is === 'refused') throw Refusal.again(answer);
    return answer.read;
  }
  return {
    /** What is in a file; refuses what cannot be read, or not within the limits. */
    readSent,
    /**
     * The title and passages of a document; refuses a question bank as well. One of many (`isBulk`)
     * gives way to everything else that wants the processor.
     */
    async read(name: string, bytes: Uint8Array, { isBulk = false } = {}): Promise<ReadPassages> {
      const read = await readSent(name, bytes, isBulk);
      if (read.is !== 'document') throw new Refusal('FILE_KIND');
      return read;
    },
    close: () => thread.close(),
  };
}
export type Reading = ReturnType<typeof createReading>;
