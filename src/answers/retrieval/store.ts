import type { Db } from '../../database/db.ts';
import { must } from '../../base/errors.ts';
import type { DocumentId } from '../../base/ids.ts';
import { type PostingBatch, passagesPerBatch } from './postings.ts';
import type { Passage } from './types.ts';

/** Puts a document's passages and the terms they hold into the database, in the surrounding transaction. */
export async function storePassages(
  db: Db,
  document: DocumentId,
  passages: readonly Passage[],
  postings: readonly PostingBatch[],
): Promise<void> {
  for (const [i, batch] of postings.entries()) {
    const first = i * passagesPerBatch;
    const part = passages.slice(first, first + passagesPerBatch);
    const ids = await insertPassages(db, document, first, part, batch);
    await insertPostings(db, document, first, batch, ids);
  }
  const words = postings.flatMap(({ lengths }) => [...lengths]);
  await db.sql(
    `update document set passage_count = passage_count + $2::int, term_count = term_count + $3::int where id = $1::int`,
    document,
    passages.length,
    words.reduce((sum, length) => sum + length, 0),
  );
}

async function insertPassages(
  db: Db,
  document: DocumentId,
  first: number,
  part: readonly Passage[],
  { lengths }: PostingBatch,
): Promise<number[]> {
  const rows = part.map(({ heading, text }, i) => {
    return { position: first + i, heading, text, length: lengths[i] };
  });
  const ids = await db.sql<{ id: number; position: number }>(
    `insert into passage (document_id, position, heading, text, length)
     select $1::int, v.* from jsonb_to_recordset($2::jsonb) as v(position int, heading text, text text, length int)
     returning id, position`,
    document,
    JSON.stringify(rows),
  );
  return ids.sort((a, b) => a.position - b.position).map(({ id }) => id);
}

async function insertPostings(
  db: Db,
  document: DocumentId,
  first: number,
  { terms, spread, places, weights }: PostingBatch,
  ids: readonly number[],
) {
  // Each column travels as one text: thousands of array elements cost more on their way than in the database.
  // Each term is looked up by its index: joined, the whole table of terms would be read for every document.
  // New ones come in order, so that of two importers neither waits for the other in a circle.
  await db.sql(
    `with given as materialized (
       select v.*, (select t.id from term t where t.text = v.text) as id
       from rows from (string_to_table($3, E'\n'), string_to_table($4, E'\n'), string_to_table($5, E'\n'),
         string_to_table($6, E'\n')) as v(text, count, passages, weights)
     ), made as (
       insert into term (text) select text from given where id is null order by text
       on conflict (text) do update set text = excluded.text returning id, text
     )
     insert into posting (term_id, document_id, first, count, passages, weights)
     select coalesce(g.id, m.id) as term, $1::int, $2::int, g.count::int, g.passages::int[], g.weights::int[]
     from given g left join made m on g.id is null and m.text = g.text order by term`,
    document,
    first,
    terms,
    spread.join('\n'),
    passagesColumn({ spread, places }, ids),
    weights,
  );
}

/** The passages of each term, a line a term, as PostgreSQL writes an array. */
function passagesColumn(
  { spread, places }: Pick<PostingBatch, 'spread' | 'places'>,
  ids: readonly number[],
) {
  let next = 0;
  const lines: string[] = [];
  for (const many of spread) {
    const own = Array.from(places.subarray(next, (next += many)), (place) => must(ids[place]));
    lines.push(`{${own.join()}}`);
  }
  return lines.join('\n');
}
