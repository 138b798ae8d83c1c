import type { Query } from './corpus.ts';
import { depth, type Result } from './engine.ts';

export interface Asked {
  query: Query;
  result: Result;
}

/** What one engine made of one corpus. */
export interface Measured {
  name: string;
  passages: number;
  /** For all of them. */
  importMs: number;
  asked: Asked[];
}

/** What the first ten hits are worth, in percent. */
export interface Quality {
  questions: number;
  atOne: number;
  atTen: number;
  /** Mean of one over the place of the first right passage. */
  mrr: number;
  /** How much of what could be gained is gained, where an early place gains more. */
  ndcg: number;
}

export function qualityOf(asked: readonly Asked[]): Quality {
  const mean = (worth: (each: Asked) => number) =>
    (100 * asked.reduce((sum, each) => sum + worth(each), 0)) / asked.length;
  return {
    questions: asked.length,
    atOne: mean((each) => (firstOf(each) === 1 ? 1 : 0)),
    atTen: mean((each) => (firstOf(each) <= depth ? 1 : 0)),
    mrr: mean((each) => 1 / firstOf(each)),
    ndcg: mean(gainOf),
  };
}

/** The place of the first right passage, from 1; infinite where there is none. */
function firstOf({ query, result }: Asked): number {
  const place = result.hits.slice(0, depth).findIndex(({ id }) => query.relevant.includes(id));
  return place < 0 ? Infinity : place + 1;
}

function gainOf({ query, result }: Asked): number {
  const gain = (place: number) => 1 / Math.log2(place + 2);
  const got = result.hits
    .slice(0, depth)
    .reduce((sum, { id }, place) => sum + (query.relevant.includes(id) ? gain(place) : 0), 0);
  const most = query.relevant.slice(0, depth).reduce((sum, _, place) => sum + gain(place), 0);
  return got / most;
}

/**
 * In percent, how often a question that can be answered is held surer than one that cannot: 50 is a guess.
 */
export function auroc(good: readonly Asked[], bad: readonly Asked[]): number {
  const won = good.map((each) => {
    const sure = sureness(each);
    const less = bad.filter((other) => sure > sureness(other)).length;
    return less + bad.filter((other) => sure === sureness(other)).length / 2;
  });
  return (100 * won.reduce((sum, each) => sum + each, 0)) / (good.length * bad.length);
}

export const sureness = ({ result }: Asked) => result.hits[0]?.conf ?? 0;

export const isRightAtOnce = (each: Asked) => firstOf(each) === 1;

/** The value below which this share of them lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(share * (sorted.length - 1))] ?? NaN;
}
