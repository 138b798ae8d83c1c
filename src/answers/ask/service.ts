import { localDay, type Clock } from '../../base/clock.ts';
import type { Db } from '../../database/db.ts';
import { confidentialIn, stopConfidential } from '../../library/confidential/rules.ts';
import { Refusal } from '../../base/errors.ts';
import type { PassageId, PersonId } from '../../base/ids.ts';
import type { Queue } from '../../queue/job.ts';
import { longestQuestion } from '../../base/text.ts';
import type { Roster } from '../../people/roster/service.ts';
import type { Where } from '../../people/roster/types.ts';
import { mayAnswer, scopeValues } from '../retrieval/permission.ts';
import type { Retrieval } from '../retrieval/retrieval.ts';
import { referenceTo } from '../retrieval/hit-references.ts';
import type { Hit, Scope, HitReference } from '../retrieval/types.ts';
import type { Standards } from '../standard/service.ts';
import { quoteOf, spotOf } from './quotes.ts';
import { mostPassages } from './prompt.ts';
import { reranked } from './reranking.ts';
import { createTurns } from './turns.ts';
import type { Answer, Context, Findings, Quote, Reranking } from './types.ts';

interface AskNeeds {
  db: Db;
  clock: Clock;
  /** In which it is today. */
  zone: string;
  roster: Roster;
  retrieval: Retrieval;
  standards: Standards;
  queue: Queue;
  /** With a model. */
  reranking?: Reranking;
}

interface Question {
  question: string;
  person: PersonId;
  place: Where;
}
interface Ordering {
  /** Milliseconds that a model may take to put passages in order; without it they stand as they were found. */
  orderWithin?: number;
}

const mostQuotes = 3;
/** An answer may need what stands second and third; what scores less than this share of the best hardly helps. */
const worthReading = 1 / 3;
/** Below this a passage only happens to share a word with the question. */
const worthNaming = 0.02;

/** Study questions: answered with the words of stored documents, or not at all. */
export function createAsk(needs: AskNeeds) {
  const { db, clock, zone, roster, retrieval, standards, reranking } = needs;
  const today = () => localDay(clock.now(), zone);

  const scopeOf = async (person: PersonId, place?: Where): Promise<Scope> => ({
    ...(await roster.mayRead(person, place)),
    day: today(),
  });

  /** The documents there are to ask, and the titles of some. */
  async function shelfOf(scope: Scope) {
    const rows = await db.sql<{ title: string; documents: number }>(
      `select title, (count(*) over ())::int as documents from document
       where ${mayAnswer('$1', '$2', '$3')} order by id desc limit 3`,
      ...scopeValues(scope),
    );
    return { documents: rows[0]?.documents ?? 0, titles: rows.map(({ title }) => title) };
  }

  /**
   * What the documents say to a question, as far as this person may read them here, and the passages that
   * an answer may be written from. What is secret or private in it is refused before anything else sees it.
   * It may wait for a network: not to be called in a transaction.
   */
  async function find(asked: Question & Ordering): Promise<Findings> {
    const { question, person, place } = asked;
    stopConfidential(confidentialIn(question, 'question'), 'TEXT');
    if ([...question].length > longestQuestion) {
      throw new Refusal('TEXT_TOO_LONG', { limit: longestQuestion });
    }
    const scope = await scopeOf(person, place);
    const standard = await standards.meant(question, scope);
    if (standard)
      return { answer: { is: 'standard', standard, mayPin: mayPin(scope) }, ...nothingFound };
    const most = reranking ? reranked : mostPassages;
    const found = await retrieval.search(question, scope, most, 'words and meaning');
    return findingsOf(await inOrder(asked, found), scope);
  }

  /** The same once more from what was found a moment ago, without another search. */
  async function findAgain(
    asked: Question & Ordering & { found: HitReference[] },
  ): Promise<Findings> {
    const scope = await scopeOf(asked.person, asked.place);
    return findingsOf(await inOrder(asked, await retrieval.again(asked.found, scope)), scope);
  }

  const inOrder = ({ question, orderWithin }: Question & Ordering, hits: readonly Hit[]) =>
    reranking && orderWithin !== undefined ? reranking(question, hits, orderWithin) : hits;

  async function findingsOf(all: readonly Hit[], scope: Scope): Promise<Findings> {
    const pinning = { mayPin: mayPin(scope) };
    const hits = all.slice(0, mostPassages);
    const quoted = hits.filter(({ band }) => band !== 'none').slice(0, mostQuotes);
    const answers = quoted.filter(({ band }) => band === 'answer').map(quoteOf);
    const related = quoted.filter(({ band }) => band === 'related').map(quoteOf);
    const passages = hits.filter(({ score }) => score >= (hits[0]?.score ?? 0) * worthReading);
    const sources = passages.map(quoteOf);
    const basis = { passages, sources, found: all.map(referenceTo) };
    if (isSome(answers))
      return { answer: { is: 'answer', quotes: answers, also: related, ...pinning }, ...basis };
    if (isSome(related))
      return { answer: { is: 'related', quotes: related, also: [], ...pinning }, ...basis };
    const shelf = await shelfOf(scope);
    if (shelf.documents === 0) return { answer: { is: 'empty' }, ...nothingFound };
    const near = hits.filter(({ confidence }) => confidence > worthNaming);
    const nearest = near.slice(0, mostQuotes).map(spotOf);
    return { answer: { is: 'nothing', nearest, ...shelf }, ...nothingFound };
  }

  return {
    find,
    findAgain,

    /** The turn before, which the next question may lean on. */
    turns: createTurns(needs),

    /** What `find` answers; like it not to be called in a transaction. */
    answer: async (question: Question): Promise<Answer> => (await find(question)).answer,

    /** A passage with its neighbours; refuses what is gone, or of a branch the person is not in. */
    async around({ passage, person }: { passage: PassageId; person: PersonId }): Promise<Context> {
      const [here] = await db.sql<{ document: number; position: number; title: string }>(
        `select d.id as document, p.position, d.title from passage p join document d on d.id = p.document_id
         where p.id = $4::int and ${mayAnswer('$1', '$2', '$3')}`,
        ...scopeValues(await scopeOf(person)),
        passage,
      );
      if (!here) throw new Refusal('PASSAGE_GONE');
      const passages = await db.client.passage.findMany({
        where: {
          documentId: here.document,
          position: { gte: here.position - 1, lte: here.position + 1 },
        },
        orderBy: { position: 'asc' },
        select: { heading: true, text: true },
      });
      return { title: here.title, passages };
    },
  };
}
export type Ask = ReturnType<typeof createAsk>;

/** Nothing to write from. */
const nothingFound = { passages: [], sources: [], found: [] };

/** A secretary alone. */
const mayPin = ({ committees = [] }: Scope) => committees.length > 0;

const isSome = (quotes: Quote[]): quotes is [Quote, ...Quote[]] => quotes.length > 0;
