import type { Passage } from './types.ts';
import { termsOf } from '../words/words.ts';

/** The postings of a part of a document, in columns, which are cheap to hand to another thread. */
export interface PostingBatch {
  /** Each passage's number of words; its pairs of characters do not count. */
  lengths: Uint32Array;
  /** Each term once, one a line. */
  terms: string;
  /** In how many passages each of them occurs. */
  spread: Uint16Array;
  /** In which, by their places in this batch: the first term's, then the second's, and so on. */
  places: Uint16Array;
  /** What it weighs in them: a line a term, as PostgreSQL writes an array. */
  weights: string;
}

/** So many passages share a row per term. */
export const passagesPerBatch = 1000;

// A weight is one number: how long the passage is, how often its name has the term, and how often its text.
const inText = { one: 1, most: 63 };
const inName = { one: 64, most: 15 * 64 };
const inLength = { one: 1024, most: 4095 };
// An article's number at a passage's head names it as a title does.
const head = /^\s*第[^\s第条]{1,12}条(之[一二三四五六七八九十])?/u;

/** Counts a document's terms. It is the slow part of storing one, so it runs in a worker thread where that matters. */
export function postingsOf(passages: readonly Passage[], title: string): PostingBatch[] {
  const postings: PostingBatch[] = [];
  for (let first = 0; first < passages.length; first += passagesPerBatch)
    postings.push(batchOf(passages.slice(first, first + passagesPerBatch), title));
  return postings;
}

/** Where a term stands, and what it weighs there. */
interface TermPostings {
  places: number[];
  weights: number[];
}

function batchOf(passages: readonly Passage[], title: string): PostingBatch {
  const found = new Map<string, TermPostings>();
  const titleTerms = termsOf(title);
  const lengths = passages.map(({ heading, text }, place) => {
    const terms = termsOf(text);
    const bare = Math.min(terms.length, inLength.most) * inLength.one;
    const meet = (term: string, part: typeof inText) =>
      count(found.get(term) ?? added(found, term), place, bare, part);
    for (const term of terms) meet(term, inText);
    for (const term of titleTerms) meet(term, inName);
    for (const term of termsOf(`${heading}\n${head.exec(text)?.[0] ?? ''}`)) meet(term, inName);
    return terms.length;
  });
  const standings = [...found.values()];
  return {
    lengths: Uint32Array.from(lengths),
    terms: [...found.keys()].join('\n'),
    spread: Uint16Array.from(standings, ({ places }) => places.length),
    places: Uint16Array.from(standings.flatMap(({ places }) => places)),
    weights: standings.map(({ weights }) => `{${weights.join()}}`).join('\n'),
  };
}

function added(found: Map<string, TermPostings>, term: string): TermPostings {
  const standing = { places: [], weights: [] };
  found.set(term, standing);
  return standing;
}

/** Once more in this passage, as far as that is counted. */
function count(
  { places, weights }: TermPostings,
  place: number,
  bare: number,
  part: typeof inText,
) {
  const last = places.length - 1;
  const weight = weights[last] ?? 0;
  if (places[last] !== place) {
    places.push(place);
    weights.push(bare + part.one);
  } else if ((weight & part.most) < part.most) {
    weights[last] = weight + part.one;
  }
}
