import type { Known } from '../words/synonyms.ts';
import { coarseTerms, comparable, isPair, plainForm, questionTerms } from '../words/words.ts';

/** A question with the synonyms of its words. */
export interface ExpandedQuery {
  /** The weight of each term in the search: 1 for the question's own, less for synonyms. */
  terms: Map<string, number>;
  /** The question's own terms. */
  own: string[];
  known: Known[];
}

// The weight of a synonym beside the question's own words: enough to find, too little to displace them.
const synonymWeight = 0.6;

export function expandQuery(question: string, known: Known[]): ExpandedQuery {
  const own = questionTerms(question);
  const terms = new Map(own.map((term) => [term, 1]));
  for (const { word, worth } of known.flatMap(({ others }) => others)) {
    const found = coarseTerms(word);
    // A part of it, such as 活动 of 党日活动, is not yet the thing.
    const whole = Math.max(found.filter((term) => !isPair(term)).length, 1);
    for (const term of found) {
      const weight = Math.max(terms.get(term) ?? 0, (synonymWeight * worth) / whole);
      terms.set(term, weight);
    }
  }
  return { terms, own, known };
}

/** The question with synonyms in place of words that a passage does not have. */
export interface SubstitutedQuestion {
  question: string;
  terms: string[];
  /** How well it stands for the question, 0 to 1. */
  worth: number;
}

/**
 * The question with each word that is not in the text replaced by one that is and stands for it; undefined
 * where nothing is to be replaced.
 */
export function substituted(
  question: string,
  known: Known[],
  text: string,
): SubstitutedQuestion | undefined {
  const body = comparable(text);
  let [asked, rest, worth] = [plainForm(question), plainForm(question), 1];
  const put: string[] = [];
  for (const { word, others } of known) {
    if (body.includes(word)) continue;
    const there = others.find((other) => body.includes(other.word));
    if (!there) continue;
    asked = asked.replaceAll(word, there.word);
    rest = rest.replaceAll(word, '\n');
    worth = Math.min(worth, there.worth);
    put.push(...coarseTerms(there.word));
  }
  if (put.length === 0) return undefined;
  const left = rest.trim() === '' ? [] : questionTerms(rest);
  return { question: asked, terms: [...new Set([...left, ...put])], worth };
}
