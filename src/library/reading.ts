import { Refusal, type Facts, type RefusalCode } from '../errors.ts';
import type { Passage } from '../retrieval/types.ts';
import { createThread, type Limits } from './thread.ts';

/** A file as the library takes it in. */
export interface ReadPassages {
  title: string;
  passages: Passage[];
  /** Characters that could not be read. */
  lost: number;
}

export type Request = { name: string; bytes: Uint8Array };
export type Answer =
  { is: 'read'; read: ReadPassages } | { is: 'refused'; code: RefusalCode; facts: Facts };

const usual: Limits = { ms: 20_000, memoryMb: 512, idleMs: 30_000 };

/** Reads documents one after another in a thread of its own: a heavy one delays no answer. */
export function createReading(limits = usual) {
  const thread = createThread<Request, Answer>(new URL('./reader.ts', import.meta.url), limits);
  return {
    /** The title and passages of a file; refuses what cannot be read, or not within the limits. */
    async read(name: string, bytes: Uint8Array): Promise<ReadPassages> {
      const answer = await thread.ask({ name, bytes });
      if (answer.is === 'refused') throw new Refusal(answer.code, answer.facts);
      return answer.read;
    },
    close: () => thread.close(),
  };
}
export type Reading = ReturnType<typeof createReading>;
