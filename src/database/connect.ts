import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { StartError } from '../base/errors.ts';

const PATIENCE = 10_000;
/** Answers of a server that is there but will not let us in, however long we wait. */
const FINAL: Record<string, string> = {
  '28P01': 'it refuses the password',
  '28000': 'it refuses this user',
  '3D000': 'it has no such database: create it first',
};

/** Waits some seconds for the database at `url`, which may be starting beside us. */
export async function reachDatabase(url: string, patience = PATIENCE): Promise<void> {
  const deadline = Date.now() + patience;
  for (;;) {
    const trouble = await tryOnce(url);
    if (!trouble) return;
    if (trouble.final || Date.now() > deadline) {
      throw new StartError(`The database of DATABASE_URL (${place(url)}): ${trouble.reason}.`);
    }
    await pause(300);
  }
}

/** The address without user and password. */
function place(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `${hostname}:${port || 5432}${pathname}`;
}

async function tryOnce(url: string): Promise<{ reason: string; final: boolean } | undefined> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    const reason = await unfit(client);
    return reason === undefined ? undefined : { reason, final: true };
  } catch (error) {
    const { code = '', message } = error as Error & { code?: string };
    return { reason: FINAL[code] ?? `no answer (${code || message})`, final: code in FINAL };
  } finally {
    await client.end().catch(() => {});
  }
}

/** Why a database that lets us in is of no use. Its tables and the queue's schema are made at the start. */
async function unfit(client: pg.Client): Promise<string | undefined> {
  const { rows } = await client.query<{ encoding: string; may: boolean | null }>(
    `select current_setting('server_encoding') as encoding,
       has_schema_privilege(current_schema(), 'create')
         and has_database_privilege(current_database(), 'create') as may`,
  );
  const { encoding, may } = rows[0] ?? {};
  if (encoding !== 'UTF8') return `its encoding is ${encoding}, and UTF8 is needed`;
  if (may) return undefined;
  return 'its user may not make tables and schemas in it: make the user its owner';
}
