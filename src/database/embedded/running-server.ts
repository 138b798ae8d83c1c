import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { StartError } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import type { UrlAt } from './cluster.ts';
import type { ServerFolder } from './server-folder.ts';

/** The advisory lock a process holds while the embedded server is its own. */
export const OWNERSHIP = 7_233_001;
const PATIENCE = 15_000;

/**
 * Stops a server that a killed process left behind, so that a new one can start. Throws a `StartError` where
 * another living process uses it.
 */
export async function stopAbandonedServer(folder: ServerFolder, urlAt: UrlAt, log: Log) {
  const deadline = Date.now() + PATIENCE;
  let unused = 0;
  for (let found = runningServer(folder); found; found = runningServer(folder)) {
    if (Date.now() > deadline) {
      throw new StartError(
        `An older PostgreSQL (process ${found.pid}) does not leave ${folder.data}.`,
      );
    }
    // Asked twice: a server that has just started gets its owner a moment later.
    const owner = await ownerOf(urlAt(found.port, 'postgres'));
    if (owner === 'another') {
      throw new StartError(
        'Another Xueban process is running on this DATA_DIR. Stop it first, or give this one a DATA_DIR of its own.',
      );
    }
    unused = owner === 'none' ? unused + 1 : 0;
    if (unused === 2) {
      log.warn({ pid: found.pid }, 'Stopping the PostgreSQL that an earlier run left behind');
      interrupt(found.pid);
    }
    await pause(150);
  }
}

/** Our database on the server that another living process uses; undefined when none does. */
export async function findServerInUse(
  folder: ServerFolder,
  urlAt: UrlAt,
): Promise<string | undefined> {
  const deadline = Date.now() + PATIENCE;
  for (let unused = 0; unused < 2 && Date.now() < deadline; await pause(150)) {
    const found = runningServer(folder);
    if (!found) return undefined;
    const owner = await ownerOf(urlAt(found.port, 'postgres'));
    if (owner === 'another') return urlAt(found.port);
    if (owner === 'none') unused += 1;
  }
  return undefined;
}

function interrupt(pid: number) {
  try {
    process.kill(pid, 'SIGINT');
  } catch {
    // It has just ended by itself.
  }
}

/** The server that works on our data, by its own pid file; the pid file of a dead one is removed. */
function runningServer({ data }: ServerFolder): { pid: number; port: number } | undefined {
  const note = path.join(data, 'postmaster.pid');
  const [pid, folder, , port] = readLines(note);
  if (!pid || !folder) return undefined;
  if (commandOf(Number(pid)).includes(folder)) return { pid: Number(pid), port: Number(port) };
  // After a reboot the number may be another program's, which PostgreSQL would take for a server.
  rmSync(note, { force: true });
  return undefined;
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}

function commandOf(pid: number): string {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

/** Who uses this server; undefined between its start and its stop: ask again. */
async function ownerOf(url: string): Promise<'none' | 'another' | undefined> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return (await takeOwnership(client)) ? 'none' : 'another';
  } catch {
    return undefined;
  } finally {
    await client.end().catch(() => {});
  }
}

/** True when the lock is now this connection's, until it ends. */
export async function takeOwnership(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ mine: boolean }>(
    'select pg_try_advisory_lock($1) as mine',
    [OWNERSHIP],
  );
  return rows[0]?.mine === true;
}
