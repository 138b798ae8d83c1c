import path from 'node:path';
import { type Config, readConfig, readEnvironment } from './config.ts';
import { checkBackup } from '../database/backup/backup-file.ts';
import { reachDatabase } from '../database/connect.ts';
import { type Embedded, startEmbedded } from '../database/embedded/embedded.ts';
import { putFiles } from '../database/backup/kept-files.ts';
import { checkOwner, restoreBackup } from '../database/backup/restore.ts';
import { LOCAL_APP } from '../database/stamp.ts';
import { StartError } from '../base/errors.ts';
import { makeWritableFolder } from '../base/writable-folder.ts';
import { queueSchema } from '../queue/queue-schema.ts';
import { openLog } from '../base/log.ts';
import { asOperator, namedFile, onLost } from './operator.ts';

/** `npm run restore <file>`: fills an empty database, embedded or of `DATABASE_URL`, from a backup. */
async function restore(): Promise<string> {
  const config = readConfig(readEnvironment(process.env));
  const [name, ...more] = process.argv.slice(2);
  if (!name || more.length > 0) throw new StartError('Usage: npm run restore <file>');
  const file = namedFile(name);
  // Read to its end before anything is touched.
  const head = await checkBackup(file);
  checkOwner(head, config.feishu?.appId ?? LOCAL_APP);
  makeWritableFolder(config.dataDir);
  const { url, stop } = await reach(config);
  try {
    const restored = await restoreBackup({ url, file, head, queueSchema: queueSchema() });
    const kept = putFiles(config.dataDir, restored.files);
    const also = kept.length > 0 ? ` These were there already and stay: ${kept.join(', ')}.` : '';
    return `Restored ${restored.rows} rows as they stood at ${head.madeAt}.${also} Xueban can be started.`;
  } finally {
    await stop();
  }
}

async function reach({ databaseUrl, dataDir }: Config): Promise<Embedded> {
  if (!databaseUrl) {
    return startEmbedded({ dir: path.join(dataDir, 'postgres'), log: openLog('silent'), onLost });
  }
  await reachDatabase(databaseUrl);
  return { url: databaseUrl, stop: async () => {} };
}

await asOperator(restore);
