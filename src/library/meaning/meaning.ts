import type { Clock } from '../../base/clock.ts';
import type { Db } from '../../database/db.ts';
import { createVectorBackfill } from './vector-backfill.ts';
import type { Log } from '../../base/log.ts';
import { createEmbedder } from '../../answers/model/embedding.ts';
import type { Endpoint } from '../../answers/model/post.ts';
import { outside } from '../../database/outside.ts';
import { createSemanticRanking } from '../../answers/retrieval/semantic-ranking.ts';
import { createVectors } from '../../answers/retrieval/vectors.ts';

interface MeaningNeeds {
  db: Db;
  clock: Clock;
  log: Log;
  embedding: Endpoint;
}

/** What an embedding model adds: vectors for the passages, and their say in a search. */
export function createMeaning({ db, clock, log, embedding }: MeaningNeeds) {
  const embedder = outside(db, createEmbedder(embedding));
  const vectors = createVectors({ db, model: embedder.model });
  return {
    semanticRanking: createSemanticRanking({ clock, log, embedder, vectors }),
    backfill: createVectorBackfill({ db, log, embedder, vectors }),
  };
}
