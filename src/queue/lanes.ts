import type { Queue as LaneSettings, WorkOptions } from 'pg-boss';
import type { Lane } from './job.ts';

interface LanePlan {
  settings: Omit<LaneSettings, 'name'>;
  work: WorkOptions;
  /** Workers in one process; each fetches and runs batches of its own. */
  workers: number;
}

// A waiting job has to survive any outage, so it is kept for years. A finished one is deleted within minutes, since
// it holds people's words.
const keeping = { retentionSeconds: 10 * 365 * 86_400, deleteAfterSeconds: 600 };
// After a kill -9 the missing heartbeat makes the job available again within seconds.
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
 * fetched, and none while one is active or waits for its retry. A failed job would hold its chat for ever.
 * So a job that is given up is marked as done and kept as a dead letter, and a sweep does the same with
 * jobs that killed their process at every try.
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
  // A job that hangs delays the others of its batch, so there are several small batches.
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
  // A worker waits for its model and does nothing else, so there are several.
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

/** The lane of dead letters. No worker reads it; an operator can put jobs back from it. */
export const deadLane = 'dead-letter';
