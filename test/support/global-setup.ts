import { mkdirSync, readFileSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../../src/database/embedded/embedded.ts';
import { systemClock } from '../../src/base/clock.ts';
import { migrate } from '../../src/database/migrate.ts';
import { must } from '../../src/base/errors.ts';
import { openDb } from '../../src/database/db.ts';
import { createQueue } from '../../src/queue/queue.ts';
import { openLog } from '../../src/base/log.ts';
import { TEMPLATE } from './database.ts';
import { compileProgram } from './program.ts';

const PREFIX = 'xueban-test-';

// Each test's database is some 500 new files: on a disk they take ten times as long as in memory.
const memory = '/dev/shm';
const room = 2 * 1024 ** 3;
const place = hasRoom(memory) ? memory : os.tmpdir();

/**
 * One server for the whole run, with the migrated database that every test file copies. It stops with
 * this process, also when that is interrupted; the folder is then removed by the next run.
 */
export default async function setUp(project: TestProject) {
  removeAbandoned();
  await compileProgram();
  const dir = path.join(place, `${PREFIX}${process.pid}`);
  mkdirSync(dir, { recursive: true });
  const log = openLog('silent');
  const server = await startEmbedded({
    dir,
    log,
    onLost: (error) => {
      throw error;
    },
    // Nothing here has to survive a power failure.
    settings: {
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      max_connections: '200',
      max_wal_size: '256MB',
      // No test lasts so long that its rows need it.
      autovacuum: 'off',
      // Whoever asks the queue's tables for the time is told that of the test.
      'pgboss.test_clock': 'on',
      // In the folder of the data, which nobody else can enter.
      unix_socket_directories: '.',
    },
  });
  const template = new URL(server.url);
  template.pathname = TEMPLATE;
  const client = new pg.Client(server.url);
  await client.connect();
  await client.query(`create database ${TEMPLATE}`);
  const socket = await openSocket(client);
  await client.end();
  await migrate(template.toString(), log);
  await makeLanes(template.toString());
  project.provide('databaseServer', server.url);
  project.provide('databaseSocket', socket);
  return async () => {
    await server.stop();
    rmSync(dir, { recursive: true, force: true });
  };
}

/** The queue's own tables as well: made for every test anew they would cost as much as a fast test. */
async function makeLanes(url: string) {
  const db = openDb(url, { connections: 2 });
  const boss = { connectionString: url, max: 2 };
  const queue = createQueue({ db, clock: systemClock, log: openLog('silent'), boss });
  await queue.open();
  await queue.stop();
  await db.close();
}

/**
 * The folder of a socket that asks for no password. Tests open thousands of connections, and to enter with a
 * password over TCP costs four times as much.
 */
async function openSocket(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ file: string; folder: string }>(
    "select current_setting('hba_file') as file, current_setting('data_directory') as folder",
  );
  const { file, folder } = must(rows[0]);
  writeFileSync(file, `local all all trust\n${readFileSync(file, 'utf8')}`);
  await client.query('select pg_reload_conf()');
  return folder;
}

function removeAbandoned() {
  for (const name of readdirSync(place)) {
    if (!name.startsWith(PREFIX) || isAlive(Number(name.slice(PREFIX.length)))) continue;
    rmSync(path.join(place, name), { recursive: true, force: true });
  }
}

function hasRoom(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize > room;
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

declare module 'vitest' {
  export interface ProvidedContext {
    databaseServer: string;
    /** The folder of its socket, where it asks for no password. */
    databaseSocket: string;
  }
}
