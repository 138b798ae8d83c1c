import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { projectRoot } from '../../src/base/project-root.ts';
import { program } from './program.ts';

/** Compiles the chat page, so that a test sees the one that stands in the sources. */
export async function buildPage(): Promise<void> {
  const run = promisify(execFile);
  const tsc = path.join(projectRoot, 'node_modules/typescript/bin/tsc');
  const project = path.join(projectRoot, 'simulator/page/tsconfig.json');
  await run(process.execPath, [tsc, '-p', project]);
  await run(process.execPath, [path.join(projectRoot, 'scripts/copy-page.mjs')]);
}

/** A folder that the embedded database can enter. */
export function localFolder(): string {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'xueban-local-'));
  chmodSync(dir, 0o755);
  return dir;
}

/**
 * The whole program in local mode, as `npm start` runs it, with a database of its own. A folder that is
 * given is left behind for the next run.
 */
export async function startLocalApp(given?: string) {
  const dir = given ?? localFolder();
  const child = spawn(process.execPath, [program('main')], {
    cwd: projectRoot,
    env: { PATH: process.env.PATH, DATA_DIR: dir, PORT: '0', HOST: '127.0.0.1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    await exited;
    if (!given) rmSync(dir, { recursive: true, force: true });
  };
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /http:\/\/localhost:(\d+)\/simulator\//.exec(line)?.[0];
    if (!address) continue;
    child.stdout.resume();
    return { address, stop };
  }
  await stop();
  throw new Error('The program ended before it was ready.');
}
