import path from 'node:path';
import { type Db, openDb } from './db.ts';
import type { Log } from '../base/log.ts';
import { reachDatabase } from './connect.ts';
import { startEmbedded } from './embedded/embedded.ts';
import { migrate } from './migrate.ts';
import { checkStamp, LOCAL_APP, writeStamp } from './stamp.ts';

export interface DatabaseOptions {
  /** A PostgreSQL of the operator's own; undefined for the embedded one. */
  url: string | undefined;
  dataDir: string;
  /** The id of the app this database is for; undefined in local mode. */
  appId: string | undefined;
  log: Log;
  /** Told when the embedded server ended by itself and could not be started again. */
  onLost: (error: Error) => void;
}

export interface OpenDatabase {
  readonly db: Db;
  /** The same database, for a process of its own such as a worker. */
  readonly url: string;
  /** Closes the connections, then stops the embedded server. */
  close(): Promise<void>;
}

/** Starts or reaches the database, makes sure it is this app's, and brings it up to date. */
export async function openDatabase(options: DatabaseOptions): Promise<OpenDatabase> {
  const { url, stop } = await reach(options);
  const app = options.appId ?? LOCAL_APP;
  try {
    await checkStamp(url, app);
    await migrate(url, options.log);
    await writeStamp(url, app);
  } catch (error) {
    await stop();
    throw error;
  }
  const db = openDb(url);
  return {
    db,
    url,
    async close() {
      await db.close();
      await stop();
    },
  };
}

async function reach({ url, dataDir, log, onLost }: DatabaseOptions) {
  if (!url) return startEmbedded({ dir: path.join(dataDir, 'postgres'), log, onLost });
  await reachDatabase(url);
  return { url, stop: async () => {} };
}
