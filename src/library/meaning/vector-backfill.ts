import type { Db } from '../../database/db.ts';
import type { Log } from '../../base/log.ts';
import { type QuantizedVector, quantized } from '../../answers/retrieval/quantized-vector.ts';
import type { Embedder } from '../../answers/retrieval/types.ts';
import type { Unread, Vectors } from '../../answers/retrieval/vectors.ts';
import { createLock } from '../folder/lock.ts';

interface FillingNeeds {
  db: Db;
  log: Log;
  embedder: Embedder;
  vectors: Vectors;
}

/** Passages in one request, and of how many it is known beforehand that they wait. */
const [batch, ahead] = [16, 256];
/** Characters that tell what a passage is about; models read little more. */
const longest = 2_000;
const patience = 30_000;
const lookAroundMs = 20_000;
/** So many texts refused one after another are not the texts' fault. */
const mostRefused = 3;

/**
 * Gives the passages of the library their vectors, in the background and in small batches: what is new, and
 * everything anew under another model. One replica does it, and goes on where it or another one stopped.
 */
export function createFilling({ db, log, embedder, vectors }: FillingNeeds) {
  const lock = createLock(db, 'xueban.embedding');
  /** Texts that the endpoint does not take: not asked for again by this process. */
  const refused = new Set<number>();
  let stopped = false;
  const isStopped = () => stopped;
  let width: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  let current: Promise<void> | undefined;

  async function turn(): Promise<void> {
    if (isStopped() || !(await lock.take())) return;
    // After a restore, or once the server has pgvector, vectors are there and their column is not.
    if (width === undefined) await makeReady(await vectors.width());
    let [after, done] = [0, 0];
    for (;;) {
      const waiting = await vectors.missing(after, ahead);
      after = waiting.at(-1)?.passage ?? after;
      const texts = waiting.filter(({ passage }) => !refused.has(passage));
      for (let i = 0; i < texts.length && !isStopped(); i += batch) {
        const part = texts.slice(i, i + batch);
        done += await embed(part);
      }
      if (waiting.length < ahead || isStopped()) break;
    }
    if (done > 0)
      log.info({ passages: done, model: embedder.model }, 'passages have their vectors');
  }

  async function embed(part: readonly Unread[]): Promise<number> {
    const directions = await directionsOf(part).catch((error: unknown) => oneByOne(part, error));
    const rows = part.flatMap(({ passage }, i) => {
      const direction = directions[i];
      return direction ? [{ passage, direction }] : [];
    });
    if (rows.length === 0) return 0;
    await makeReady(rows[0]?.direction.length);
    await vectors.put(rows);
    return rows.length;
  }

  async function makeReady(found: number | undefined) {
    if (found === undefined || found === width) return;
    await vectors.prepare(found);
    width = found;
  }

  async function directionsOf(part: readonly Unread[]): Promise<QuantizedVector[]> {
    const texts = part.map(({ text }) => text.slice(0, longest).replace(/\p{Cs}/gu, ' '));
    return (await embedder.embed(texts, patience)).map(quantized);
  }

  /** One text that the endpoint does not take stops nothing but itself. */
  async function oneByOne(part: readonly Unread[], first: unknown) {
    const found: (QuantizedVector | undefined)[] = [];
    let inVain = 0;
    for (const each of part) {
      const [direction] = await directionsOf([each]).catch(() => [undefined]);
      found.push(direction);
      inVain = direction ? 0 : inVain + 1;
      if (inVain >= mostRefused || isStopped()) throw first;
    }
    part.forEach(({ passage }, i) => !found[i] && refused.add(passage));
    return found;
  }

  /** Fills what is missing now; a call while one runs waits for that one. Never throws. */
  const fill = (): Promise<void> =>
    (current ??= turn()
      .catch((error: unknown) => log.warn({ err: error }, 'passages wait for their vectors'))
      .finally(() => (current = undefined)));

  return {
    fill,
    start() {
      timer ??= setInterval(() => void fill(), lookAroundMs).unref();
      void fill();
    },
    async stop() {
      stopped = true;
      clearInterval(timer);
      await current;
      await lock.release();
    },
  };
}
export type Filling = ReturnType<typeof createFilling>;
