import type { Db } from '../../database/db.ts';
import type { DocumentId } from '../../base/ids.ts';
import { bandOf } from './confidence.ts';
import { findCandidates, type Candidate } from './find.ts';
import { compared, type Nearness } from './semantic-ranking.ts';
import { readCandidates, type ReadCandidate } from './reading.ts';
import { storePassages } from './store.ts';
import { stretchesOf } from './stretches.ts';
import type { Hit, Passage, Scope, Trace } from './types.ts';
import { knownWords } from '../words/synonyms.ts';
import { hitsOf } from './tracing.ts';
import { createWordLists } from './word-lists.ts';
import { wordingOf } from './wording.ts';

// Read again before they are shown; more gained nothing.
const reread = 20;
const longestQuestion = 300;

type By = 'words' | 'words and meaning';

/** Text in, cited passages out. Knows no chat. With `nearness` meaning has its say beside the words. */
export function createRetrieval({ db, nearness }: { db: Db; nearness?: Nearness }) {
  const lists = createWordLists(db);

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
    /** Stores a document's passages, to be found from this transaction's commit on; its terms may be counted already. */
    index: (
      { id, title }: { id: DocumentId; title: string },
      passages: readonly Passage[],
      stretches = stretchesOf(passages, title),
    ) => db.atomic(() => storePassages(db, id, passages, stretches)),

    /**
     * The passages that answer best, best first; none when nothing shares a word with the question. By their
     * words alone, as it may be asked for within a transaction, or also by meaning, which waits for a network.
     */
    async search(question: string, scope: Scope, limit: number, by: By): Promise<Hit[]> {
      const asked = question.replace(/[\p{Cc}\p{Cs}]/gu, ' ').slice(0, longestQuestion);
      const meaning = by === 'words and meaning' ? nearness : undefined;
      const [words, direction] = await Promise.all([
        found(asked, scope, Math.max(limit, meaning ? compared : reread)),
        meaning?.of(asked),
      ]);
      if (!words) return [];
      const candidates = direction
        ? await meaning?.join(words.candidates, direction, scope)
        : undefined;
      const all = candidates ? { ...words, candidates } : words;
      const { own: terms, known } = all.wording;
      const asking = { question: asked, terms, known };
      const top = { ...all, candidates: all.candidates.slice(0, reread) };
      const read = readCandidates(asking, top);
      const rest = all.candidates.slice(reread).map(unread);
      return [...read, ...rest].slice(0, limit).map(toHit);
    },

    /** What was found before, as far as it may still answer. */
    again: (traces: readonly Trace[], scope: Scope): Promise<Hit[]> => hitsOf(db, traces, scope),
  };
}
export type Retrieval = ReturnType<typeof createRetrieval>;

/** Too far down to be read: only that it shares words is known. */
const unread = (candidate: Candidate): ReadCandidate => ({
  ...{ candidate, score: 0, confidence: 0 },
  window: { start: 0, end: 0, coverage: 0, misses: true },
});

function toHit({ candidate, window, score, confidence }: ReadCandidate): Hit {
  const { passage, documentId, title, edition, heading, text } = candidate;
  const document = { id: documentId, title, ...(edition && { edition }) };
  const quote = { start: window.start, end: window.end };
  const band = bandOf(confidence, window);
  return { passage, document, heading, text, score, confidence, band, quote };
}
