import { existsSync } from 'node:fs';
import { type Embedded, type EmbeddedOptions, startEmbedded } from './embedded.ts';
import { passwordOf, urlsWith } from './cluster.ts';
import { findServerFolder } from './server-folder.ts';
import { findServerInUse } from './running-server.ts';

/**
 * The embedded database for a program that only comes by: the server of a running Xueban is used as it
 * stands, else one is started until `stop`. Undefined where no database was made yet.
 */
export async function attachEmbedded(options: EmbeddedOptions): Promise<Embedded | undefined> {
  const home = findServerFolder(options.dir);
  if (!existsSync(home.data)) return undefined;
  const used = await findServerInUse(home, urlsWith(passwordOf(home)));
  return used ? { url: used, stop: async () => {} } : startEmbedded(options);
}
