import type { Db } from '../db.ts';
import type { DocumentId } from '../ids.ts';
import { bandOf, confidenceOf } from './confidence.ts';
import { findCandidates, type Candidate, type Found } from './find.ts';
import { storePassages } from './store.ts';
import type { Hit, Passage, Scope } from './types.ts';
import { knownWords, type Known } from './synonyms.ts';
import { bestWindow, namedShare, sharedRuns, type Window } from './window.ts';
import { createWordLists } from './word-lists.ts';
import { reworded, wordingOf } from './wording.ts';
import { isPair } from './words.ts';

// Read again before they are shown; more gained nothing.
const reread = 20;
// What covering the question, repeating its words and being named in it add to the score of the best one.
const share = { coverage: 0.5, runs: 0.5, named: 0.6 };
const longestQuestion = 300;

/** Text in, cited passages out. Knows no chat. */
export function createRetrieval({ db }: { db: Db }) {
  const lists = createWordLists(db);

  function ranked(asking: Asking, { candidates, rarity }: Found): Hit[] {
    const top = candidates[0]?.score ?? 1;
    const words = asking.terms.filter((term) => !isPair(term)).length;
    const read = candidates
      .map((candidate) => {
        const title = `${candidate.title}\n${candidate.heading}`;
        const { window, runs } = readIn(candidate, title, asking, rarity);
        const extra =
          share.coverage * window.coverage +
          share.runs * runs +
          share.named * namedShare(asking.question, title);
        return { candidate, window, runs, score: candidate.score / top + extra };
      })
      .sort((one, other) => other.score - one.score);
    return read.map(({ candidate, window, runs, score }, i) => {
      const other = read[i === 0 ? 1 : 0]?.score ?? score - 1;
      const confidence = confidenceOf({
        coverage: window.coverage,
        runs,
        words,
        lead: score - other,
      });
      return toHit(candidate, { score, confidence, quote: window });
    });
  }

  /** Once, and once more where somebody has changed the lists of synonyms since this process looked. */
  async function found(question: string, scope: Scope, limit: number) {
    const wording = () => wordingOf(question, knownWords(question, lists.for(scope.branches)));
    const first = wording();
    if (first.own.length === 0) return undefined;
    const answer = await findCandidates(db, first.terms, scope, limit);
    if (!lists.isStale(scope.branches, answer.lists)) return { ...answer, wording: first };
    await lists.refresh(scope.branches);
    const second = wording();
    return { ...(await findCandidates(db, second.terms, scope, limit)), wording: second };
  }

  return {
    /** Stores a document's passages, to be found from this transaction's commit on. */
    index: (document: { id: DocumentId; title: string }, passages: readonly Passage[]) =>
      db.atomic(() => storePassages(db, document, passages)),

    /** The passages that answer best, best first; none when nothing shares a word with the question. */
    async search(question: string, scope: Scope, limit: number): Promise<Hit[]> {
      const asked = question.replace(/[\p{Cc}\p{Cs}]/gu, ' ').slice(0, longestQuestion);
      const all = await found(asked, scope, Math.max(limit, reread));
      if (!all) return [];
      const { own: terms, known } = all.wording;
      const asking = { question: asked, terms, known };
      const first = ranked(asking, { ...all, candidates: all.candidates.slice(0, reread) });
      const rest = all.candidates
        .slice(reread)
        .map((candidate) =>
          toHit(candidate, { score: 0, confidence: 0, quote: { start: 0, end: 0 } }),
        );
      return [...first, ...rest].slice(0, limit);
    },
  };
}
export type Retrieval = ReturnType<typeof createRetrieval>;

interface Asking {
  question: string;
  terms: string[];
  known: Known[];
}

/**
 * How a passage answers: in the question's words, or in its own where they stand for the question's, as
 * 党员大会 does for 支部大会.
 */
function readIn(
  { text }: Candidate,
  title: string,
  { question, terms, known }: Asking,
  rarity: Found['rarity'],
): { window: Window; runs: number } {
  const whole = `${title}\n${text}`;
  const weightsOf = (of: string[]) => new Map(of.map((term) => [term, rarity.get(term) ?? 0]));
  const own = {
    window: bestWindow(text, title, weightsOf(terms)),
    runs: sharedRuns(question, whole),
  };
  const said = reworded(question, known, whole);
  if (!said) return own;
  const { worth } = said;
  const window = bestWindow(text, title, weightsOf(said.terms));
  const coverage = window.coverage * worth;
  if (coverage <= own.window.coverage) return own;
  return {
    window: { ...window, coverage },
    runs: Math.max(own.runs, worth * sharedRuns(said.question, whole)),
  };
}

function toHit(
  { passage, documentId, title, edition, heading, text }: Candidate,
  { score, confidence, quote }: { score: number; confidence: number; quote: Hit['quote'] },
): Hit {
  const document = { id: documentId, title, ...(edition && { edition }) };
  const { start, end } = quote;
  const band = bandOf(confidence);
  return { passage, document, heading, text, score, confidence, band, quote: { start, end } };
}
