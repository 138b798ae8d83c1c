#!/usr/bin/env node
// stand-in for the schema-engine binary: JSON-RPC over stdio, backed by @prisma/schema-engine-wasm + @prisma/adapter-pg
import fs from 'node:fs';
import { createRequire } from 'node:module';
import readline from 'node:readline';
const require = createRequire(import.meta.url);
const dbg = (...a) =>
  process.env.SHIM_LOG && fs.appendFileSync(process.env.SHIM_LOG, a.join(' ') + '\n');
process.on('uncaughtException', (e) => {
  dbg('UNCAUGHT', e.stack);
  process.exit(101);
});
process.on('unhandledRejection', (e) => dbg('UNHANDLED', e?.stack));
process.on('exit', (c) => dbg('exit', c));
globalThis.PRISMA_WASM_PANIC_REGISTRY = {
  set_message(m) {
    dbg('PANIC', m);
    process.stderr.write(m + '\n');
  },
};
const argv = process.argv.slice(2);
if (argv[0] === '--version' || argv[0] === '-V') {
  console.log('schema-engine-wasm-shim 1');
  process.exit(0);
}
const opts = { datamodels: [], datasource: null };
const rest = [];
for (let i = 0; i < argv.length; i++) {
  if (argv[i] === '--datamodels') opts.datamodels.push(argv[++i]);
  else if (argv[i] === '--datasource') opts.datasource = JSON.parse(argv[++i]);
  else if (['--enabled-preview-features', '--extension-types'].includes(argv[i])) i++;
  else rest.push(argv[i]);
}
const url = opts.datasource?.url;
if (rest[0] === 'cli') {
  const { default: pg } = await import('pg');
  const u = new URL(url);
  const db = decodeURIComponent(u.pathname.slice(1));
  const fail = (code, message) => {
    process.stderr.write(
      '\n' +
        JSON.stringify({
          level: 'ERROR',
          target: 'schema_engine::logger',
          fields: { error_code: code, message },
        }) +
        '\n',
    );
    process.exit(1);
  };
  if (rest[1] === 'can-connect-to-database') {
    try {
      const c = new pg.Client(url);
      await c.connect();
      await c.end();
      process.exit(0);
    } catch (e) {
      fail(e.code === '3D000' ? 'P1003' : 'P1001', String(e.message));
    }
  }
  if (rest[1] === 'create-database') {
    u.pathname = '/postgres';
    const c = new pg.Client(u.toString());
    await c.connect();
    await c.query(`CREATE DATABASE "${db}"`).catch((e) => fail('P1009', e.message));
    await c.end();
    process.exit(0);
  }
  if (rest[1] === 'drop-database') {
    u.pathname = '/postgres';
    const c = new pg.Client(u.toString());
    await c.connect();
    await c.query(`DROP DATABASE "${db}"`).catch((e) => fail('P1014', e.message));
    await c.end();
    process.exit(0);
  }
}
const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg');
const wasmPath = require
  .resolve('@prisma/schema-engine-wasm')
  .replace(/schema_engine\.js$/, 'schema_engine_bg.wasm');
const { instance } = await WebAssembly.instantiate(fs.readFileSync(wasmPath), {
  './schema_engine_bg.js': glue,
});
glue.__wbg_set_wasm(instance.exports);
instance.exports.__wbindgen_start();
const { PrismaPg } = await import('@prisma/adapter-pg');
const { bindMigrationAwareSqlAdapterFactory } = await import('@prisma/driver-adapter-utils');

const Result = require('pg/lib/result.js');
const af = Result.prototype.addFields;
let charCols = new Set();
Result.prototype.addFields = function (f) {
  charCols = new Set();
  f.forEach((x, i) => {
    if (x.dataTypeID === 18) {
      x.dataTypeID = 25;
      charCols.add(i);
    }
  });
  return af.call(this, f);
}; // adapter-pg lacks OID 18 ("char")
const u = new URL(url);
const cfg = {
  host: u.hostname,
  port: +(u.port || 5432),
  user: decodeURIComponent(u.username),
  password: decodeURIComponent(u.password) || undefined,
  database: decodeURIComponent(u.pathname.slice(1)),
  max: 2,
}; // no connectionString: it would override the shadow database name
const real = new PrismaPg(cfg, { schema: u.searchParams.get('schema') ?? undefined });
const fix = (a) => {
  const q = a.queryRaw.bind(a);
  a.queryRaw = async (p) => {
    const r = await q(p);
    charCols.forEach((i) => {
      if (i < r.columnTypes.length) r.columnTypes[i] = 6;
    });
    charCols = new Set();
    return r;
  };
  return a;
};
const admin = async (q) => {
  const { default: pg } = await import('pg');
  const c = new pg.Client({ ...cfg });
  await c.connect();
  try {
    await c.query(q);
  } finally {
    await c.end();
  }
};
const mig = {
  provider: real.provider,
  adapterName: real.adapterName,
  connect: async () => fix(await real.connect()),
  async connectToShadowDb() {
    // adapter-pg drops the shadow database before closing its own pool
    const db = 'prisma_shadow_' + globalThis.crypto.randomUUID().replaceAll('-', '');
    await admin(`CREATE DATABASE "${db}"`);
    const a = fix(await new PrismaPg({ ...cfg, database: db }).connect());
    const d = a.dispose.bind(a);
    a.dispose = async () => {
      await d().catch(() => {});
      await admin(`DROP DATABASE IF EXISTS "${db}" WITH (FORCE)`);
    };
    return a;
  },
};
const factory = bindMigrationAwareSqlAdapterFactory(mig);
const dm = opts.datamodels.map((f) => [f, fs.readFileSync(f, 'utf8')]);
let engine;
const rl = readline.createInterface({ input: process.stdin });
let q = Promise.resolve();
const send = (o) =>
  dbg('OUT', JSON.stringify(o).slice(0, 300)) ??
  process.stdout.write(JSON.stringify({ jsonrpc: '2.0', ...o }) + '\n');
rl.on('line', (l) => {
  dbg('IN', l.slice(0, 150));
  if (!l.trim()) return;
  const m = JSON.parse(l);
  if (!m.method) return;
  q = q.then(async () => {
    try {
      if (process.env.SHIM_DEBUG) process.stderr.write(l.slice(0, 400) + '\n');
      engine ??= await glue.SchemaEngine.new(
        { datamodels: dm.length ? dm : undefined },
        () => {},
        factory,
      );
      const name = { getDatabaseVersion: 'version' }[m.method] ?? m.method;
      if (typeof engine[name] !== 'function') throw new Error('shim: no method ' + m.method);
      let r = await engine[name](m.params);
      if (m.method === 'diff' && r?.stdout)
        send({ id: 1e9, method: 'print', params: { content: r.stdout } });
      send({ id: m.id, result: r ?? {} });
    } catch (e) {
      const er = factory.errorRegistry?.consumeError?.(0);
      send({
        id: m.id,
        error: {
          code: 4466,
          message: String(e.message ?? e),
          data: {
            is_panic: false,
            message: String(e.message ?? e) + (er ? ' ' + JSON.stringify(er) : ''),
            meta: null,
            error_code: e.code,
          },
        },
      });
    }
  });
});
rl.on('close', () => q.then(() => process.exit(0)));
