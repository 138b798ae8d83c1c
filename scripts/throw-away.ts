import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { startEmbedded } from '../src/database/embedded/embedded.ts';
import { openLog } from '../src/base/log.ts';
import { projectRoot } from '../src/base/project-root.ts';

/** Lends an empty database that is gone afterwards. */
export async function withThrowAwayDatabase<T>(work: (url: string) => Promise<T>): Promise<T> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'xueban-schema-'));
  chmodSync(dir, 0o755);
  const server = await startEmbedded({
    dir,
    log: openLog('silent'),
    onLost: (error) => {
      throw error;
    },
    settings: { fsync: 'off' },
  });
  try {
    return await work(server.url);
  } finally {
    await server.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Runs a command of Prisma and returns what it printed. */
export async function prisma(words: string[], databaseUrl?: string): Promise<string> {
  const { stdout } = await promisify(execFile)('npx', ['prisma', ...words], {
    cwd: projectRoot,
    env: databaseUrl ? { ...process.env, DATABASE_URL: databaseUrl } : process.env,
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout.trim();
}
