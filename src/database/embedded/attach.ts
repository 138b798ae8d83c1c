import { existsSync } from 'node:fs';
import { type Embedded, type EmbeddedOptions, startEmbedded } from './embedded.ts';
import { passwordOf, urlsWith } from './cluster.ts';
import { findServerFolder } from './server-folder.ts';
import { findServerInUse } from './running-server.ts';

/**
 * The embedded database for a command that runs beside Xueban or without it: the server of a running Xueban is
 * used, else one is started and runs until `stop`. Undefined where no database was made yet.
 */
export async function attachEmbedded(options: EmbeddedOptions): Promise<Embedded | undefined> {
  const folder = findServerFolder(options.dir);
  if (!existsSync(folder.data)) return undefined;
  const used = await findServerInUse(folder, urlsWith(passwordOf(folder)));
  return used ? { url: used, stop: async () => {} } : startEmbedded(options);
}
