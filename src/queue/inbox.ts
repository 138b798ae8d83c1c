import type { PoolClient } from 'pg';
import { z } from 'zod';
import type { Clock } from '../base/clock.ts';
import type { Db } from '../database/db.ts';
import type { Log } from '../base/log.ts';
import { defineJob } from './job.ts';
import type { RunningQueue } from './queue.ts';

/** A verified event, not yet looked into. */
export interface Arrival {
  /** `message_id` of a message, else `event_id`: what a repeat has in common with the first. */
  key: string;
  /** Events of one group take effect in order: the chat. */
  group: string;
  raw: Buffer;
}
export interface Inbox {
  /** Resolves once the event is durably stored, or known from before. Rejects when it could not be stored. */
  put(arrival: Arrival): Promise<void>;
}
interface InboxNeeds {
  db: Db;
  queue: RunningQueue;
  clock: Clock;
  log: Log;
}
export const receiveJob = defineJob({
  name: 'inbox.receive',
  lane: 'inbox',
  outside: true,
  payload: z.object({ key: z.string(), raw: z.string() }),
  remains: ({ key }) => ({ key }),
});
interface Waiting extends Arrival {
  stored(): void;
  failed(error: unknown): void;
}

// Events that arrive while batches commit form the next batch; a single event waits only this long.
const collectMs = 2;
// Smaller batches would pay too much for each commit, bigger ones leave the process idle meanwhile.
const most = 100;
const atOnce = 2;

/**
 * Stores events in batches: one commit carries many, and each is acknowledged after it. The raw
 * event travels as base64, since JSON in the database refuses U+0000 and lone surrogates and one such
 * text would fail all its neighbours. A batch that fails is stored one by one.
 */
export function createInbox({ db, queue, clock, log }: InboxNeeds): Inbox {
  let waiting: Waiting[] = [];
  let isPlanned = false;
  let flushing = 0;
  // Chats with events in a batch that has not committed: what follows them must not overtake them.
  const busy = new Set<string>();

  function take(): Waiting[] {
    const held = new Set(busy);
    const batch: Waiting[] = [];
    waiting = waiting.filter((each) => {
      if (batch.length < most && !held.has(each.group)) return !batch.push(each);
      return held.add(each.group);
    });
    return batch;
  }

  async function flush() {
    isPlanned = false;
    flushing += 1;
    for (let batch = take(); batch.length > 0; batch = take()) {
      for (const { group } of batch) busy.add(group);
      await storeAll(batch);
      for (const { group } of batch) busy.delete(group);
    }
    flushing -= 1;
  }

  /** Never rejects: each event reports its own success or failure. */
  async function storeAll(batch: Waiting[]) {
    try {
      await store(batch);
      for (const each of batch) each.stored();
    } catch (error) {
      if (batch.length > 1) log.warn({ err: error }, 'a batch of events is stored one by one');
      await oneByOne(batch, error);
    }
  }

  async function oneByOne(batch: Waiting[], cause: unknown) {
    for (const each of batch) {
      if (batch.length === 1) each.failed(cause);
      else await store([each]).then(each.stored, each.failed);
    }
  }

  async function store(batch: Arrival[]) {
    const client = await db.door.connect();
    try {
      await client.query('begin');
      await storeIn(client, batch);
      await client.query('commit');
    } catch (error) {
      await client.query('rollback').catch(() => {});
      throw error;
    } finally {
      client.release();
    }
    queue.wake('inbox', batch.length);
  }

  async function storeIn(client: PoolClient, batch: Arrival[]) {
    const { rows } = await client.query<{ key: string }>(
      `insert into seen_event (key, seen_at) select key, $2 from unnest($1::text[]) key order by key
       on conflict do nothing returning key`,
      [batch.map(({ key }) => key), clock.now()],
    );
    if (rows.length === 0) return;
    const isNew = new Set(rows.map(({ key }) => key));
    // Of two equal keys in one batch only the first is stored: `delete` is true once.
    const jobs = batch
      .filter(({ key }) => isNew.delete(key))
      .map(({ key, group, raw }) => ({ payload: { key, raw: raw.toString('base64') }, group }));
    const executeSql = (text: string, values?: unknown[]) => client.query(text, values);
    await queue.addMany(receiveJob, jobs, { executeSql });
  }

  return {
    put: (arrival) =>
      new Promise((stored, failed) => {
        waiting.push({ ...arrival, stored, failed });
        if (isPlanned || flushing >= atOnce) return;
        isPlanned = true;
        setTimeout(() => void flush(), collectMs);
      }),
  };
}
