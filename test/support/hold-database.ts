import { startEmbedded } from '../../src/database/embedded/embedded.ts';
import { openLog } from '../../src/base/log.ts';

/** A process that holds the embedded database in the folder it is given, until it is killed. */
const { url } = await startEmbedded({
  dir: process.argv[2] ?? '',
  log: openLog('silent'),
  onLost: (error) => {
    throw error;
  },
});
process.stdout.write(`${url}\n`);
setInterval(() => {}, 60_000);
