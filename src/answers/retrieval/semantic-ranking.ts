import type { Clock } from '../../base/clock.ts';
import { must } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import { cosineOf, type QuantizedVector, quantized } from './quantized-vector.ts';
import type { Candidate } from './candidates.ts';
import { fused } from './fusion.ts';
import type { Embedder, Scope } from './types.ts';
import type { Vectors } from './vectors.ts';

/** Of the passages that share words with a question, so many are compared by meaning. */
export const compared = 200;
/** So many more may come by meaning alone. */
const mostByMeaning = 50;
/** In milliseconds: who asks waits for it. */
const patience = 1_500;
/** After a failure the endpoint is left alone for this long. */
const rest = 60_000;

interface SemanticRankingNeeds {
  clock: Clock;
  log: Log;
  embedder: Embedder;
  vectors: Vectors;
}

/** Orders passages by words and meaning together. On any failure the order by words stays. */
export function createSemanticRanking({ clock, log, embedder, vectors }: SemanticRankingNeeds) {
  let restsUntil = 0;

  return {
    /** The quantized vector of a question; undefined where the endpoint gives none in time. */
    async embed(question: string): Promise<QuantizedVector | undefined> {
      if (clock.now().getTime() < restsUntil) return undefined;
      // An error thrown here, before the wait, is a bug of ours and must not pass for a failure of the endpoint.
      const answering = embedder.embed([question], patience);
      try {
        const [embedding] = await answering;
        return quantized(must(embedding));
      } catch (error) {
        restsUntil = clock.now().getTime() + rest;
        log.warn({ err: error }, 'questions are answered without their embedding for a minute');
        return undefined;
      }
    },

    /** The candidates, and passages near the question in meaning that share no word with it, in their new order. */
    async rank(candidates: readonly Candidate[], vector: QuantizedVector, scope: Scope) {
      const own = candidates.slice(0, compared);
      const known = new Set(own.map(({ passage }) => passage));
      const nearest = await vectors
        .nearest(vector, scope, mostByMeaning)
        .catch((error: unknown) => {
          log.warn({ err: error }, 'the nearest passages could not be looked for');
          return [];
        });
      const all = [...own, ...nearest.filter(({ passage }) => !known.has(passage))];
      const vectorOf = await vectors.of(all.map(({ passage }) => passage));
      const cosines = [...vectorOf].map(
        ([passage, each]) => [passage, cosineOf(each, vector)] as const,
      );
      return [...fused(all, new Map(cosines)), ...candidates.slice(compared)];
    },
  };
}
export type SemanticRanking = ReturnType<typeof createSemanticRanking>;
