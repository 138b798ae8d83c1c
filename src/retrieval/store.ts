import type { Db } from '../db.ts';
import { must } from '../errors.ts';
import type { DocumentId } from '../ids.ts';
import { type Counted, countTerms } from './count.ts';
import type { Passage } from './types.ts';

/** A term's passages within one stretch of a document, and what it weighs in each. */
type Stretch = Map<string, { passages: number[]; weights: number[] }>;

// So many passages share a row per term.
const stretchLength = 1000;
const most = { body: 63, title: 15, length: 4095 };

/** Puts a document's passages and the terms they hold into the database, in the surrounding transaction. */
export async function storePassages(
  db: Db,
  document: { id: DocumentId; title: string },
  passages: readonly Passage[],
): Promise<void> {
  let terms = 0;
  for (let first = 0; first < passages.length; first += stretchLength) {
    const part = passages.slice(first, first + stretchLength).map((passage) => ({
      ...passage,
      counted: passage.counted ?? countTerms(passage, document.title),
    }));
    const ids = await insertPassages(db, document.id, first, part);
    await insertPostings(db, document.id, first, gather(part, ids));
    terms += part.reduce((sum, { counted }) => sum + counted.length, 0);
  }
  await db.sql(
    `update document set passage_count = passage_count + $2::int, term_count = term_count + $3::int where id = $1::int`,
    document.id,
    passages.length,
    terms,
  );
}

function gather(part: { counted: Counted }[], ids: number[]): Stretch {
  const stretch: Stretch = new Map();
  part.forEach(({ counted }, i) => {
    for (const term of new Set([...counted.body.keys(), ...counted.title.keys()])) {
      const entry = stretch.get(term) ?? { passages: [], weights: [] };
      stretch.set(term, entry);
      entry.passages.push(must(ids[i]));
      entry.weights.push(packed(counted, term));
    }
  });
  return stretch;
}

function packed({ length, body, title }: Counted, term: string): number {
  const inBody = Math.min(body.get(term) ?? 0, most.body);
  const inTitle = Math.min(title.get(term) ?? 0, most.title);
  return Math.min(length, most.length) * 1024 + inTitle * 64 + inBody;
}

async function insertPassages(
  db: Db,
  document: DocumentId,
  first: number,
  part: (Passage & { counted: Counted })[],
): Promise<number[]> {
  const rows = part.map(({ heading, text, counted }, i) => {
    return { position: first + i, heading, text, length: counted.length };
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

async function insertPostings(db: Db, document: DocumentId, first: number, stretch: Stretch) {
  // Sorted, so that two importers meet new terms in the same order and neither waits in a circle.
  const terms = [...stretch.keys()].sort();
  const lists = terms.map((term) => must(stretch.get(term)));
  // Each column travels as one text: thousands of array elements cost more on their way than in the database.
  const column = (values: (string | number)[]) => values.join('\n');
  await db.sql(
    `insert into term (text) select v.text from string_to_table($1, E'\n') as v(text)
     where not exists (select from term t where t.text = v.text) on conflict (text) do nothing`,
    column(terms),
  );
  await db.sql(
    `insert into posting (term_id, document_id, first, count, passages, weights)
     select t.id, $1::int, $2::int, v.count::int, v.passages::int[], v.weights::int[]
     from rows from (string_to_table($3, E'\n'), string_to_table($4, E'\n'), string_to_table($5, E'\n'),
       string_to_table($6, E'\n')) as v(text, count, passages, weights)
     join term t on t.text = v.text order by t.id`,
    document,
    first,
    column(terms),
    column(lists.map(({ passages }) => passages.length)),
    column(lists.map(({ passages }) => `{${passages.join()}}`)),
    column(lists.map(({ weights }) => `{${weights.join()}}`)),
  );
}
