import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { type Db, openDb } from '../../src/db.ts';

export const TEMPLATE = 'xueban_template';

export interface FreshDatabase {
  readonly url: string;
  readonly db: Db;
  /** Closes `db` and drops the database; call it in `afterAll`. */
  close(): Promise<void>;
}

/** A migrated, empty database of this test file's own. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await onServer(`create database ${name} template ${TEMPLATE}`);
  const url = databaseUrl(name);
  const db = openDb(url, { connections: 10 });
  return {
    url,
    db,
    async close() {
      await db.close();
      await onServer(`drop database ${name} with (force)`);
    },
  };
}

/** A database without any table; drop it with `dropDatabase`. */
export async function emptyDatabase(): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await onServer(`create database ${name}`);
  return databaseUrl(name);
}

export async function dropDatabase(url: string): Promise<void> {
  await onServer(`drop database ${new URL(url).pathname.slice(1)} with (force)`);
}

function databaseUrl(name: string): string {
  const url = new URL(inject('databaseServer'));
  url.pathname = name;
  return url.toString();
}

async function onServer(sql: string): Promise<void> {
  const client = new pg.Client(inject('databaseServer'));
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
