import type { Db } from '../../database/db.ts';
import type { DocumentId } from '../../base/ids.ts';
import { bandOf } from './confidence.ts';
import { findCandidates, type Candidate } from './candidates.ts';
import { compared, type SemanticRanking } from './semantic-ranking.ts';
import { scoreCandidates, type ScoredCandidate } from './scoring.ts';
import { storePassages } from './store.ts';
import { postingsOf } from './postings.ts';
import type { Hit, Passage, Scope, HitReference } from './types.ts';
import { knownWords } from '../words/synonyms.ts';
import { hitsOfReferences } from './hit-references.ts';
import { createWordLists } from './word-lists.ts';
import { expandQuery } from './query-expansion.ts';

// Read again before they are shown; more gained nothing.
const reread = 20;
const longestQuestion = 300;

type By = 'words' | 'words and meaning';

/** Text in, cited passages out. Knows no chat. With `semanticRanking` meaning counts beside the words. */
export function createRetrieval({
  db,
  semanticRanking,
}: {
  db: Db;
  semanticRanking?: SemanticRanking;
}) {
  const lists = createWordLists(db);

  /** Searches once, and again where the lists of synonyms have changed since this process read them. */
  async function candidatesFor(question: string, scope: Scope, limit: number) {
    const expanded = () => expandQuery(question, knownWords(question, lists.for(scope.branches)));
    const first = expanded();
    if (first.own.length === 0) return undefined;
    const answer = await findCandidates(db, first.terms, scope, limit);
    if (!lists.isStale(scope.branches, answer.lists)) return { ...answer, query: first };
    await lists.refresh(scope.branches);
    const second = expanded();
    return { ...(await findCandidates(db, second.terms, scope, limit)), query: second };
  }

  return {
    /** Stores a document's passages, to be found from this transaction's commit on; its terms may be counted already. */
    index: (
      { id, title }: { id: DocumentId; title: string },
      passages: readonly Passage[],
      postings = postingsOf(passages, title),
    ) => db.atomic(() => storePassages(db, id, passages, postings)),

    /**
     * The passages that answer best, best first; none when nothing shares a word with the question. By their
     * words alone, as it may be asked for within a transaction, or also by meaning, which waits for a network.
     */
    async search(question: string, scope: Scope, limit: number, by: By): Promise<Hit[]> {
      const asked = question.replace(/[\p{Cc}\p{Cs}]/gu, ' ').slice(0, longestQuestion);
      const meaning = by === 'words and meaning' ? semanticRanking : undefined;
      const [words, vector] = await Promise.all([
        candidatesFor(asked, scope, Math.max(limit, meaning ? compared : reread)),
        meaning?.embed(asked),
      ]);
      if (!words) return [];
      const candidates = vector ? await meaning?.rank(words.candidates, vector, scope) : undefined;
      const all = candidates ? { ...words, candidates } : words;
      const { own: terms, known } = all.query;
      const analyzed = { question: asked, terms, known };
      const top = { ...all, candidates: all.candidates.slice(0, reread) };
      const read = scoreCandidates(analyzed, top);
      const rest = all.candidates.slice(reread).map(unscored);
      return [...read, ...rest].slice(0, limit).map(toHit);
    },

    /** The hits found before whose documents may still answer. */
    again: (references: readonly HitReference[], scope: Scope): Promise<Hit[]> =>
      hitsOfReferences(db, references, scope),
  };
}
export type Retrieval = ReturnType<typeof createRetrieval>;

/** Too far down to be scored by its text: only that it shares words is known. */
const unscored = (candidate: Candidate): ScoredCandidate => ({
  ...{ candidate, score: 0, confidence: 0 },
  window: { start: 0, end: 0, coverage: 0, misses: true },
});

function toHit({ candidate, window, score, confidence }: ScoredCandidate): Hit {
  const { passage, documentId, title, edition, heading, text } = candidate;
  const document = { id: documentId, title, ...(edition && { edition }) };
  const quote = { start: window.start, end: window.end };
  const band = bandOf(confidence, window);
  return { passage, document, heading, text, score, confidence, band, quote };
}
