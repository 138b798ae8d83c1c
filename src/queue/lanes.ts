import type { Queue as LaneSettings, WorkOptions } from 'pg-boss';
import type { Lane } from './job.ts';

interface LanePlan {
  settings: Omit<LaneSettings, 'name'>;
  work: WorkOptions;
  /** Workers in one process; each fetches and runs batches of its own. */
  workers: number;
}

// A job that waits is kept through any outage: years. A done one is content and goes within minutes.
const keeping = { retentionSeconds: 10 * 365 * 86_400, deleteAfterSeconds: 600 };
// After a kill -9 the missing heartbeat gives the job back within seconds.
const alive = { heartbeatSeconds: 10, expireInSeconds: 900 };
const polled = { includeMetadata: true, perJobResults: true, pollingIntervalSeconds: 1 } as const;

/** Tried again after a second, and then less and less often. */
const soonAgain = {
  policy: 'short',
  ...keeping,
  ...alive,
  retryLimit: 8,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 300,
} as const;

/**
 * The lanes. `key_strict_fifo` is what keeps the order of a chat: of one key only the oldest job can be
 * fetched, and none while one is active or waits for its retry. A job that ends as failed in it would
 * hold its chat for ever: what is given up is settled as done and kept as a dead letter, and a sweep
 * does the same for what killed its process at every try.
 */
export const lanes: Record<Lane, LanePlan> = {
  inbox: {
    settings: {
      policy: 'key_strict_fifo',
      ...keeping,
      ...alive,
      retryLimit: 4,
      retryDelay: 1,
      retryBackoff: true,
      retryDelayMax: 30,
    },
    // Each works in a transaction: a full inbox must leave connections and time to acks and presses.
    work: { ...polled, batchSize: 5 },
    workers: 2,
  },
  outbox: {
    settings: {
      policy: 'key_strict_fifo',
      ...keeping,
      ...alive,
      retryLimit: 4,
      retryDelay: 1,
      retryBackoff: true,
      retryDelayMax: 15,
    },
    // Small batches: a batch ends with its slowest, and an answer of the platform may take seconds.
    work: { ...polled, batchSize: 8 },
    workers: 6,
  },
  work: {
    settings: soonAgain,
    // Each works in a transaction, and two batches must not take all connections.
    work: { ...polled, batchSize: 5, groupConcurrency: 1 },
    workers: 2,
  },
  // One that hangs holds up those of its batch: several small ones.
  cards: {
    settings: soonAgain,
    work: { ...polled, batchSize: 2, groupConcurrency: 1 },
    workers: 4,
  },
  late: {
    settings: { policy: 'short', ...keeping, ...alive, retryLimit: 8, retryDelay: 60 },
    work: { ...polled, batchSize: 4 },
    workers: 1,
  },
  groups: {
    settings: {
      policy: 'short',
      ...keeping,
      ...alive,
      retryLimit: 3,
      retryDelay: 5,
      retryBackoff: true,
    },
    work: { ...polled, batchSize: 1, groupConcurrency: 1 },
    workers: 2,
  },
  // A worker waits for its model and does nothing else: several wait beside one another.
  answering: {
    settings: {
      policy: 'short',
      ...keeping,
      ...alive,
      expireInSeconds: 120,
      retryLimit: 3,
      retryDelay: 1,
    },
    work: { ...polled, batchSize: 1 },
    workers: 8,
  },
  slow: {
    settings: {
      policy: 'short',
      ...keeping,
      ...alive,
      expireInSeconds: 6 * 3600,
      retryLimit: 3,
      retryDelay: 5,
      retryBackoff: true,
    },
    work: { ...polled, batchSize: 1, groupConcurrency: 1 },
    workers: 2,
  },
};

export const keepsOrder = (lane: Lane) => lanes[lane].settings.policy === 'key_strict_fifo';
export const laneNames = Object.keys(lanes) as Lane[];

/** Where dead letters lie: nobody works on it, an operator can redrive from it. */
export const deadLane = 'dead-letter';
