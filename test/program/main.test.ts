import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { projectRoot } from '../../src/base/project-root.ts';
import { dropDatabase, emptyDatabase } from '../support/database.ts';
import { program } from '../support/program.ts';

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'main-'));
  chmodSync(dir, 0o755);
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** The process as an operator starts it, with nothing set but what the test sets. */
function run(env: Record<string, string>) {
  const child = spawn(process.execPath, [program('main')], {
    cwd: projectRoot,
    env: { PATH: process.env.PATH, DATA_DIR: dir, PORT: '0', HOST: '127.0.0.1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  const faults = text(child.stderr);
  return { child, exited, faults };
}

/** The port it listens on, once it says that it is ready. */
async function untilReady({ child }: ReturnType<typeof run>): Promise<number> {
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.includes('"msg":"ready"')) continue;
    child.stdout.resume();
    return (JSON.parse(line) as { port: number }).port;
  }
  throw new Error('It ended before it was ready.');
}

const note = () => path.join(dir, 'local', 'postgres', 'data', 'postmaster.pid');

it('serves until it is asked to stop, and then takes its database along', async () => {
  const started = run({});
  const port = await untilReady(started);
  const answer = await fetch(`http://127.0.0.1:${port}/healthz`);
  expect(answer.status).toBe(200);
  expect(readFileSync(note(), 'utf8')).toContain('127.0.0.1');
  started.child.kill('SIGTERM');
  expect(await started.exited).toBe(0);
  expect(existsSync(note())).toBe(false);
});

it('goes on when its database dies under it', { timeout: 120_000 }, async () => {
  const started = run({});
  const ready = `http://127.0.0.1:${await untilReady(started)}/readyz`;
  const status = () => fetch(ready).then((answer) => answer.status);
  await expect.poll(status, { timeout: 60_000 }).toBe(200);
  const postmaster = () => (existsSync(note()) ? readFileSync(note(), 'utf8').split('\n')[0] : '');
  const first = postmaster();
  process.kill(Number(first), 'SIGKILL');
  await expect.poll(postmaster).not.toBe(first);
  await expect.poll(status).toBe(200);
  started.child.kill('SIGTERM');
  expect(await started.exited).toBe(0);
});

it('never runs in local mode in production, and names all that is missing', async () => {
  const { exited, faults } = run({ NODE_ENV: 'production' });
  expect(await exited).toBe(1);
  const names = (await faults)
    .trim()
    .split('\n')
    .map((line) => line.split(' ')[0]);
  expect(names).toEqual([
    'FEISHU_APP_ID',
    'FEISHU_APP_SECRET',
    'FEISHU_ENCRYPT_KEY',
    'FEISHU_VERIFICATION_TOKEN',
  ]);
});

it('says in one line that its port is in use, and leaves no database running', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  const { exited, faults } = run({ PORT: String(port) });
  expect(await exited).toBe(1);
  expect((await faults).trim()).toBe(
    `Port ${port} is in use. Stop the other program, or set PORT to another one.`,
  );
  expect(existsSync(note())).toBe(false);
  other.close();
});

it('says in one line that its folder cannot be written to', async () => {
  const file = path.join(dir, 'file');
  writeFileSync(file, '');
  const { exited, faults } = run({ DATA_DIR: file });
  expect(await exited).toBe(1);
  expect((await faults).trim()).toBe(
    `${file}/local/postgres cannot be written to (ENOTDIR). Start Xueban as the user it belongs to, or set DATA_DIR to another folder.`,
  );
});

it('says so as well where only the local Feishu would write into it', async () => {
  const file = path.join(dir, 'file');
  writeFileSync(file, '');
  const url = await emptyDatabase();
  const { exited, faults } = run({ DATA_DIR: file, DATABASE_URL: url });
  expect(await exited).toBe(1);
  await dropDatabase(url);
  expect((await faults).trim()).toBe(
    `${file}/local cannot be written to (ENOTDIR). Start Xueban as the user it belongs to, or set DATA_DIR to another folder.`,
  );
});
