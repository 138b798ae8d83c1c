import pg from 'pg';
import { type Finding, found } from '../base/doctor-finding.ts';
import { readMigrations } from './migrate.ts';
import { readStamp } from './stamp.ts';

/** The oldest PostgreSQL that the queue works on. */
const OLDEST = 13;

/** Looks at a database that lets us in: version, whose it is, and how far it has come. Changes nothing. */
export async function examineDatabase(url: string, app: string): Promise<Finding> {
  const client = new pg.Client({ connectionString: url, options: '-c timezone=UTC' });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('set default_transaction_read_only = on');
    return await examine(client, app);
  } finally {
    await client.end();
  }
}

async function examine(client: pg.Client, app: string): Promise<Finding> {
  const { rows } = await client.query<{ version: string; made: boolean; begun: boolean }>(
    `select current_setting('server_version') as version, to_regclass('stamp') is not null as made,
       to_regclass('_prisma_migrations') is not null as begun`,
  );
  const { version = '', made, begun } = rows[0] ?? {};
  if (Number.parseInt(version) < OLDEST) return found('DATABASE_OLD', { version, least: OLDEST });
  if (!begun) return found('DATABASE_EMPTY', { version });
  const theirs = made ? await readStamp(client) : undefined;
  if (theirs !== undefined && theirs !== app) {
    return found('DATABASE_OTHERS', { theirs, ours: app });
  }
  return progressOf(client, version);
}

async function progressOf(client: pg.Client, version: string): Promise<Finding> {
  const { rows } = await client.query<{ name: string }>(
    `select migration_name as name from _prisma_migrations
     where finished_at is not null and rolled_back_at is null`,
  );
  const done = new Set(rows.map(({ name }) => name));
  const known = readMigrations().map(({ name }) => name);
  const [newer] = [...done].filter((name) => !known.includes(name));
  if (newer) return found('DATABASE_NEWER', { name: newer });
  const waiting = known.filter((name) => !done.has(name)).length;
  if (waiting > 0) return found('DATABASE_BEHIND', { version, waiting });
  return found('DATABASE_GOOD', { version, migrations: done.size });
}
