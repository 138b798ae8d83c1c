import type { Clock } from '../../base/clock.ts';
import type { Db } from '../../database/db.ts';
import type { PersonId } from '../../base/ids.ts';
import type { StoredData } from './types.ts';

/** Rows of `child` point to rows of `parent`: its columns to those, pair by pair. */
interface Pointer {
  child: string;
  parent: string;
  columns: string[];
  targets: string[];
}
type Row = Record<string, unknown>;

/** The one place where a person is named without a foreign key. */
const unmarked: Pointer[] = [
  { child: 'chat', parent: 'person', columns: ['owner_id'], targets: ['id'] },
];

/**
 * Reads everything that is stored about a person, from the database's own catalogue: every table that
 * points to the person, and every one that points to a row of theirs. So a table that is added later is
 * in it from its first day. Files that wait to be confirmed are named, not included.
 */
export function createEverything({ db, clock }: { db: Db; clock: Clock }) {
  const pointers = async (): Promise<Pointer[]> => {
    const names = (key: string, table: string) =>
      `array(select quote_ident(a.attname) from unnest(${key}) with ordinality k(n, i)
         join pg_attribute a on a.attrelid = ${table} and a.attnum = k.n order by k.i)`;
    const marked = await db.sql<Pointer>(
      `select conrelid::regclass::text as child, confrelid::regclass::text as parent,
         ${names('conkey', 'conrelid')} as columns, ${names('confkey', 'confrelid')} as targets
       from pg_constraint where contype = 'f' and connamespace = current_schema()::regnamespace
       order by 1, 3`,
    );
    return [...marked, ...unmarked];
  };

  async function rowsOf(table: string, conditions: string[], person: PersonId): Promise<Row[]> {
    const rows = await db.sql<{ row: Row }>(
      `select to_jsonb(t) - array(select attname::text from pg_attribute
         where attrelid = $2::regclass and atttypid = 'bytea'::regtype) as row
       from ${table} t where ${conditions.join(' or ')} order by 1`,
      person,
      table,
    );
    return rows.map(({ row }) => row);
  }

  /** What the numbers mean: names of the branches, groups and rounds that occur. */
  async function namesIn(rows: Row[]): Promise<StoredData['names']> {
    const ids = (column: string) => [
      ...new Set(rows.map((row) => row[column]).filter((id) => typeof id === 'number')),
    ];
    const named = async (sql: string, column: string) => {
      const found = await db.sql<{ id: number; name: string }>(sql, ids(column));
      return Object.fromEntries(found.map(({ id, name }) => [id, name]));
    };
    return {
      branch: await named(`select id, name from branch where id = any($1::int[])`, 'branch_id'),
      chat: await named(`select id, name from chat where id = any($1::int[])`, 'chat_id'),
      round: await named(
        `select id, '#' || number || ' ' || title as name from round where id = any($1::int[])`,
        'round_id',
      ),
    };
  }

  return async (person: PersonId): Promise<StoredData> => {
    const tables: Record<string, Row[]> = {};
    for (const [table, conditions] of conditionsOf(await pointers())) {
      const rows = await rowsOf(table, conditions, person);
      if (rows.length > 0) tables[table] = rows;
    }
    const [about] = await rowsOf('person', ['t.id = $1'], person);
    const names = await namesIn(Object.values(tables).flat());
    return { exportedAt: clock.now().toISOString(), person: about, tables, names };
  };
}

/** For each table what makes a row of it one about the person `$1`. */
function conditionsOf(pointers: Pointer[]): Map<string, string[]> {
  const direct = pointers.filter(({ parent }) => parent === 'person');
  const owned = new Set(
    direct.filter(({ columns }) => columns[0] === 'person_id').map(({ child }) => child),
  );
  const conditions = new Map([['pace', ["t.key = 'person:' || $1::int"]]]);
  const add = (table: string, condition: string) =>
    conditions.set(table, [...(conditions.get(table) ?? []), condition]);
  for (const { child, columns } of direct) add(child, `t.${columns[0]} = $1`);
  for (const { child, parent, columns, targets } of pointers) {
    if (!owned.has(parent)) continue;
    const joined = columns.map((column, i) => `o.${targets[i]} = t.${column}`).join(' and ');
    // Beside other conditions only an array lets the server use its indexes for all of them.
    add(
      child,
      columns.length === 1
        ? `t.${columns[0]} = any(array(select o.${targets[0]} from ${parent} o where o.person_id = $1))`
        : `exists (select from ${parent} o where o.person_id = $1 and ${joined})`,
    );
  }
  return conditions;
}
