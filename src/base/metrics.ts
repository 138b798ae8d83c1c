import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';

/** All that this process counts. Labels name kinds of things, never a person, a chat or a text. */
export const registry = new Registry();
collectDefaultMetrics({ register: registry });

const registers = [registry];
const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** Events at the door, by what became of them. */
export const events = new Counter({
  name: 'xueban_events_total',
  help: 'Events of the platform, by what became of them',
  labelNames: ['outcome'] as const,
  registers,
});
export type EventOutcome = 'stored' | 'unconcerned' | 'unknown_type' | 'challenge' | 'refused';

/** Card presses; `late` had its answer after the platform's patience. */
export const presses = new Histogram({
  name: 'xueban_press_seconds',
  help: 'Card presses, from their arrival to the answer',
  labelNames: ['outcome'] as const,
  buckets: seconds,
  registers,
});

/** Jobs run; `failed` is tried again, `given_up` lies as a dead letter or was handed over. */
export const jobs = new Histogram({
  name: 'xueban_job_seconds',
  help: 'Jobs of the queue, by name and outcome',
  labelNames: ['job', 'outcome'] as const,
  buckets: seconds,
  registers,
});

export const deadLetters = new Counter({
  name: 'xueban_dead_letters_total',
  help: 'Jobs given up and kept as dead letters',
  labelNames: ['job'] as const,
  registers,
});

/** Messages by their last outcome: sent, refused, gone or unknown. */
export const messages = new Counter({
  name: 'xueban_messages_total',
  help: 'Outgoing messages, by what became of them',
  labelNames: ['outcome'] as const,
  registers,
});

/** Seconds that a message waited for the limits of the platform. */
export const limitWaits = new Histogram({
  name: 'xueban_limit_wait_seconds',
  help: 'How long messages waited for the limits of the platform',
  buckets: seconds,
  registers,
});

/** From a message's arrival in the inbox to its handled effect and reply. */
export const answers = new Histogram({
  name: 'xueban_answer_seconds',
  help: 'Messages, from the moment they were written to their answer being ready',
  buckets: seconds,
  registers,
});

/**
 * Answers asked of a model. `whole`: all of it passed the check; `part`: enough of it; `little`: too little;
 * `refused`: it said that the passages do not answer; `late` and `failed`: the endpoint.
 */
export const writtenAnswers = new Counter({
  name: 'xueban_written_answers_total',
  help: 'Answers asked of the model, by what became of them',
  labelNames: ['outcome'] as const,
  registers,
});
export type WrittenOutcome = 'whole' | 'part' | 'little' | 'refused' | 'late' | 'failed';

export const droppedSentences = new Counter({
  name: 'xueban_dropped_sentences_total',
  help: 'Sentences of the model that did not pass the check, by why',
  labelNames: ['fault'] as const,
  registers,
});
