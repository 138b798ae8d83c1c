import type pg from 'pg';
import { must } from '../../src/base/errors.ts';
import type { Db } from '../../src/database/db.ts';
import { freshDatabase, type FreshDatabase } from './database.ts';

export interface LentDatabase {
  readonly url: string;
  /** Ten connections of it are open, so that what is done at once truly meets in the database. */
  readonly db: Db;
  /** Takes it back: whoever still asks it something then gets an error. */
  close(after: { failed: boolean }): Promise<void>;
}

/** What a fresh database is: the names of its tables, the rows that are in it, and how it is made. */
interface Fresh {
  tables: readonly string[];
  /** Each table that is not empty, with its rows as JSON. */
  rows: readonly { table: string; rows: string }[];
  form: string;
}
interface Lent extends FreshDatabase {
  uses: number;
}

const connections = 10;
/** Deleted rows stay in the files, and what reads through them gets slower. */
const mostUses = 30;
const mostRows = 2_000;

const free: Lent[] = [];
let fresh: Fresh | undefined;

/**
 * A migrated, empty database for one test. To make one and to open its connections costs more than most
 * tests; so it is emptied and lent again, unless something of the test may still be in it.
 */
export async function lendDatabase(): Promise<LentDatabase> {
  const own = free.pop() ?? { ...(await freshDatabase()), uses: 0 };
  fresh ??= await look(own.db);
  own.uses += 1;
  if (own.db.pool.totalCount < connections) await open(own.db);
  // What a test puts into its place is gone with it.
  const db = Object.create(own.db) as Db;
  return {
    url: own.url,
    db,
    async close({ failed }) {
      end(db);
      if (!failed && own.uses < mostUses && isQuiet(own.db) && (await isEmptied(own.db)))
        free.push(own);
      else await own.close();
    },
  };
}

const open = (db: Db) =>
  Promise.all(Array.from({ length: connections }, () => db.atomic(() => db.sql('select 1'))));

function end(db: Db) {
  const ended = () => {
    throw new Error('the test of this database is over');
  };
  for (const name of ['client', 'pool', 'door', 'isAtomic'] as const)
    Object.defineProperty(db, name, { get: ended });
  for (const name of ['sql', 'atomic', 'attempt', 'afterCommit'] as const)
    Object.defineProperty(db, name, { value: () => Promise.resolve().then(ended) });
}

const isQuiet = ({ pool, door }: Db) =>
  [pool, door].every((each) => each.waitingCount === 0 && each.idleCount === each.totalCount);

/** False where it cannot be lent again: it has another form, somebody is in it, or there was much in it. */
async function isEmptied(db: Db): Promise<boolean> {
  const connection = await db.pool.connect();
  try {
    const { form, isUsed } = await stateOf(connection);
    return form === must(fresh).form && !isUsed && (await isEmptiedBy(connection));
  } catch {
    return false;
  } finally {
    connection.release();
  }
}

async function isEmptiedBy(connection: pg.PoolClient): Promise<boolean> {
  const { tables, rows } = must(fresh);
  const filled = await filledOf(connection, tables);
  const deletes = filled.map((table) => `delete from ${table}`);
  const inserts = rows.map(
    ({ table, rows: all }) =>
      `insert into ${table} select * from json_populate_recordset(null::${table}, ${quoted(all)})`,
  );
  const statements = [
    // No trigger and no foreign key is asked.
    'begin; set local session_replication_role = replica',
    ...[...deletes, ...inserts],
    `select setval(format('%I.%I', schemaname, sequencename), start_value, false)
     from pg_sequences where last_value is not null`,
    'commit',
  ];
  // The driver's types know one answer for one question only.
  const answers = (await connection.query(statements.join(';'))) as unknown as pg.QueryResult[];
  const deleted = answers
    .filter(({ command }) => command === 'DELETE')
    .reduce((sum, { rowCount }) => sum + (rowCount ?? 0), 0);
  return deleted <= mostRows;
}

async function filledOf(connection: pg.PoolClient, tables: readonly string[]): Promise<string[]> {
  const text = tables
    .map((table) => `select '${table}' as name where exists (select from ${table})`)
    .join(' union all ');
  const { rows } = await connection.query<{ name: string }>({ name: 'filled', text });
  return rows.map(({ name }) => name);
}

async function look(db: Db): Promise<Fresh> {
  const connection = await db.pool.connect();
  try {
    const { rows: all } = await connection.query<{ name: string }>(
      `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname in ('public', 'pgboss') and c.relkind = 'r' and not relispartition
          or c.oid = 'pgboss.job'::regclass order by 1`,
    );
    const tables = all.map(({ name }) => name);
    const rows = [];
    for (const table of await filledOf(connection, tables)) {
      const { rows: found } = await connection.query<{ rows: string }>(
        `select json_agg(t)::text as rows from ${table} t`,
      );
      rows.push({ table, rows: must(found[0]).rows });
    }
    return { tables, rows, form: (await stateOf(connection)).form };
  } finally {
    connection.release();
  }
}

/** Which tables, columns, triggers and functions there are, and whether any lock is kept. */
async function stateOf(connection: pg.PoolClient) {
  const { rows } = await connection.query<{ form: string; isUsed: boolean }>({
    name: 'state',
    text: `select concat_ws(' ',
      (select md5(string_agg(concat(relname, relnatts), ',' order by oid)) from pg_class
       where relnamespace in ('public'::regnamespace, 'pgboss'::regnamespace)
         and relname not like '\\_\\_pgboss\\_test\\_clock%'),
      (select count(*) from pg_attribute where attisdropped),
      (select count(*) from pg_trigger), (select count(*) from pg_proc)) as form,
      exists (select from pg_locks where locktype = 'advisory'
        and database = (select oid from pg_database where datname = current_database())) as "isUsed"`,
  });
  return must(rows[0]);
}

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
