import type { Db } from '../../database/db.ts';
import type { DocumentId, PassageId } from '../../base/ids.ts';
import { mayAnswer, scopeValues } from './permission.ts';
import { charactersOf, isPair } from '../words/words.ts';
import type { EditionOf, Scope } from './types.ts';
import { stampsFor, type Stamps } from './word-lists.ts';

/** A passage that shares terms with the question, before its text is compared with it. */
export interface Candidate {
  passage: PassageId;
  documentId: DocumentId;
  title: string;
  edition?: EditionOf | null;
  heading: string;
  text: string;
  score: number;
  /** The score of its words alone, as a share of the best, where meaning was counted too. */
  byWords?: number;
}
export interface FoundCandidates {
  candidates: Candidate[];
  /** The inverse document frequency of each term searched for: high is rare, terms that stand nowhere are rarest. */
  rarity: Map<string, number>;
  /** The lists of synonyms as they stand with these passages. */
  lists: Stamps;
}

/** A document's edition as it is shown, or null where it says none. */
export const editionColumn = `case when edition_on is not null
  then jsonb_build_object('day', edition_on, 'kind', edition_kind) end`;

// BM25F: how soon repetition counts no more, how much long passages are held back, what a title is worth.
const [k1, b, titleWeight, pairWeight] = [0.8, 0.5, 3, 0.5];
// A term in more than this share of all passages says nothing and costs the most. A small library reads them all.
const commonest = { word: 0.06, pair: 0.03 };

/**
 * The passages that share most with the question's terms, each with what it is worth beside the others, best
 * first, by BM25F: one statement, in which permission is a join. A document counts from its commit on, on
 * every replica.
 */
export async function findCandidates(
  db: Db,
  asked: ReadonlyMap<string, number>,
  scope: Scope,
  limit: number,
): Promise<FoundCandidates> {
  const weights = searchWeights(asked);
  const terms = [...weights.keys()];
  const rows = await db.sql<Row>(
    statement,
    ...[terms, [...weights.values()], limit, ...scopeValues(scope)],
    terms.map((term) => commonest[isPair(term) ? 'pair' : 'word']),
  );
  const total = rows[0]?.total ?? 0;
  const frequencies = rows[0]?.terms ?? {};
  const rarity = terms.map(
    (term) => [term, inverseFrequency(total, frequencies[term] ?? 0)] as const,
  );
  const lists = rows[0]?.lists ?? {};
  return { candidates: rows.filter(isCandidate), rarity: new Map(rarity), lists };
}

/**
 * The weight of each term in the search. The pair of a word of two characters stands wherever the word does, so
 * it is not searched for separately: its weight is added to the word.
 */
function searchWeights(asked: ReadonlyMap<string, number>): Map<string, number> {
  const weights = new Map<string, number>();
  for (const [term, worth] of asked) {
    const characters = charactersOf(term);
    const searched = asked.has(characters) ? characters : term;
    weights.set(searched, (weights.get(searched) ?? 0) + worth * (isPair(term) ? pairWeight : 1));
  }
  return weights;
}

/** Without a candidate there is still one row, for what is known of the terms. */
type Row = { terms: Record<string, number> | null; total: number; lists: Stamps } & (
  Candidate | { passage: null }
);
const isCandidate = (row: Row): row is Row & Candidate => row.passage !== null;

// In a small library a word that stands nowhere would weigh more than all that is there together.
const smallest = 2000;
const inverseFrequency = (total: number, count: number) =>
  Math.log(1 + (Math.max(total, smallest) - count + 0.5) / (count + 0.5));

// A bare 0.5 would be numeric, whose arithmetic is many times slower.
const real = (value: number) => `${value}::float8`;
// A term's rows are read as one range, `offset 0`: else the planner, which takes the library for much smaller than
// it is, looks for every term in every document.
const statement = `
with library as (
  select id, passage_count, term_count from document
  where ${mayAnswer('$4', '$5', '$6')}
), whole as (
  select coalesce(sum(passage_count), 0)::float8 as total,
    greatest(coalesce(sum(term_count), 0)::float8 / greatest(sum(passage_count), 1), 1) as mean from library
), asked as (
  select t.id, q.* from unnest($1::text[], $2::float8[], $7::float8[]) as q(text, weight, most) join term t on t.text = q.text
), known as materialized (
  select a.id, p.document_id, p.count, p.passages, p.weights
  from asked a cross join lateral (select * from posting where term_id = a.id offset 0) p
  where p.document_id in (select id from library)
), counted as materialized (
  select a.text, a.weight, a.most, s.* from asked a join (select id, sum(count)::float8 as spread from known group by id) s using (id)
), rare as materialized (
  select id, weight * ${real(k1 + 1)} * ln(1 + (greatest(total, ${smallest}) - spread + 0.5) / (spread + 0.5)) as rarity, mean
  from counted, whole where spread <= greatest(most * total, 1000)
), told as (
  select rarity, mean, unnest(passages) as passage, unnest(weights) as packed from rare join known using (id)
), weighed as (
  select passage, rarity, (packed & 63)::float8 / (${real(1 - b)} + (packed >> 10)::float8 * (${real(b)} / mean))
    + ${real(titleWeight)} * ((packed >> 6) & 15)::float8 as tf from told offset 0
), scored as (
  select passage, sum(rarity * tf / (tf + ${real(k1)})) as score
  from weighed group by passage order by score desc, passage limit $3::int
)
select (select jsonb_object_agg(text, spread) from counted) as terms, whole.total, ${stampsFor('$4')} as lists,
  s.passage, s.score, p.document_id as "documentId", p.heading, p.text, d.title, ${editionColumn} as edition
from whole left join scored s on true left join passage p on p.id = s.passage left join document d on d.id = p.document_id
order by s.score desc nulls last, s.passage`;
