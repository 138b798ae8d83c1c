import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../../src/database/embedded.ts';
import { migrate } from '../../src/database/migrate.ts';
import { openLog } from '../../src/log.ts';
import { TEMPLATE } from './database.ts';

const PREFIX = 'xueban-test-';

/**
 * One server for the whole run, with the migrated database that every test file copies. It stops with
 * this process, also when that is interrupted; the folder is then removed by the next run.
 */
export default async function setUp(project: TestProject) {
  removeAbandoned();
  const dir = path.join(os.tmpdir(), `${PREFIX}${process.pid}`);
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
    },
  });
  const template = new URL(server.url);
  template.pathname = TEMPLATE;
  const client = new pg.Client(server.url);
  await client.connect();
  await client.query(`create database ${TEMPLATE}`);
  await client.end();
  await migrate(template.toString(), log);
  project.provide('databaseServer', server.url);
  return async () => {
    await server.stop();
    rmSync(dir, { recursive: true, force: true });
  };
}

function removeAbandoned() {
  for (const name of readdirSync(os.tmpdir())) {
    if (!name.startsWith(PREFIX) || isAlive(Number(name.slice(PREFIX.length)))) continue;
    rmSync(path.join(os.tmpdir(), name), { recursive: true, force: true });
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
  }
}
