import { setTimeout as pause } from 'node:timers/promises';
import { createApp } from './app.ts';
import { systemClock } from '../base/clock.ts';
import { type Config, readConfig, readEnvironment } from './config.ts';
import { openDatabase } from '../database/open.ts';
import { StartError } from '../base/errors.ts';
import { type Log, openLog } from '../base/log.ts';
import { createHttpServer } from '../server/server.ts';

/** Time for running requests and jobs to end when the process is told to stop. */
const PATIENCE = 10_000;
/** Time for the database to stop after that. */
const GRACE = 5_000;
/** For the sample conversation, so that whoever opens the page finds one. */
const OPENING = 15_000;

let log: Log | undefined;
let stopping: Promise<void> | undefined;
let askedAt = 0;
/** What has been started so far, newest last. */
const started: (() => Promise<void>)[] = [];

async function start() {
  const config = readConfig(readEnvironment(process.env));
  log = openLog(config.logLevel);
  const database = await openDatabase({
    url: config.databaseUrl,
    dataDir: config.dataDir,
    appId: config.feishu?.appId,
    log,
    onLost: fail,
  });
  started.push(() => database.close());
  const { db, url: databaseUrl } = database;
  const app = createApp(config, { db, databaseUrl, log, clock: systemClock });
  const server = createHttpServer({
    log,
    checks: app.checks,
    routers: app.routers,
    metricsToken: config.metricsToken,
  });
  const port = await server.listen(config.host, config.port);
  // Requests and jobs in hand end side by side, and both need the database.
  started.push(async () => {
    const ended = Promise.all([server.close(PATIENCE), app.stop()]);
    await Promise.race([ended, pause(PATIENCE, undefined, { ref: false })]);
  });
  await app.start(port);
  log.info({ host: config.host, port }, 'ready');
  if (config.feishu) return;
  await Promise.race([app.shown(), pause(OPENING, undefined, { ref: false })]);
  if (!stopping) announce(config, port);
}

function announce(config: Config, port: number) {
  const address = config.port === port ? config.publicUrl : `http://localhost:${port}`;
  process.stdout.write(`\nXueban is ready. Open ${address}/simulator/\n\n`);
}

/** Ends in the reverse order of the start, once, and leaves with `code`. */
function stop(code: number): Promise<void> {
  stopping ??= (async () => {
    const ended = (async () => {
      for (const end of started.reverse()) await end();
    })();
    await Promise.race([ended, pause(PATIENCE + GRACE, undefined, { ref: false })]);
    process.exit(code);
  })().catch((error: unknown) => {
    log?.fatal({ err: error }, 'Stopping failed');
    process.exit(1);
  });
  return stopping;
}

function fail(error: unknown) {
  if (error instanceof StartError) process.stderr.write(`${error.message}\n`);
  else if (log) log.fatal({ err: error }, 'This should not happen; the process ends');
  else process.stderr.write(`${String(error)}\n`);
  void stop(1);
}

/** The first signal stops the process in order, a later one at once. */
function onSignal(signal: string) {
  // From a terminal under npm one Ctrl-C arrives twice.
  if (stopping && performance.now() - askedAt < 1_000) return;
  if (stopping) process.exit(1);
  askedAt = performance.now();
  log?.info({ signal }, 'stopping');
  void stop(0);
}

process.on('SIGTERM', onSignal);
process.on('SIGINT', onSignal);
process.on('uncaughtException', fail);
await start().catch(fail);
