import type { Clock } from '../../base/clock.ts';
import { must } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import { cosineOf, type Direction, directionOf } from './direction.ts';
import type { Candidate } from './find.ts';
import { fused } from './fusion.ts';
import type { Embedder, Scope } from './types.ts';
import type { Vectors } from './vectors.ts';

/** Of the passages that share words with a question, so many are compared by meaning. */
export const compared = 200;
/** So many more may come by meaning alone. */
const strangers = 50;
/** In milliseconds: who asks waits for it. */
const patience = 1_500;
/** After a failure the endpoint is left alone for this long. */
const rest = 60_000;

interface NearnessNeeds {
  clock: Clock;
  log: Log;
  embedder: Embedder;
  vectors: Vectors;
}

/** Orders passages by words and meaning together. Whatever fails here leaves the order of the words. */
export function createNearness({ clock, log, embedder, vectors }: NearnessNeeds) {
  let restsUntil = 0;

  return {
    /** Which way a question points; undefined where the endpoint does not say so in time. */
    async of(question: string): Promise<Direction | undefined> {
      if (clock.now().getTime() < restsUntil) return undefined;
      // What is thrown here already is a fault of ours, and is not taken for one of the endpoint.
      const answering = embedder.embed([question], patience);
      try {
        const [vector] = await answering;
        return directionOf(must(vector));
      } catch (error) {
        restsUntil = clock.now().getTime() + rest;
        log.warn({ err: error }, 'questions are answered without their embedding for a minute');
        return undefined;
      }
    },

    /** The candidates, and those that stand near the question without a word of it, in their new order. */
    async join(candidates: readonly Candidate[], direction: Direction, scope: Scope) {
      const own = candidates.slice(0, compared);
      const known = new Set(own.map(({ passage }) => passage));
      const nearest = await vectors.nearest(direction, scope, strangers).catch((error: unknown) => {
        log.warn({ err: error }, 'the nearest passages could not be looked for');
        return [];
      });
      const all = [...own, ...nearest.filter(({ passage }) => !known.has(passage))];
      const directions = await vectors.of(all.map(({ passage }) => passage));
      const cosines = [...directions].map(
        ([passage, each]) => [passage, cosineOf(each, direction)] as const,
      );
      return [...fused(all, new Map(cosines)), ...candidates.slice(compared)];
    },
  };
}
export type Nearness = ReturnType<typeof createNearness>;
