import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createSimulator } from '../../simulator/simulator.ts';
import { writeStamp } from '../../src/database/stamp.ts';
import { appProcess, freePort, hurriedClock, settingsFor } from './app-process.ts';
import { freshDatabase } from './database.ts';
import { newKeys } from './running-app.ts';

/** Two processes of the app on one database, before them a platform that takes them in turn. */
export async function startReplicas() {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'replicas-'));
  const { db, url, close } = await freshDatabase();
  const keys = newKeys();
  await writeStamp(url, keys.id);
  const sim = createSimulator({ app: keys, clock: hurriedClock });
  const { domain } = await sim.listen();
  const env = { ...settingsFor(keys, domain), DATA_DIR: dir, DATABASE_URL: url };
  const started: ReturnType<typeof appProcess>[] = [];

  /** One more process. */
  async function start() {
    const process = appProcess(await freePort(), env);
    started.push(process);
    await process.ready();
    sim.aim(...started.map(({ door }) => door));
    return process;
  }
  const replicas = await Promise.all([start(), start()]);
  return {
    ...{ sim, db, replicas, start },
    async stop() {
      await Promise.all(started.map((each) => each.kill()));
      await sim.close();
      await close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
export type Replicas = Awaited<ReturnType<typeof startReplicas>>;
