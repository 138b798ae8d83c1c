import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate, migrationsFolder, readMigrations } from '../../src/database/migrate.ts';
import { checkStamp, writeStamp } from '../../src/database/stamp.ts';
import { openLog } from '../../src/base/log.ts';
import { projectRoot } from '../../src/base/project-root.ts';
import { dropDatabase, emptyDatabase, freshDatabase } from '../support/database.ts';

const log = openLog('silent');

let url: string;
let folder: string;

beforeEach(async () => {
  url = await emptyDatabase();
  folder = mkdtempSync(path.join(os.tmpdir(), 'migrations-'));
  cpSync(migrationsFolder, folder, { recursive: true });
});

afterEach(async () => {
  rmSync(folder, { recursive: true });
  await dropDatabase(url);
});

async function ask<Row extends pg.QueryResultRow>(sql: string): Promise<Row[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

function changeFirst(sql: string) {
  const first = readMigrations(folder)[0]?.name ?? '';
  writeFileSync(path.join(folder, first, 'migration.sql'), sql);
}

describe('the migrator', () => {
  it('applies each migration once when several processes start at the same time', async () => {
    await Promise.all([1, 2, 3].map(() => migrate(url, log)));
    const applied = await ask<{ migration_name: string }>(
      'select migration_name from _prisma_migrations order by 1',
    );
    expect(applied.map((row) => row.migration_name)).toEqual(readMigrations().map((m) => m.name));
  });

  it('keeps its record in a form that prisma migrate status agrees with', async () => {
    await migrate(url, log);
    const { stdout } = await promisify(execFile)('npx', ['prisma', 'migrate', 'status'], {
      cwd: projectRoot,
      env: { ...process.env, DATABASE_URL: url },
    });
    expect(stdout).toContain('Database schema is up to date!');
  });

  it('refuses a database that holds a migration the code does not know', async () => {
    await migrate(url, log);
    await ask(`insert into _prisma_migrations (id, checksum, migration_name, finished_at)
      values ('x', 'x', '29990101000000_later', now())`);
    await expect(migrate(url, log)).rejects.toThrow(
      'The database is newer than this Xueban: it holds the migration 29990101000000_later.',
    );
  });

  it('refuses a migration that was changed after the database had run it', async () => {
    await migrate(url, log, folder);
    changeFirst('select 1');
    await expect(migrate(url, log, folder)).rejects.toThrow('The database has run another form');
  });

  it('forgets of a chat what it was only guessed to be, and nothing that is known', async () => {
    const later = '20261130040000_chat_kind_as_told';
    for (const { name } of readMigrations(folder).filter(({ name }) => name >= later))
      rmSync(path.join(folder, name), { recursive: true });
    await migrate(url, log, folder);
    await ask(`insert into person (open_id) values ('ou_lin'), ('ou_wang')`);
    await ask(`insert into branch (name) values ('第一党支部')`);
    await ask(`insert into chat (platform_id, kind, person_id, branch_id, welcomed_at) values
      ('oc_guess', 'group', null, null, null), ('oc_alone', 'private', 1, null, null),
      ('oc_bound', 'group', null, 1, null), ('oc_welcomed', 'group', null, null, now()),
      ('oc_known', 'group', null, null, null)`);
    await ask(`insert into chat_member (chat_id, person_id, since) values (5, 2, now())`);
    await migrate(url, log);
    expect(await ask('select platform_id as chat, kind from chat order by id')).toEqual([
      { chat: 'oc_guess', kind: null },
      { chat: 'oc_alone', kind: 'private' },
      { chat: 'oc_bound', kind: 'group' },
      { chat: 'oc_welcomed', kind: 'group' },
      { chat: 'oc_known', kind: 'group' },
    ]);
    await expect(ask('update chat set person_id = 2 where id = 1')).rejects.toThrow('chat_person');
  });

  it('leaves nothing behind of a migration that fails', async () => {
    changeFirst('create table half (id int); create table half (id int);');
    await expect(migrate(url, log, folder)).rejects.toThrow('failed and changed nothing');
    const [found] = await ask<{ half: string | null }>(`select to_regclass('half') as half`);
    expect(found?.half).toBeNull();
  });
});

describe('the stamp', () => {
  it('keeps a database to the app it was made for', async () => {
    await checkStamp(url, 'cli_a');
    await migrate(url, log);
    await writeStamp(url, 'cli_a');
    await writeStamp(url, 'cli_a');
    await expect(checkStamp(url, 'cli_b')).rejects.toThrow('FEISHU_APP_ID is cli_b');
    await expect(checkStamp(url, 'local')).rejects.toThrow('local mode would mix samples into it');
  });

  it('keeps real data out of a local database', async () => {
    const { url: local, close } = await freshDatabase();
    await writeStamp(local, 'local');
    await expect(checkStamp(local, 'cli_a')).rejects.toThrow('samples of local mode');
    await close();
  });
});
