import pg from 'pg';
import { StartError } from '../../base/errors.ts';
import { type KeptFile, type Part, writeParts } from './backup-file.ts';

export interface BackupOptions {
  url: string;
  /** Where it is written to; nothing may be there. */
  file: string;
  /** What of `DATA_DIR` goes along. */
  files: KeptFile[];
}

export interface Written {
  /** Whose data they are: an app's id, or `local`. */
  app: string;
  rows: number;
}

interface Source {
  name: string;
  columns: string[];
  /** Rows read at once: few of those that may be long. */
  batch: number;
}

// The column of pgvector is left out: it is computed from the column beside it, and the next server may lack pgvector.
// Done jobs are left out: they hold people's words that nobody needs. pg-boss makes the rest of its data again.
const TABLES = `
  select case when n.nspname = 'pgboss' then 'pgboss.' else '' end || c.relname as name,
    array_agg(a.attname::text order by a.attnum) as columns,
    case when bool_or(t.typname = 'bytea') and c.relname <> 'passage_vector' then 1 when bool_or(t.typname = 'jsonb') then 50 else 1000 end as batch
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
  join pg_type t on t.oid = a.atttypid
  where c.relkind in ('r', 'p') and not c.relispartition and t.typname <> 'vector'
    and (n.nspname = current_schema() and c.relname <> '_prisma_migrations'
      or n.nspname = 'pgboss' and c.relname in ('queue', 'job'))
  group by n.nspname, c.relname
  order by n.nspname = 'pgboss', c.relname = 'job', c.relname`;
const WAITING = `where state not in ('completed', 'cancelled')`;

/**
 * Writes all that a database holds into one file, as it stood at one moment, while others may go on
 * working in it. The file is read back before it gets its name.
 */
export async function writeBackup({ url, file, files }: BackupOptions): Promise<Written> {
  const client = new pg.Client({ connectionString: url, options: '-c timezone=UTC' });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read, read only');
    const app = await appIn(client);
    const written: Written = { app, rows: 0 };
    await writeParts(file, partsOf(client, files, written));
    return written;
  } finally {
    await client.end();
  }
}

async function appIn(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ there: boolean }>(
    `select to_regclass('stamp') is not null as there`,
  );
  const stamps = rows[0]?.there
    ? await client.query<{ app: string }>('select app from stamp')
    : undefined;
  const app = stamps?.rows[0]?.app;
  if (app) return app;
  throw new StartError('This database holds nothing of Xueban yet: there is nothing to back up.');
}

async function* partsOf(
  client: pg.Client,
  files: KeptFile[],
  written: Written,
): AsyncGenerator<Part> {
  const migrations = await client.query<{ name: string; checksum: string }>(
    `select migration_name as name, checksum from _prisma_migrations
     where finished_at is not null and rolled_back_at is null order by migration_name`,
  );
  const madeAt = new Date().toISOString();
  yield ['xueban backup', { format: 1, app: written.app, madeAt, migrations: migrations.rows }];
  const tables = await client.query<Source>(TABLES);
  for (const { batch, ...table } of tables.rows) {
    yield ['table', table];
    for await (const rows of rowsOf(client, table, batch)) {
      written.rows += rows.length;
      yield ['rows', table, rows];
    }
  }
  yield ['sequences', await sequencesIn(client)];
  for (const file of files) yield ['file', file];
  yield ['end', { rows: written.rows }];
}

async function* rowsOf(client: pg.Client, table: Omit<Source, 'batch'>, batch: number) {
  const columns = table.columns.map((name) => pg.escapeIdentifier(name)).join(', ');
  const which = table.name === 'pgboss.job' ? WAITING : '';
  await client.query(
    `declare rows no scroll cursor for
     select row_to_json(r)::text as line from (select ${columns} from ${table.name} ${which}) r`,
  );
  for (;;) {
    const { rows } = await client.query<{ line: string }>(`fetch ${batch} from rows`);
    if (rows.length === 0) break;
    yield rows.map(({ line }) => line);
  }
  await client.query('close rows');
}

/** Read last: sequences ignore the snapshot, and must not be behind the rows that were read. */
async function sequencesIn(client: pg.Client): Promise<Record<string, string>> {
  const { rows } = await client.query<{ name: string; last: string }>(
    `select sequencename as name, last_value::text as last from pg_sequences
     where schemaname = current_schema() and last_value is not null`,
  );
  return Object.fromEntries(rows.map(({ name, last }) => [name, last]));
}
