import type { Line } from './corpus.ts';

export interface Result {
  /** Best first. */
  hits: { id: string; conf: number }[];
  /** Milliseconds, cutting the question into words included. */
  ms: number;
}

/** Something that finds passages, measured like the others. */
export interface Engine {
  name: string;
  /** Milliseconds that taking these passages in took. */
  index(corpus: readonly Line[]): Promise<number>;
  search(query: string): Promise<Result>;
  close(): Promise<void>;
}

/** How many hits are asked for. */
export const depth = 10;

export async function timed<Value>(work: () => Value | Promise<Value>) {
  const began = performance.now();
  const value = await work();
  return { value, ms: performance.now() - began };
}
