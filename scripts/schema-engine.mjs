#!/usr/bin/env node
/**
 * Stands in for the schema engine that Prisma's commands would download: the same JSON-RPC on stdin
 * and stdout, answered by the WebAssembly build of that engine over a plain PostgreSQL connection.
 * `prisma.config.ts` names it, so `prisma generate`, `migrate` and `db` work with no binary at all.
 */
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import readline from 'node:readline';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import pg from 'pg';

/** The command line Prisma starts its engine with; unknown flags take one value each. */
function readArguments(argv) {
  const read = { schemas: [], url: undefined, words: [] };
  for (let i = 0; i < argv.length; i++) {
    if (argv[i] === '--datamodels') read.schemas.push(argv[++i]);
    else if (argv[i] === '--datasource') read.url = JSON.parse(argv[++i]).url;
    else if (argv[i].startsWith('--') && argv[i] !== '--version') i++;
    else read.words.push(argv[i]);
  }
  return read;
}

const databaseOf = (url) => decodeURIComponent(new URL(url).pathname.slice(1));

function withDatabase(url, database) {
  const other = new URL(url);
  other.pathname = `/${encodeURIComponent(database)}`;
  return other.toString();
}

async function run(url, sql) {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** The engine's one-shot commands, asked for as `cli <command>`: the exit code is the answer. */
async function runCommand(command, url) {
  const name = pg.escapeIdentifier(databaseOf(url));
  const maintenance = withDatabase(url, 'postgres');
  const commands = {
    'can-connect-to-database': () => run(url, 'select 1'),
    'create-database': () => run(maintenance, `create database ${name}`),
    'drop-database': () => run(maintenance, `drop database ${name}`),
  };
  try {
    await commands[command]();
  } catch (error) {
    // Prisma reads this line, and makes the missing database itself on P1003.
    const fields = {
      error_code: error.code === '3D000' ? 'P1003' : 'P1001',
      message: error.message,
    };
    const line = { level: 'ERROR', target: 'schema_engine::logger', fields };
    process.stderr.write(`\n${JSON.stringify(line)}\n`);
    process.exitCode = 1;
  }
}

/** `"char"`, as the catalogue uses it, which the adapter does not know, and a type that it does. */
const CHAR = 18;
const TEXT = 25;

/** Asks through the adapter, with columns of the unknown type shown to it as text. */
async function queryRaw(adapter, query) {
  const chars = [];
  const performIO = async (asked) => {
    const result = await adapter.performIO(asked);
    result.fields.forEach((field, column) => {
      if (field.dataTypeID !== CHAR) return;
      field.dataTypeID = TEXT;
      chars.push(column);
    });
    return result;
  };
  const translating = Object.create(adapter, { performIO: { value: performIO } });
  const answered = await Object.getPrototypeOf(adapter).queryRaw.call(translating, query);
  for (const column of chars) answered.columnTypes[column] = ColumnTypeEnum.Character;
  return answered;
}

async function openAdapter(url) {
  const pool = new pg.Pool({ connectionString: url, max: 2, options: '-c timezone=UTC' });
  const schema = new URL(url).searchParams.get('schema') ?? undefined;
  const adapter = await new PrismaPg(pool, { schema, disposeExternalPool: true }).connect();
  adapter.queryRaw = (query) => queryRaw(adapter, query);
  // The adapter would cut a script at every semicolon, also inside strings and functions.
  adapter.executeScript = async (script) => {
    await pool.query(script).catch((error) => adapter.onError(error));
  };
  adapter.dispose = () => pool.end();
  return adapter;
}

/** A database that exists while the engine replays the migrations in it. */
async function openShadow(url) {
  const database = `prisma_shadow_${randomUUID().replaceAll('-', '')}`;
  const name = pg.escapeIdentifier(database);
  await run(url, `create database ${name}`);
  const adapter = await openAdapter(withDatabase(url, database));
  const close = adapter.dispose;
  // The adapter's own shadow database is dropped while its pool is still open, which fails.
  adapter.dispose = async () => {
    await close();
    await run(url, `drop database if exists ${name} with (force)`);
  };
  return adapter;
}

/**
 * Comparing two schemas needs no database, but the engine asks for one's version before anything
 * else. This answers that one question.
 */
function paperAdapter() {
  const { Boolean, Text, Int32 } = ColumnTypeEnum;
  const refuse = () => Promise.reject(new Error('This command needs a database.'));
  return {
    provider: 'postgres',
    adapterName: 'paper',
    queryRaw: async () => ({
      columnNames: ['exists', 'version', 'numeric_version'],
      columnTypes: [Boolean, Text, Int32],
      rows: [[true, 'PostgreSQL 18.0', 180000]],
    }),
    executeRaw: refuse,
    executeScript: refuse,
    startTransaction: refuse,
    getConnectionInfo: () => ({ schemaName: 'public', supportsRelationJoins: true }),
    underlyingDriver: () => undefined,
    dispose: async () => {},
  };
}

/** The engine's glue code, wired by hand: its own entry point wants a bundler. */
async function loadGlue() {
  const require = createRequire(import.meta.url);
  const entry = require.resolve('@prisma/schema-engine-wasm');
  const binary = fs.readFileSync(entry.replace(/schema_engine\.js$/, 'schema_engine_bg.wasm'));
  const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  globalThis.PRISMA_WASM_PANIC_REGISTRY = {
    set_message: (message) => process.stderr.write(`${message}\n`),
  };
  const { instance } = await WebAssembly.instantiate(binary, { './schema_engine_bg.js': glue });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return glue;
}

/** Finds the engine for a request: on paper to compare schemas, else on the database at `url`. */
async function loadEngines({ url, schemas }) {
  const glue = await loadGlue();
  const datamodels = schemas.map((file) => [file, fs.readFileSync(file, 'utf8')]);
  const options = { datamodels: datamodels.length > 0 ? datamodels : undefined };
  const onPaper = async () => paperAdapter();
  const engines = new Map();
  return ({ method, params }) => {
    const offline = ['empty', 'schemaDatamodel'];
    const paper =
      method === 'diff' && [params.from, params.to].every(({ tag }) => offline.includes(tag));
    if (engines.has(paper)) return engines.get(paper);
    const factory = bindMigrationAwareSqlAdapterFactory({
      provider: 'postgres',
      adapterName: '@prisma/adapter-pg',
      connect: paper ? onPaper : () => openAdapter(url),
      connectToShadowDb: paper ? onPaper : () => openShadow(url),
    });
    engines.set(
      paper,
      glue.SchemaEngine.new(options, () => {}, factory),
    );
    return engines.get(paper);
  };
}

const send = (message) =>
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);

/** A failure in the form that Prisma's commands print. */
function failure(error) {
  const message = String(error?.message ?? error);
  const data = { is_panic: false, message, meta: null, error_code: error?.code };
  return { code: 4466, message, data };
}

async function answer(request, engineFor) {
  try {
    const engine = await engineFor(request);
    const method = request.method === 'getDatabaseVersion' ? 'version' : request.method;
    // This build opens no shadow database here, but remembers what an earlier question found in one.
    if (method === 'evaluateDataLoss') await engine.devDiagnostic(request.params);
    const result = await engine[method](request.params);
    // The binary prints a diff through the client it talks to; this build hands it back.
    if (request.method === 'diff' && result?.stdout) {
      send({ id: randomUUID(), method: 'print', params: { content: result.stdout } });
    }
    send({ id: request.id, result: result ?? {} });
  } catch (error) {
    send({ id: request.id, error: failure(error) });
  }
}

/** Answers requests one at a time, in order, until stdin ends. */
async function serve(options) {
  let pending;
  // A panic inside the engine is thrown past its promise, which then never settles.
  process.on('uncaughtException', (error) => {
    send({ id: pending?.id, error: failure(error) });
    process.exitCode = 1;
    process.stdin.destroy();
  });
  const engineFor = await loadEngines(options);
  for await (const line of readline.createInterface({ input: process.stdin })) {
    pending = line.trim() ? JSON.parse(line) : {};
    if (pending.method) await answer(pending, engineFor);
  }
  process.exit();
}

const options = readArguments(process.argv.slice(2));
if (process.argv.includes('--version')) console.log('schema-engine-wasm');
else if (options.words[0] === 'cli') await runCommand(options.words[1], options.url);
else await serve(options);
