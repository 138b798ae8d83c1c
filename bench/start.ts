import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { temporaryFolder } from './door.ts';

/** From the start of the built program to its first yes on `/readyz`, and its memory then: `npm run bench:start`. */
const main = path.resolve('dist/src/program/main.js');
const again = 5;

const statusOf = (pid: number) => readFileSync(`/proc/${pid}/status`, 'utf8');
const numberOf = (text: string, name: string) =>
  Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0);

/** Megabytes that only this process and those it started hold; shared pages count by their share. */
function megabytes(root: number): number {
  const family = new Set([root]);
  const all = readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > root);
  for (const pid of all.sort((one, other) => one - other)) {
    try {
      if (family.has(numberOf(statusOf(pid), 'PPid'))) family.add(pid);
    } catch {
      // It ended meanwhile.
    }
  }
  const held = [...family].map((pid) =>
    numberOf(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'), 'Pss'),
  );
  return Math.round(held.reduce((sum, each) => sum + each, 0) / 1024);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}

async function untilReady(port: number, child: ChildProcess) {
  while (child.exitCode === null) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await pause(10);
  }
  throw new Error(`it ended with ${child.exitCode}`);
}

async function start(dataDir: string) {
  const port = await freePort();
  const env = { ...process.env, DATA_DIR: dataDir, PORT: String(port), LOG_LEVEL: 'error' };
  const began = performance.now();
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  await untilReady(port, child);
  const seconds = (performance.now() - began) / 1000;
  await pause(3_000);
  const found = { seconds, memory: process.platform === 'linux' ? megabytes(child.pid ?? 0) : 0 };
  child.kill('SIGTERM');
  await once(child, 'exit');
  return found;
}

const dataDir = temporaryFolder();
const first = await start(dataDir);
const later = [];
for (let i = 0; i < again; i += 1) later.push(await start(dataDir));
rmSync(dataDir, { recursive: true, force: true });
later.sort((one, other) => one.seconds - other.seconds);
const middle = later[Math.floor(later.length / 2)];
console.log(
  `ready         first ${first.seconds.toFixed(1)} s  with data ${middle?.seconds.toFixed(1)} s`,
);
console.log(`memory        ${middle?.memory} MB, database and simulator included`);
