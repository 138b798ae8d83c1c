import { statSync } from 'node:fs';
import path from 'node:path';
import { type Config, readConfig, readEnvironment } from './config.ts';
import { writeBackup } from '../database/backup/backup.ts';
import { reachDatabase } from '../database/connect.ts';
import type { Embedded } from '../database/embedded/embedded.ts';
import { keptFiles } from '../database/backup/kept-files.ts';
import { LOCAL_APP } from '../database/stamp.ts';
import { attachEmbedded } from '../database/embedded/attach.ts';
import { StartError } from '../base/errors.ts';
import { openLog } from '../base/log.ts';
import { asOperator, namedFile, onLost } from './operator.ts';

/** `npm run backup [file]`: all that is stored in one file, also while Xueban runs. */
async function backup(): Promise<string> {
  const config = readConfig(readEnvironment(process.env));
  const [name, ...more] = process.argv.slice(2);
  if (more.length > 0) throw new StartError('Usage: npm run backup [file]');
  const file = name ? namedFile(name) : newFile(config.dataDir);
  const { url, stop } = await reach(config);
  try {
    const { app, rows } = await writeBackup({ url, file, files: keptFiles(config.dataDir) });
    const whose = app === LOCAL_APP ? 'local mode' : app;
    return `Backed up the data of ${whose}, ${rows} rows in ${megabytes(file)} MB: ${file}`;
  } finally {
    await stop();
  }
}

async function reach({ databaseUrl, dataDir }: Config): Promise<Embedded> {
  if (databaseUrl) {
    await reachDatabase(databaseUrl);
    return { url: databaseUrl, stop: async () => {} };
  }
  const dir = path.join(dataDir, 'postgres');
  const embedded = await attachEmbedded({ dir, log: openLog('silent'), onLost });
  if (embedded) return embedded;
  throw new StartError(`There is no database in ${dataDir} yet: there is nothing to back up.`);
}

function newFile(dataDir: string): string {
  const now = new Date().toISOString().replace(/\..*/, '').replaceAll(':', '');
  return path.join(dataDir, 'backups', `xueban-${now}Z.jsonl.gz`);
}

const megabytes = (file: string) => (statSync(file).size / 1024 / 1024).toFixed(1);

await asOperator(backup);
