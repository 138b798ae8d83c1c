import { createServer } from 'node:net';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { StartError } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import { type Binaries, findBinaries } from './binaries.ts';
import { prepareCluster, urlsWith } from './cluster.ts';
import { type ServerFolder, prepareServerFolder } from './server-folder.ts';
import { stopAbandonedServer, takeOwnership } from './running-server.ts';
import { launch, type Server } from './process.ts';

export interface Embedded {
  readonly url: string;
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** The folder for the server's data, password and, where needed, programs. */
  dir: string;
  log: Log;
  /** Told when the server ended by itself and could not be started again. */
  onLost: (error: Error) => void;
  /** More PostgreSQL settings. */
  settings?: Record<string, string>;
}

/** A server that fails more often than this in a row is not started again. */
const RESTARTS = 3;

/**
 * Starts the PostgreSQL that comes with Xueban and keeps it running until `stop`. One process at a
 * time: a second one on the same folder gets a `StartError`.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { dir, log, settings } = options;
  const folder = prepareServerFolder(dir, log);
  const binaries = findBinaries(folder);
  const urlAt = urlsWith(prepareCluster(folder, binaries));
  await stopAbandonedServer(folder, urlAt, log);
  const { port, server } = await launchOnFreePort(folder, binaries, { log, settings });
  const enter = () => claim(urlAt(port, 'postgres'), urlAt(port));
  const stop = keepRunning(
    await entered(server, enter),
    async () => entered(await launch(folder, binaries, { port, log, settings }), enter),
    options,
  );
  return { url: urlAt(port), stop };
}

interface Owned {
  server: Server;
  owner: pg.Client;
}

async function entered(server: Server, enter: () => Promise<pg.Client>): Promise<Owned> {
  try {
    return { server, owner: await enter() };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** The connection that marks the server as ours for as long as it stands; makes the database too. */
async function claim(master: string, url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: master, application_name: 'xueban owner' });
  const name = new URL(url).pathname.slice(1);
  client.on('error', () => {});
  await client.connect();
  await own(client);
  const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
  if (!rowCount) await client.query(`create database ${name}`);
  return client;
}

/** A process that only looks whether the server is used holds the lock for a moment. */
async function own(client: pg.Client) {
  for (let tries = 0; tries < 20; tries++) {
    if (await takeOwnership(client)) return;
    await pause(100);
  }
  throw new StartError('Another Xueban process took the embedded database. Start one at a time.');
}

type LaunchOptions = Pick<EmbeddedOptions, 'log' | 'settings'>;

/** The port is free when it is chosen. If another program takes it first, the next port is tried. */
async function launchOnFreePort(folder: ServerFolder, binaries: Binaries, options: LaunchOptions) {
  for (let tries = 1; ; tries++) {
    const port = await freePort();
    try {
      return { port, server: await launch(folder, binaries, { ...options, port }) };
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      if (tries < 3 && reason.includes('could not bind')) continue;
      throw new StartError(`The embedded database does not start: ${reason}`, { cause });
    }
  }
}

async function freePort(): Promise<number> {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  listener.close();
  await once(listener, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

/** Starts the server again when it ends by itself. Returns the function that ends it for good. */
function keepRunning(first: Owned, again: () => Promise<Owned>, options: EmbeddedOptions) {
  let current: Owned | undefined = first;
  let stopping: Promise<void> | undefined;
  const watch = async ({ server, owner }: Owned) => {
    await server.ended;
    await owner.end().catch(() => {});
    if (stopping) return;
    options.log.error('The embedded database ended by itself; it is started again');
    current = undefined;
    restarting = restart();
    await restarting;
  };
  const restart = async () => {
    for (let tries = 1; !stopping; tries++) {
      try {
        current = await again();
        watching = watch(current);
        return;
      } catch (error) {
        if (tries === RESTARTS) {
          options.onLost(error as Error);
          return;
        }
        await pause(500 * tries);
      }
    }
  };
  let restarting: Promise<void> = Promise.resolve();
  let watching = watch(first);
  const end = async () => {
    await restarting;
    await current?.owner.end().catch(() => {});
    await current?.server.stop();
    await watching;
  };
  return () => {
    stopping ??= end();
    return stopping;
  };
}
