import { z } from 'zod';
import { defineJob } from './job.ts';

const id = z.uuid();

/** Sends one message, in order within a chat. */
export const sendJob = defineJob({
  name: 'outbox.send',
  lane: 'outbox',
  payload: z.object({ id, trace: z.string().optional() }),
  outside: true,
  handsOver: true,
});
/** Makes one sent card show what is wanted now. */
export const updateJob = defineJob({
  name: 'outbox.update',
  lane: 'cards',
  outside: true,
  payload: z.object({ id }),
});
/** Takes one sent message back. */
export const recallJob = defineJob({
  name: 'outbox.recall',
  lane: 'cards',
  outside: true,
  payload: z.object({ id }),
});

/** One update of a message waits, and one runs: two at once could arrive in the wrong order. */
export const updateOptions = (id: string) => ({
  key: `outbox.update:${id}`,
  group: `message:${id}`,
});
