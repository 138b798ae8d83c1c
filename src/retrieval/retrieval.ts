import type { Db } from '../db.ts';
import type { DocumentId } from '../ids.ts';
import { bandOf, confidenceOf } from './confidence.ts';
import { findCandidates, type Candidate, type Found } from './find.ts';
import { storePassages } from './store.ts';
import type { Hit, Passage, Scope } from './types.ts';
import { bestWindow, namedShare, sharedRuns } from './window.ts';
import { isPair, questionTerms } from './words.ts';

// Read again before they are shown; more gained nothing.
const reread = 20;
// What covering the question, repeating its words and being named in it add to the score of the best one.
const share = { coverage: 0.5, runs: 0.5, named: 0.6 };
const longestQuestion = 300;

/** Text in, cited passages out. Knows no chat. */
export function createRetrieval({ db }: { db: Db }) {
  function ranked(question: string, { candidates, rarity }: Found): Hit[] {
    const top = candidates[0]?.score ?? 1;
    const words = [...rarity.keys()].filter((term) => !isPair(term)).length;
    const read = candidates
      .map((candidate) => {
        const title = `${candidate.title}\n${candidate.heading}`;
        const window = bestWindow(candidate.text, title, rarity);
        const runs = sharedRuns(question, `${title}\n${candidate.text}`);
        const extra =
          share.coverage * window.coverage +
          share.runs * runs +
          share.named * namedShare(question, title);
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

  return {
    /** Stores a document's passages, to be found from this transaction's commit on. */
    index: (document: { id: DocumentId; title: string }, passages: readonly Passage[]) =>
      db.atomic(() => storePassages(db, document, passages)),

    /** The passages that answer best, best first; none when nothing shares a word with the question. */
    async search(question: string, scope: Scope, limit: number): Promise<Hit[]> {
      const asked = question.replace(/[\p{Cc}\p{Cs}]/gu, ' ').slice(0, longestQuestion);
      const terms = questionTerms(asked);
      if (terms.length === 0) return [];
      const found = await findCandidates(db, terms, scope, Math.max(limit, reread));
      const first = ranked(asked, { ...found, candidates: found.candidates.slice(0, reread) });
      const rest = found.candidates
        .slice(reread)
        .map((candidate) =>
          toHit(candidate, { score: 0, confidence: 0, quote: { start: 0, end: 0 } }),
        );
      return [...first, ...rest].slice(0, limit);
    },
  };
}
export type Retrieval = ReturnType<typeof createRetrieval>;

function toHit(
  { passage, documentId, title, edition, heading, text }: Candidate,
  { score, confidence, quote }: { score: number; confidence: number; quote: Hit['quote'] },
): Hit {
  const document = { id: documentId, title, ...(edition && { edition }) };
  const { start, end } = quote;
  const band = bandOf(confidence);
  return { passage, document, heading, text, score, confidence, band, quote: { start, end } };
}
