import type { Db } from '../../database/db.ts';
import type { PassageId } from '../../base/ids.ts';
import { bytesOf, type QuantizedVector, fromBytes, literalOf } from './quantized-vector.ts';
import { type Candidate, editionColumn } from './candidates.ts';
import { mayAnswer, scopeValues } from './permission.ts';
import type { Scope } from './types.ts';

// pgvector's index takes no wider ones.
const widest = 2000;
// The index knows no permissions: more are looked at than are wanted.
const spare = 2;

export interface Unread {
  passage: PassageId;
  /** Its titles and its text. */
  text: string;
}

/**
 * The vectors of passages by one model. They stand beside the passage as bytes; where the server has the
 * extension `vector`, a column with an index besides, which also finds passages that share no word.
 */
export function createVectors({ db, model }: { db: Db; model: string }) {
  let width: number | undefined;

  /** Whether the nearest ones can be found by an index. */
  async function isIndexed(wanted: number): Promise<boolean> {
    if (width === wanted) return true;
    const [column] = await db.sql<{ width: number }>(
      `select atttypmod as width from pg_attribute
       where attrelid = 'passage_vector'::regclass and attname = 'near' and not attisdropped`,
    );
    width = column?.width;
    return width === wanted;
  }

  // Whoever asks may be within a transaction, which a failed statement must not end.
  const nearestOf = (direction: QuantizedVector, scope: Scope, limit: number) =>
    db.attempt(async () => {
      await db.sql(`select set_config('hnsw.ef_search', $1, true)`, String(limit * spare));
      return db.sql<Candidate>(
        `with nearest as materialized (
           select passage_id, near <=> $5::vector as distance from passage_vector
           where model = $4 order by near <=> $5::vector limit ${limit * spare}
         )
         select p.id as passage, p.document_id as "documentId", l.title, p.heading, p.text, 0::float8 as score,
           ${editionColumn} as edition
         from nearest n join passage p on p.id = n.passage_id join document l on l.id = p.document_id
         where ${mayAnswer('$1', '$2', '$3')} order by n.distance limit ${limit}`,
        ...scopeValues(scope),
        model,
        literalOf(direction),
      );
    });

  return {
    async of(passages: readonly PassageId[]): Promise<Map<PassageId, QuantizedVector>> {
      const rows = await db.sql<{ passage: PassageId; bytes: Uint8Array }>(
        `select passage_id as passage, "values" as bytes from passage_vector
         where passage_id = any($1::int[]) and model = $2`,
        passages,
        model,
      );
      return new Map(rows.map(({ passage, bytes }) => [passage, fromBytes(bytes)]));
    },

    /** The nearest passages that this scope may read; none where the server cannot look for them. */
    async nearest(direction: QuantizedVector, scope: Scope, limit: number): Promise<Candidate[]> {
      if (!(await isIndexed(direction.length))) return [];
      try {
        return await nearestOf(direction, scope, limit);
      } catch (error) {
        // Another process may just be making the column anew, for another model.
        width = undefined;
        throw error;
      }
    },

    /** Passages behind this one that have no vector by this model yet. */
    missing: (after: number, limit: number) =>
      db.sql<Unread>(
        `select p.id as passage, concat_ws(E'\\n', d.title, nullif(p.heading, ''), p.text) as text
         from passage p join document d on d.id = p.document_id
         where p.id > $2::int and coalesce(d.superseded_on > current_date, true)
           and not exists (select from passage_vector v where v.passage_id = p.id and v.model = $1)
         order by p.id limit $3::int`,
        model,
        after,
        limit,
      ),

    /** Stores vectors; what has gone meanwhile is passed over. */
    async put(
      vectors: readonly { passage: PassageId; direction: QuantizedVector }[],
    ): Promise<void> {
      const indexed = await isIndexed(vectors[0]?.direction.length ?? 0);
      const near = indexed ? 'near' : '';
      const column = (values: (string | number)[]) => values.join('\n');
      await db.sql(
        `insert into passage_vector (passage_id, model, "values"${near && `, ${near}`})
         select p.id, $1, decode(v.hex, 'hex')${near && `, v.near::vector`}
         from rows from (string_to_table($2, E'\\n'), string_to_table($3, E'\\n'), string_to_table($4, E'\\n')) as v(id, hex, near)
         join passage p on p.id = v.id::int for key share of p
         on conflict (passage_id) do update
           set model = excluded.model, "values" = excluded."values"${near && `, near = excluded.near`}`,
        model,
        column(vectors.map(({ passage }) => passage)),
        column(vectors.map(({ direction }) => bytesOf(direction).toString('hex'))),
        column(vectors.map(({ direction }) => (indexed ? literalOf(direction) : ''))),
      );
    },

    /** How many dimensions the vectors have that are there already. */
    async width(): Promise<number | undefined> {
      const [stored] = await db.sql<{ width: number }>(
        `select length("values") as width from passage_vector where model = $1 limit 1`,
        model,
      );
      return stored?.width;
    },

    /**
     * Where the server has pgvector and lets us use it, sees to the indexed column for vectors of this width
     * and fills it from the bytes. One process may do it at a time.
     */
    async prepare(wanted: number): Promise<void> {
      if (wanted > widest || !(await hasExtension(db))) return;
      if (!(await isIndexed(wanted))) await makeColumn(db, wanted);
      if (!(await isIndexed(wanted))) return;
      await fillColumn(db, model, wanted);
    },
  };
}
export type Vectors = ReturnType<typeof createVectors>;

/** Makes the extension where this user may, as its makers allow on many servers. */
async function hasExtension(db: Db): Promise<boolean> {
  const [found] = await db.sql<{ there: boolean; offered: boolean }>(
    `select exists (select from pg_extension where extname = 'vector') as there,
       exists (select from pg_available_extensions where name = 'vector') as offered`,
  );
  if (found?.there || !found?.offered) return found?.there === true;
  return db
    .attempt(() => db.sql('create extension if not exists vector'))
    .then(() => true)
    .catch(() => false);
}

/** Anew where a model of another width was before. */
const makeColumn = (db: Db, width: number) =>
  db.atomic(async () => {
    await db.sql('alter table passage_vector drop column if exists near');
    await db.sql(`alter table passage_vector add column near vector(${width})`);
    await db.sql(
      'create index passage_vector_near on passage_vector using hnsw (near vector_cosine_ops)',
    );
  });

const atOnce = 200;

/** What was stored before there was a column, or came out of a backup. */
async function fillColumn(db: Db, model: string, width: number): Promise<void> {
  for (;;) {
    const rows = await db.sql<{ id: number; bytes: Uint8Array }>(
      `select passage_id as id, "values" as bytes from passage_vector
       where near is null and model = $1 and length("values") = $2::int limit ${atOnce}`,
      model,
      width,
    );
    if (rows.length === 0) return;
    await db.sql(
      `update passage_vector p set near = v.near::vector
       from rows from (string_to_table($1, E'\\n'), string_to_table($2, E'\\n')) as v(id, near)
       where p.passage_id = v.id::int`,
      rows.map(({ id }) => id).join('\n'),
      rows.map(({ bytes }) => literalOf(fromBytes(bytes))).join('\n'),
    );
  }
}
