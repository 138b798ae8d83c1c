/**
 * `npm run db:migration -- <name>` writes the migration that takes the committed ones to the present
 * schema. Run again with the name of the newest one it rewrites that, as long as it is not merged; what
 * was written by hand below the marker stays.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { migrate, migrationsFolder, readMigrations } from '../src/database/migrate.ts';
import { openLog } from '../src/base/log.ts';
import { prisma, withThrowAwayDatabase } from './throw-away.ts';

const MARKER = '-- Written by hand from here on: what the schema language cannot say.';

async function writeMigration(name: string) {
  const existing = readMigrations().map((migration) => migration.name);
  const rewritten = existing.at(-1)?.endsWith(`_${name}`) ? existing.pop() : undefined;
  const folder = path.join(migrationsFolder, rewritten ?? `${timestamp()}_${name}`);
  const file = path.join(folder, 'migration.sql');
  const generated = await sqlSince(existing);
  const byHand = rewritten ? partByHand(readFileSync(file, 'utf8')) : '';
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, `${generated}\n${byHand}`);
  console.log(`${rewritten ? 'Rewrote' : 'Wrote'} ${path.relative(process.cwd(), file)}`);
}

function partByHand(sql: string): string {
  const start = sql.indexOf(MARKER);
  return start < 0 ? '' : `\n${sql.slice(start)}`;
}

function timestamp(): string {
  return new Date().toISOString().replace(/\D/g, '').slice(0, 14);
}

/** The statements from the end of these migrations to the present schema. */
async function sqlSince(names: string[]): Promise<string> {
  const target = ['--to-schema', 'prisma', '--script'];
  if (names.length === 0) return prisma(['migrate', 'diff', '--from-empty', ...target]);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'migrations-'));
  for (const name of names) {
    cpSync(path.join(migrationsFolder, name), path.join(folder, name), { recursive: true });
  }
  try {
    return await withThrowAwayDatabase(async (url) => {
      await migrate(url, openLog('silent'), folder);
      return prisma(['migrate', 'diff', '--from-config-datasource', ...target], url);
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const name = process.argv[2];
if (!name || !/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error('Usage: npm run db:migration -- <name>, such as add_meetings');
  process.exit(1);
}
await writeMigration(name);
