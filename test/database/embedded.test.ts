import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { findBinaries } from '../../src/database/embedded/binaries.ts';
import { serverEnvironment } from '../../src/database/embedded/cluster.ts';
import { type Embedded, startEmbedded } from '../../src/database/embedded/embedded.ts';
import { prepareServerFolder } from '../../src/database/embedded/server-folder.ts';
import { openLog } from '../../src/base/log.ts';

const log = openLog('silent');

let dir: string;
let server: Embedded | undefined;

beforeAll(async () => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'embedded-'));
  chmodSync(dir, 0o755);
  const { url, stop } = await start();
  await ask(url, 'create table kept as select 42 as answer');
  await stop();
});

afterEach(async () => {
  await server?.stop();
  server = undefined;
});

afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function start(): Promise<Embedded> {
  server = await startEmbedded({
    dir,
    log,
    onLost: (error) => {
      throw error;
    },
  });
  return server;
}

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client(url);
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

const kept = (url: string) => ask(url, 'select answer from kept');

function serverPid(): number {
  return Number(readFileSync(path.join(dir, 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);
}

/** A process that has ended but was not yet collected by the system counts as gone. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || readFileSync(`/proc/${pid}/cmdline`).length > 0;
  } catch {
    return false;
  }
}

/** Another process with the database open, as a second Xueban would be. */
async function hold(): Promise<ChildProcessByStdio<null, Readable, null>> {
  const script = path.join(import.meta.dirname, '../support/hold-database.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, dir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}

async function kill(child: ChildProcess) {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

it('keeps its data over a restart, and leaves no process behind when it stops', async () => {
  const { url, stop } = await start();
  const pid = serverPid();
  expect(await kept(url)).toEqual([{ answer: 42 }]);
  await stop();
  await expect.poll(() => isAlive(pid)).toBe(false);
});

it('lets nobody in without the password, which only its owner can read', async () => {
  const { url } = await start();
  const wrong = new URL(url);
  wrong.password = 'guessed';
  await expect(kept(wrong.toString())).rejects.toThrow('password authentication failed');
  expect(statSync(path.join(dir, 'password')).mode & 0o777).toBe(0o600);
});

it('listens on the loopback only, speaks UTF-8 and sorts by code point', async () => {
  const { url } = await start();
  const [settings] = await ask(
    url,
    `select current_setting('listen_addresses') as host, current_setting('server_encoding') as encoding,
      datcollate as collation from pg_database where datname = current_database()`,
  );
  expect(settings).toEqual({ host: '127.0.0.1', encoding: 'UTF8', collation: 'C' });
});

it('refuses a second process on the same folder, and the first goes on', async () => {
  const other = await hold();
  await expect(start()).rejects.toThrow('Another Xueban process is running on this DATA_DIR.');
  expect(isAlive(serverPid())).toBe(true);
  await kill(other);
});

it('starts again at once after its process was killed, and nothing stays behind', async () => {
  const other = await hold();
  const pid = serverPid();
  await kill(other);
  const { url } = await start();
  expect(await kept(url)).toEqual([{ answer: 42 }]);
  await expect.poll(() => isAlive(pid)).toBe(false);
});

it('stops a server that nobody owns any more', async () => {
  const home = prepareServerFolder(dir, log);
  const orphan = spawn(
    findBinaries(home).postgres,
    ['-D', home.data, '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    {
      ...home.account,
      cwd: home.base,
      env: { ...serverEnvironment(), PGPORT: '54329' },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  await once(orphan.stderr, 'data');
  const gone = once(orphan, 'exit');
  const { url } = await start();
  await gone;
  expect(await kept(url)).toEqual([{ answer: 42 }]);
});

it('brings the server back when it ends by itself', async () => {
  const { url } = await start();
  const pid = serverPid();
  process.kill(pid, 'SIGQUIT');
  await expect
    .poll(() => kept(url).catch(() => 'down'), { timeout: 15_000 })
    .toEqual([{ answer: 42 }]);
  await expect.poll(() => isAlive(pid)).toBe(false);
});
