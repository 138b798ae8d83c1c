import { Refusal, type RefusalCode, type Refused } from '../../base/errors.ts';
import { createWorkerThread, type Limits, TooHeavy } from '../../base/worker-thread.ts';
import type { Claims, FileSource, ReadFile } from './types.ts';

/** A kind that is known and not read yet: its files are refused, with a reason of their own. */
export interface RefusedKind {
  kind: string;
  claims: Claims;
  refusal: RefusalCode;
}
/** A kind of file, in the form in which it is sent to the thread. */
export type KindForThread = { kind: string; claims: Claims } & (
  { reader: string } | { refusal: RefusalCode }
);

export interface ReadRequest {
  name: string;
  bytes: Uint8Array;
  kinds: KindForThread[];
  /** One of many files that nobody waits for: it is read at a lower priority. */
  isBulk: boolean;
  /** The result is also wanted packed, for the database. */
  isKept: boolean;
}
export interface ReadResult {
  kind: string;
  read: ReadFile;
  packed?: Uint8Array;
}
export type ReadAnswer = ({ is: 'read' } & ReadResult) | ({ is: 'refused' } & Refused);

interface ReadOptions {
  isBulk?: boolean;
  isKept?: boolean;
}

const usualLimits: Limits = { ms: 20_000, memoryMb: 512, idleMs: 30_000 };

/** Reads files one after another in a thread of their own, so that a large file delays no answer. */
export function createFileReading(limits = usualLimits) {
  const thread = createWorkerThread<ReadRequest, ReadAnswer>(
    new URL('./reading-thread.ts', import.meta.url),
    limits,
  );
  return {
    /** Reads a file of one of these kinds. Refuses a file that cannot be read, or not within the limits. */
    async read(
      kinds: readonly (FileSource | RefusedKind)[],
      { name, bytes }: { name: string; bytes: Uint8Array },
      { isBulk = false, isKept = false }: ReadOptions = {},
    ): Promise<ReadResult> {
      const request = { name, bytes, kinds: kinds.map(kindForThread), isBulk, isKept };
      const answer = await thread.ask(request).catch((error: unknown) => {
        throw error instanceof TooHeavy
          ? new Refusal('FILE_TOO_HEAVY', {}, { cause: error })
          : error;
      });
      if (answer.is === 'refused') throw Refusal.again(answer);
      return answer;
    },
    close: () => thread.close(),
  };
}
export type FileReading = ReturnType<typeof createFileReading>;

function kindForThread(each: FileSource | RefusedKind): KindForThread {
  const { kind, claims } = each;
  return 'reader' in each
    ? { kind, claims, reader: each.reader.href }
    : { kind, claims, refusal: each.refusal };
}
