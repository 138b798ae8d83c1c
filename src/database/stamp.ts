import pg from 'pg';
import { StartError } from '../base/errors.ts';

/** What a local database is stamped with instead of an app's id. */
export const LOCAL_APP = 'local';

/** Refuses a database that was made for another app; an empty one passes. Changes nothing. */
export async function checkStamp(url: string, app: string): Promise<void> {
  await withClient(url, async (client) => {
    const { rows } = await client.query<{ there: boolean }>(
      `select to_regclass('stamp') is not null as there`,
    );
    if (rows[0]?.there) refuseOther(await readStamp(client), app);
  });
}

/** Marks the database as this app's at its first start; the first of several processes decides. */
export async function writeStamp(url: string, app: string): Promise<void> {
  await withClient(url, async (client) => {
    await client.query('insert into stamp (app) values ($1) on conflict do nothing', [app]);
    refuseOther(await readStamp(client), app);
  });
}

/** The app that the database was made for; undefined before its first start. */
export async function readStamp(client: pg.Client): Promise<string | undefined> {
  const { rows } = await client.query<{ app: string }>('select app from stamp');
  return rows[0]?.app;
}

function refuseOther(stamped: string | undefined, app: string) {
  if (stamped === undefined || stamped === app) return;
  if (app === LOCAL_APP) {
    throw new StartError(
      `This database holds the data of the app ${stamped}, and local mode would mix samples into it. Set FEISHU_APP_ID to ${stamped}, or use another DATABASE_URL.`,
    );
  }
  if (stamped === LOCAL_APP) {
    throw new StartError(
      `This database holds the samples of local mode, not data of the app ${app}. Use another DATABASE_URL or DATA_DIR.`,
    );
  }
  throw new StartError(
    `This database belongs to the app ${stamped}, but FEISHU_APP_ID is ${app}. Set FEISHU_APP_ID to ${stamped}, or use another DATABASE_URL or DATA_DIR.`,
  );
}

async function withClient(url: string, work: (client: pg.Client) => Promise<void>) {
  const client = new pg.Client({ connectionString: url, options: '-c timezone=UTC' });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
