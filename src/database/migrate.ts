import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { StartError } from '../base/errors.ts';
import { sha256 } from '../base/hash.ts';
import type { Log } from '../base/log.ts';
import { projectRoot } from '../base/project-root.ts';

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

/** A migration that a database has run, as it stands in Prisma's table. */
export interface Recorded {
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
}

export const migrationsFolder = path.join(projectRoot, 'prisma', 'migrations');

/** Prisma's own lock number, so that its commands and this migrator wait for each other. */
export const MIGRATION_LOCK = 72_707_369;

const RECORD_TABLE = `create table if not exists _prisma_migrations (
  id varchar(36) primary key not null,
  checksum varchar(64) not null,
  finished_at timestamptz,
  migration_name varchar(255) not null,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz not null default now(),
  applied_steps_count integer not null default 0
)`;

/**
 * Brings the database up to the committed migrations, each in a transaction of its own. Several
 * processes may do this at once: one works, the others wait and find it done. The record is kept in
 * Prisma's form, so that `prisma migrate status` agrees.
 */
export async function migrate(url: string, log: Log, folder = migrationsFolder): Promise<void> {
  const client = new pg.Client({ connectionString: url, options: '-c timezone=UTC' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query(RECORD_TABLE);
    const { rows } = await client.query<Recorded>(
      'select * from _prisma_migrations where rolled_back_at is null',
    );
    const migrations = readMigrations(folder);
    refuseStrangeHistory(migrations, rows, 'The database');
    const done = new Set(rows.map((row) => row.migration_name));
    for (const migration of migrations) {
      if (done.has(migration.name)) continue;
      await apply(client, migration);
      log.info({ migration: migration.name }, 'Migration applied');
    }
  } finally {
    await client.end();
  }
}

/** The committed migrations, oldest first. */
export function readMigrations(folder = migrationsFolder): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const sql = readFileSync(path.join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: sha256(sql) };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Makes the tables as they were after these migrations, in the caller's transaction. */
export async function rebuild(client: pg.Client, recorded: Recorded[], whose: string) {
  const migrations = readMigrations();
  refuseStrangeHistory(migrations, recorded, whose);
  const wanted = new Set(recorded.map((each) => each.migration_name));
  await client.query(RECORD_TABLE);
  for (const migration of migrations) if (wanted.has(migration.name)) await run(client, migration);
}

function refuseStrangeHistory(migrations: Migration[], recorded: Recorded[], whose: string) {
  const known = new Map(migrations.map((migration) => [migration.name, migration.checksum]));
  for (const { migration_name: name, checksum, finished_at: finished } of recorded) {
    if (!known.has(name)) {
      throw new StartError(
        `${whose} is newer than this Xueban: it holds the migration ${name}. Update the program.`,
      );
    }
    if (!finished) {
      throw new StartError(
        `The migration ${name} failed half way. Repair the database, then run npx prisma migrate resolve.`,
      );
    }
    if (known.get(name) !== checksum) {
      throw new StartError(
        `${whose} has run another form of the migration ${name}. Use the program that made it.`,
      );
    }
  }
}

async function apply(client: pg.Client, migration: Migration) {
  await client.query('begin');
  try {
    await run(client, migration);
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback').catch(() => {});
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StartError(`The migration ${migration.name} failed and changed nothing: ${reason}`, {
      cause,
    });
  }
}

async function run(client: pg.Client, { name, sql, checksum }: Migration) {
  await client.query(sql);
  await client.query(
    `insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
     values ($1, $2, $3, now(), clock_timestamp(), 1)`,
    [randomUUID(), checksum, name],
  );
}
