import { confidenceOf } from './confidence.ts';
import { expectedPattern } from './expected-answer.ts';
import type { Candidate, FoundCandidates } from './candidates.ts';
import type { Known } from '../words/synonyms.ts';
import { askedWords, bestWindow, namedShare, sharedRuns, type Window } from './window.ts';
import { substituted } from './query-expansion.ts';
import { isPair } from '../words/words.ts';

export interface AnalyzedQuestion {
  question: string;
  /** Its own terms, without those that synonyms bring. */
  terms: string[];
  known: Known[];
}

/** A candidate after its text was compared with the question. */
export interface ScoredCandidate {
  candidate: Candidate;
  window: Window;
  score: number;
  /** 0 to 1, see `confidence.ts`. */
  confidence: number;
}

// What covering the question, repeating its words, being named in it and holding what it asks for (a date, a
// length of time) are worth beside the score of the best one.
const share = { coverage: 0.5, runs: 0.5, named: 0.6, expected: 0.1 };

/** The candidates ordered by how well their texts answer, best first; of equal texts only the first. */
export function scoreCandidates(
  question: AnalyzedQuestion,
  { candidates, rarity }: FoundCandidates,
): ScoredCandidate[] {
  // A candidate found by meaning alone shares no word with the question and scores 0.
  const top = Math.max(candidates[0]?.score ?? 1, Number.EPSILON);
  const words = question.terms.filter((term) => !isPair(term)).length;
  const read = candidates
    .map((candidate) => {
      const title = `${candidate.title}\n${candidate.heading}`;
      const { window, runs } = coverageIn(candidate, title, question, rarity);
      const extra =
        share.coverage * window.coverage +
        share.runs * runs +
        share.named * namedShare(question.question, title) -
        (window.misses ? share.expected : 0);
      const score = candidate.score / top + extra;
      // How sure an answer is has to do with its words alone.
      const byWords = candidate.byWords === undefined ? score : candidate.byWords + extra;
      return { candidate, window, runs, score, byWords };
    })
    .sort((one, other) => other.score - one.score)
    .filter(isFirstOfItsWords());
  const scores = read.map(({ byWords }) => byWords);
  return read.map(({ candidate, window, runs, score }, i) => {
    const { coverage, misses, start, end } = window;
    const signs = { coverage, runs, words, misses, size: end - start, ...standing(scores, i) };
    return { candidate, window, score, confidence: confidenceOf(signs) };
  });
}

/** The same words under the same heading, as in two copies of a law, are one passage to a reader. */
function isFirstOfItsWords() {
  const known = new Set<string>();
  return ({ candidate: { heading, text } }: { candidate: Candidate }) => {
    const words = `${heading}\n${text}`;
    return !known.has(words) && known.add(words);
  };
}

/** How far a passage stands before the best of the others, and before five of them together. */
function standing(scores: number[], i: number): { lead: number; height: number } {
  const own = scores[i] ?? 0;
  const others = scores
    .filter((_, j) => j !== i)
    .sort((one, other) => other - one)
    .slice(0, 5);
  // A single hit has no margin: it gets the one that right answers usually have.
  if (others.length === 0) return { lead: 0.3, height: 0.4 };
  const mean = others.reduce((sum, each) => sum + each, 0) / others.length;
  return { lead: own - (others[0] ?? 0), height: own - mean };
}

/**
 * How a passage answers: in the question's words, or in its own where they stand for the question's, as
 * 党员大会 does for 支部大会.
 */
function coverageIn(
  { text }: Candidate,
  title: string,
  { question, terms, known }: AnalyzedQuestion,
  rarity: FoundCandidates['rarity'],
): { window: Window; runs: number } {
  const whole = `${title}\n${text}`;
  const expected = expectedPattern(question);
  const askedFor = (of: string[]) => {
    const weights = new Map(of.map((term) => [term, rarity.get(term) ?? 0]));
    return { words: askedWords(weights), expected };
  };
  const own = {
    window: bestWindow(text, title, askedFor(terms)),
    runs: sharedRuns(question, whole),
  };
  const said = substituted(question, known, whole);
  if (!said) return own;
  const { worth } = said;
  const window = bestWindow(text, title, askedFor(said.terms));
  const coverage = window.coverage * worth;
  if (coverage <= own.window.coverage) return own;
  return {
    window: { ...window, coverage },
    runs: Math.max(own.runs, worth * sharedRuns(said.question, whole)),
  };
}
