import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import os from 'node:os';
import { createInterface } from 'node:readline';
import type { Log } from '../../base/log.ts';
import type { Binaries } from './binaries.ts';
import { serverEnvironment } from './cluster.ts';
import type { ServerFolder } from './server-folder.ts';

/** A running PostgreSQL, direct child of this process. */
export interface Server {
  /** Settles when it has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Fast shutdown: open transactions are rolled back, everything committed is on disk. */
  stop(): Promise<void>;
}

/**
 * The shell becomes PostgreSQL. Beside it stays a watcher on our pipe: when this process is killed, the
 * pipe closes without the farewell line and the watcher shuts the server down. Forked twice, since
 * PostgreSQL must not find a child it does not know.
 */
const FOLLOW = `exec 3<&0
( ( read -r farewell <&3 || kill -INT $$ ) & ) >/dev/null 2>&1
exec 3<&-
exec "$@" </dev/null`;

// The index of a large library (1,000 statutes: 320 MB) is read all over for each question: what does not lie
// in the server's own memory takes twice as long. Only what is used is taken of the machine.
const bufferMb = Math.max(128, Math.min(512, Math.floor(os.totalmem() / 8 / 1024 ** 2)));

// Errors of single statements are reported where they are caught; here they would show people's words.
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
  max_connections: '100',
  // Else each 16 MB written hold up every commit until a new log file is full of zeros.
  wal_init_zero: 'off',
  shared_buffers: `${bufferMb}MB`,
};

/** Starts PostgreSQL and returns once it accepts connections; throws what it said when it does not. */
export async function launch(
  { data, base, account }: ServerFolder,
  { postgres }: Binaries,
  options: { port: number; log: Log; settings?: Record<string, string> },
): Promise<Server> {
  const settings = { ...SETTINGS, port: String(options.port), ...options.settings };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn('/bin/sh', ['-c', FOLLOW, 'postgres', postgres, '-D', data, ...flags], {
    ...account,
    cwd: base,
    env: serverEnvironment(),
    stdio: ['pipe', 'ignore', 'pipe'],
    // In a session of its own Ctrl-C does not reach it: it has to outlive the work in hand.
    detached: true,
  });
  const ended = once(child, 'exit').then(() => {
    child.stdin.end('farewell\n');
  });
  child.stdin.on('error', () => {});
  await untilReady(child, options.log);
  return {
    ended,
    async stop() {
      child.kill('SIGINT');
      await ended;
    },
  };
}

/** Reads the server's own log: kept from its first line on, for the case that it does not start. */
function untilReady(child: ChildProcess, log: Log): Promise<void> {
  const said: string[] = [];
  return new Promise((resolve, reject) => {
    if (!child.stderr) return;
    createInterface({ input: child.stderr }).on('line', (line) => {
      log.debug({ line }, 'postgres');
      if (said.length < 50) said.push(line);
      if (line.includes('ready to accept connections')) resolve();
    });
    child.once('error', reject);
    child.once('close', () => reject(new Error(reasonIn(said))));
  });
}

function reasonIn(said: string[]): string {
  const fatal = said.find((line) => /FATAL|PANIC|could not|error/.test(line));
  return fatal ?? said.at(-1) ?? 'it ended without a word';
}
