import type { Clock } from '../clock.ts';
import type { Db } from '../db.ts';
import { createFilling } from './filling.ts';
import type { Log } from '../log.ts';
import { createEmbedder } from '../model/embedding.ts';
import type { Endpoint } from '../model/post.ts';
import { outside } from '../outside.ts';
import { createNearness } from '../retrieval/nearness.ts';
import { createVectors } from '../retrieval/vectors.ts';

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
    nearness: createNearness({ clock, log, embedder, vectors }),
    filling: createFilling({ db, log, embedder, vectors }),
  };
}
