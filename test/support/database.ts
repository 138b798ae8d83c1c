import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { type Db, openDb } from '../../src/database/db.ts';

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
  const url = socketUrl(name);
  const db = openDb(url, { connections: 10 });
  db.pool.on('connect', askOneThing);
  return {
    url,
    db,
    async close() {
      await db.close();
      await onServer(`drop database ${name} with (force)`);
    },
  };
}

/**
 * Two questions at once on one connection wait for each other, and of those of one transaction nobody
 * says which comes first: here that is a mistake and fails the test.
 */
function askOneThing(connection: pg.PoolClient) {
  const ask = connection.query.bind(connection) as (...given: unknown[]) => unknown;
  let isBusy = false;
  const asking = async (...given: unknown[]) => {
    if (isBusy) throw new Error('a connection is asked one thing at a time');
    isBusy = true;
    try {
      return await ask(...given);
    } finally {
      isBusy = false;
    }
  };
  // With a callback the pool itself asks, and waits.
  const query = (...given: unknown[]) =>
    typeof given.at(-1) === 'function' ? ask(...given) : asking(...given);
  Object.assign(connection, { query });
}

/** A database without any table; drop it with `dropDatabase`. */
export async function emptyDatabase(): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await onServer(`create database ${name}`);
  return databaseUrl(name);
}

/** Another database with all that is in one to which nobody is connected; drop it with `dropDatabase`. */
export async function copyDatabase(of: string): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await onServer(`create database ${name} template ${new URL(of).pathname.slice(1)}`);
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

/** Of the same server, by its socket. */
function socketUrl(name: string): string {
  const url = new URL(databaseUrl(name));
  url.searchParams.set('host', inject('databaseSocket'));
  return url.toString();
}

async function onServer(sql: string): Promise<void> {
  const client = new pg.Client(socketUrl('postgres'));
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
