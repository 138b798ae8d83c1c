import { Refusal } from '../../base/errors.ts';
import { createWorkerThread, type Limits, TooHeavy } from '../../base/worker-thread.ts';
import type { SheetAnswer, SheetPlan, SheetRequest } from './types.ts';

export { fileName } from './rules.ts';

const usualLimits: Limits = { ms: 60_000, memoryMb: 512, idleMs: 60_000 };

/** The largest file that the platform takes, in bytes. */
const largestMessageFile = 30 * 1024 * 1024;

/** Writes .xlsx files in a thread of its own, several beside one another: a large one delays no answer. */
export function createSheets(limits = usualLimits) {
  const module = new URL('./writing-thread.ts', import.meta.url);
  const thread = createWorkerThread<SheetRequest, SheetAnswer>(module, limits);
  let begun = 0;

  async function ask(request: SheetRequest): Promise<SheetAnswer> {
    const answer = await thread.ask(request).catch((error: unknown) => {
      throw error instanceof TooHeavy ? new Refusal('EXPORT_TOO_BIG', {}, { cause: error }) : error;
    });
    if (answer.is === 'too-big') throw new Refusal('EXPORT_TOO_BIG');
    if (answer.is === 'failed') throw new Error(`A sheet could not be written: ${answer.error}`);
    return answer;
  }

  async function fill(book: number, plans: readonly SheetPlan[]): Promise<void> {
    for (const { name, pages } of plans) {
      await ask({ book, does: 'sheet', name });
      for await (const rows of pages) await ask({ book, does: 'rows', rows });
    }
  }

  return {
    /** The file of these sheets; refuses one that is too big to be sent. */
    async write(plans: readonly SheetPlan[], most = largestMessageFile): Promise<Uint8Array> {
      const book = (begun += 1);
      await ask({ book, does: 'begin', most });
      try {
        await fill(book, plans);
      } catch (error) {
        // After a refusal the thread has forgotten it already, or is gone itself.
        if (!(error instanceof Refusal)) await ask({ book, does: 'drop' }).catch(() => {});
        throw error;
      }
      const made = await ask({ book, does: 'end' });
      if (made.is !== 'made') throw new Error('a sheet was ended without a file');
      return made.bytes;
    },
    close: () => thread.close(),
  };
}
export type Sheets = ReturnType<typeof createSheets>;
