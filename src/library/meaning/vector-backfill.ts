import type { Db } from '../../database/db.ts';
import type { Log } from '../../base/log.ts';
import { type QuantizedVector, quantized } from '../../answers/retrieval/quantized-vector.ts';
import type { Embedder } from '../../answers/retrieval/types.ts';
import type { Unread, Vectors } from '../../answers/retrieval/vectors.ts';
import { createLock } from '../folder/lock.ts';

interface VectorBackfillNeeds {
  db: Db;
  log: Log;
  embedder: Embedder;
  vectors: Vectors;
}

/** Passages in one request to the model. */
const batch = 16;
/** Passages without a vector that are fetched from the database at once. */
const ahead = 256;
/** So much of a passage is sent to the model; models read little more. */
const mostCharacters = 2_000;
const timeoutMs = 30_000;
const lookAroundMs = 20_000;
/** After so many refusals in a row the endpoint is at fault, not the texts. */
const mostRefused = 3;

/**
 * Adds vectors to passages which have none, in the background and in small batches: to new passages, and to all
 * of them after a change of the model. One replica does it, and continues where it or another one stopped.
 */
export function createVectorBackfill({ db, log, embedder, vectors }: VectorBackfillNeeds) {
  const lock = createLock(db, 'xueban.embedding');
  /** Passages that the endpoint refused: this process does not send them again. */
  const refused = new Set<number>();
  let stopped = false;
  const isStopped = () => stopped;
  let width: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  let current: Promise<void> | undefined;

  async function addMissing(): Promise<void> {
    if (isStopped() || !(await lock.take())) return;
    // After a restore, or once the server has pgvector, there are vectors and no column for them.
    if (width === undefined) await prepareColumn(await vectors.width());
    let [after, done] = [0, 0];
    for (;;) {
      const missing = await vectors.missing(after, ahead);
      after = missing.at(-1)?.passage ?? after;
      const texts = missing.filter(({ passage }) => !refused.has(passage));
      for (let i = 0; i < texts.length && !isStopped(); i += batch) {
        const part = texts.slice(i, i + batch);
        done += await embed(part);
      }
      if (missing.length < ahead || isStopped()) break;
    }
    if (done > 0)
      log.info({ passages: done, model: embedder.model }, 'passages have their vectors');
  }

  async function embed(part: readonly Unread[]): Promise<number> {
    const directions = await directionsOf(part).catch((error: unknown) =>
      directionsOneByOne(part, error),
    );
    const rows = part.flatMap(({ passage }, i) => {
      const direction = directions[i];
      return direction ? [{ passage, direction }] : [];
    });
    if (rows.length === 0) return 0;
    await prepareColumn(rows[0]?.direction.length);
    await vectors.put(rows);
    return rows.length;
  }

  async function prepareColumn(found: number | undefined) {
    if (found === undefined || found === width) return;
    await vectors.prepare(found);
    width = found;
  }

  async function directionsOf(part: readonly Unread[]): Promise<QuantizedVector[]> {
    const texts = part.map(({ text }) => text.slice(0, mostCharacters).replace(/\p{Cs}/gu, ' '));
    return (await embedder.embed(texts, timeoutMs)).map(quantized);
  }

  /** Sends each text of a refused batch on its own, so that one bad text does not hold up the others. */
  async function directionsOneByOne(part: readonly Unread[], batchError: unknown) {
    const found: (QuantizedVector | undefined)[] = [];
    let refusedInARow = 0;
    for (const each of part) {
      const [direction] = await directionsOf([each]).catch(() => [undefined]);
      found.push(direction);
      refusedInARow = direction ? 0 : refusedInARow + 1;
      if (refusedInARow >= mostRefused || isStopped()) throw batchError;
    }
    part.forEach(({ passage }, i) => !found[i] && refused.add(passage));
    return found;
  }

  /** Adds what is missing now; a call while one runs waits for that one. Never throws. */
  const run = (): Promise<void> =>
    (current ??= addMissing()
      .catch((error: unknown) => log.warn({ err: error }, 'passages wait for their vectors'))
      .finally(() => (current = undefined)));

  return {
    run,
    start() {
      timer ??= setInterval(() => void run(), lookAroundMs).unref();
      void run();
    },
    async stop() {
      stopped = true;
      clearInterval(timer);
      await current;
      await lock.release();
    },
  };
}
export type VectorBackfill = ReturnType<typeof createVectorBackfill>;
