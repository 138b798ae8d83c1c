import { Refusal, type RefusalCode, type Refused } from '../../base/errors.ts';
import { createThread, type Limits, TooHeavy } from '../../base/thread.ts';
import type { Claims, FileSource, ReadFile } from './types.ts';

/** A kind that is known and not read yet: its files are refused with a reason of their own. */
export interface RefusedKind {
  kind: string;
  claims: Claims;
  refusal: RefusalCode;
}
/** The same kinds as the thread is told of them. */
export type KindForThread = { kind: string; claims: Claims } & (
  { reader: string } | { refusal: RefusalCode }
);

export interface ReadRequest {
  name: string;
  bytes: Uint8Array;
  kinds: KindForThread[];
  /** One of many that nobody waits for: it gives way to everything else that wants the processor. */
  isBulk: boolean;
  /** What was read is wanted as it is kept, too. */
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

/** Reads files one after another in a thread of its own: a heavy one delays no answer. */
export function createFileReading(limits = usualLimits) {
  const thread = createThread<ReadRequest, ReadAnswer>(
    new URL('./reading-thread.ts', import.meta.url),
    limits,
  );
  return {
    /** What is in a file that is of one of these kinds; refuses what cannot be read, or not within the limits. */
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
