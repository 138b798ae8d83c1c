import pg from 'pg';
import { StartError } from '../../base/errors.ts';
import { type Head, type KeptFile, readParts, type Table } from './backup-file.ts';
import { MIGRATION_LOCK, rebuild } from '../migrate.ts';
import { LOCAL_APP } from '../stamp.ts';

export interface RestoreOptions {
  url: string;
  /** Checked before. */
  file: string;
  head: Head;
  /** The statements that make the queue's own tables. */
  queueSchema: string;
}

export interface Restored {
  rows: number;
  /** What came along of `DATA_DIR`, for the caller to put in its place. */
  files: KeptFile[];
}

/** Refuses a backup of another app. */
export function checkOwner({ app }: Head, ours: string) {
  if (app === ours) return;
  const whose = (name: string) => (name === LOCAL_APP ? 'local mode' : `the app ${name}`);
  throw new StartError(
    `This backup is of ${whose(app)}, but the settings are those of ${whose(ours)}. Set FEISHU_APP_ID ${
      app === LOCAL_APP ? 'to nothing' : `to ${app}`
    }.`,
  );
}

/**
 * Fills an empty database from a backup, in one transaction: all of it or nothing. The tables are those of
 * the version that made the backup; the next start brings them up to date.
 */
export async function restoreBackup({ url, file, head, queueSchema }: RestoreOptions) {
  const client = new pg.Client({ connectionString: url, options: '-c timezone=UTC' });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    await refuseUsed(client);
    await makeTables(client, head, queueSchema);
    const restored = await fill(client, file);
    await client.query('commit');
    await client.query('analyze');
    return restored;
  } catch (error) {
    if (error instanceof StartError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(`The backup was not restored and nothing was changed: ${reason}.`, {
      cause: error,
    });
  } finally {
    await client.end().catch(() => {});
  }
}

/** Tables of extensions are not data. */
async function refuseUsed(client: pg.Client) {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in (current_schema(), 'pgboss') and c.relkind in ('r', 'p')
       and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')`,
  );
  if (rows.length === 0) return;
  const [stamp] = rows.some(({ name }) => name === 'stamp')
    ? (await client.query<{ app: string }>('select app from stamp')).rows
    : [];
  const whose = stamp ? `data of ${stamp.app === LOCAL_APP ? 'local mode' : stamp.app}` : 'tables';
  throw new StartError(
    `The database holds ${whose} already, and a backup is restored into an empty one only. Use another DATA_DIR or DATABASE_URL.`,
  );
}

async function makeTables(client: pg.Client, { migrations }: Head, queueSchema: string) {
  const recorded = migrations.map(({ name, checksum }) => {
    return { migration_name: name, checksum, finished_at: new Date() };
  });
  await rebuild(client, recorded, 'The backup');
  await client.query(queueSchema);
}

async function fill(client: pg.Client, file: string): Promise<Restored> {
  const restored: Restored = { rows: 0, files: [] };
  const tieAgain = await untie(client);
  for await (const part of readParts(file)) {
    if (part[0] === 'table') await client.query(`delete from ${part[1].name}`);
    if (part[0] === 'rows') restored.rows += await insert(client, part[1], part[2]);
    if (part[0] === 'sequences') await setSequences(client, part[1]);
    if (part[0] === 'file') restored.files.push(part[1]);
  }
  await tieAgain();
  return restored;
}

/** Takes foreign keys and triggers off our tables, so that their order does not matter. */
async function untie(client: pg.Client) {
  const { rows } = await client.query<{ owner: string; name: string; rule: string }>(
    `select conrelid::regclass::text as owner, quote_ident(conname) as name, pg_get_constraintdef(oid) as rule
     from pg_constraint where contype = 'f' and connamespace = current_schema()::regnamespace`,
  );
  const triggers = await client.query<{ owner: string }>(
    `select distinct tgrelid::regclass::text as owner from pg_trigger t join pg_class c on c.oid = t.tgrelid
     where not tgisinternal and c.relnamespace = current_schema()::regnamespace`,
  );
  for (const { owner, name } of rows) {
    await client.query(`alter table ${owner} drop constraint ${name}`);
  }
  for (const { owner } of triggers.rows) {
    await client.query(`alter table ${owner} disable trigger user`);
  }
  return async () => {
    for (const { owner, name, rule } of rows) {
      await client.query(`alter table ${owner} add constraint ${name} ${rule}`);
    }
    for (const { owner } of triggers.rows) {
      await client.query(`alter table ${owner} enable trigger user`);
    }
  };
}

/** Columns of the queue that its present version no longer has are left out. */
async function insert(client: pg.Client, { name, columns }: Table, lines: string[]) {
  const { rows } = await client.query<{ name: string }>(
    `select attname as name from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attname = any($2)`,
    [name, columns],
  );
  const there = rows.map((each) => pg.escapeIdentifier(each.name)).join(', ');
  const { rowCount } = await client.query(
    `insert into ${name} (${there}) select ${there} from json_populate_recordset(null::${name}, $1::json)`,
    [`[${lines.join(',')}]`],
  );
  return rowCount ?? 0;
}

async function setSequences(client: pg.Client, sequences: Record<string, string>) {
  for (const [name, last] of Object.entries(sequences)) {
    await client.query('select setval($1::regclass, $2::bigint)', [name, last]);
  }
}
