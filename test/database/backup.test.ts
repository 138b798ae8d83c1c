import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import pg from 'pg';
import { afterAll, beforeEach, expect, it, onTestFinished } from 'vitest';
import { checkBackup } from '../../src/database/backup/backup-file.ts';
import { writeBackup } from '../../src/database/backup/backup.ts';
import { keptFiles, putFiles } from '../../src/database/backup/kept-files.ts';
import { migrate, migrationsFolder, readMigrations } from '../../src/database/migrate.ts';
import { checkOwner, restoreBackup } from '../../src/database/backup/restore.ts';
import { writeStamp } from '../../src/database/stamp.ts';
import { queueSchema } from '../../src/queue/queue-schema.ts';
import { openLog } from '../../src/base/log.ts';
import { dropDatabase, emptyDatabase } from '../support/database.ts';
import { world } from '../support/world.ts';

const log = openLog('silent');
const dir = mkdtempSync(path.join(os.tmpdir(), 'backup-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

let file: string;
let made = 0;
beforeEach(() => {
  file = path.join(dir, `${(made += 1)}.jsonl.gz`);
});

async function empty(): Promise<string> {
  const url = await emptyDatabase();
  onTestFinished(() => dropDatabase(url));
  return url;
}

async function ask<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url, options: '-c timezone=UTC' });
  await client.connect();
  const { rows } = await client.query<Row>(sql);
  await client.end();
  return rows;
}

const backUp = (url: string) => writeBackup({ url, file, files: [] });

async function restore(url: string, from = file) {
  const head = await checkBackup(from);
  checkOwner(head, 'cli_a');
  return restoreBackup({ url, file: from, head, queueSchema: queueSchema() });
}

/** Everything in a database that has to be the same after a restore: rows, sequences, rules. */
async function everything(url: string) {
  const tables = await ask<{ name: string }>(
    url,
    `select c.oid::regclass::text as name from pg_class c where relkind in ('r', 'p') and not relispartition
       and (relnamespace = 'public'::regnamespace and relname <> '_prisma_migrations'
         or c.oid in ('pgboss.job'::regclass, 'pgboss.queue'::regclass)) order by 1`,
  );
  const rows: Record<string, unknown> = {};
  for (const { name } of tables) {
    const waiting = name === 'pgboss.job' ? `where state <> 'completed'` : '';
    rows[name] = await ask(url, `select t::text as row from ${name} t ${waiting} order by 1`);
  }
  return {
    rows,
    sequences: await ask(url, 'select sequencename, last_value from pg_sequences order by 1'),
    migrations: await ask(
      url,
      'select migration_name, checksum from _prisma_migrations order by 1',
    ),
    rules: await ask(
      url,
      "select conrelid::regclass::text as table, conname, pg_get_constraintdef(oid) from pg_constraint where connamespace = 'public'::regnamespace order by 1, 2",
    ),
    triggers: await ask(
      url,
      'select tgname, tgenabled from pg_trigger where not tgisinternal order by 1',
    ),
  };
}

/** A small branch with something of everything that waits, its database being that of the app cli_a. */
async function branch() {
  const there = await world();
  await writeStamp(there.url, 'cli_a');
  await there.lin.says('签到 党课 截止 20:00');
  await there.wang.says('答 1');
  return there;
}

it('brings back every row, sequence and rule, and jobs that wait do their work', async () => {
  const { url, group, clock, replica, liu } = await branch();
  const { rows } = await backUp(url);
  const copy = await empty();
  expect(await restore(copy)).toEqual({ rows, files: [] });
  const before = await everything(url);
  expect(before.rows['pgboss.job']).not.toEqual([]);
  expect(await everything(copy)).toEqual(before);

  const app = await replica(copy);
  clock.set('2026-03-02T20:00:01+08:00');
  await app.settle();
  expect(group.card('签到已结束 · 党课')).toContain('已签到 1 / 4 人');
  const [person] = await ask<{ id: number }>(
    copy,
    `insert into person (open_id, name) values ('ou_new', '新来') returning id`,
  );
  expect(person?.id).toBeGreaterThan(liu.id);
});

it('is made while others write, of one moment', async () => {
  const { url, db, lin } = await branch();
  const writing = Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      db.sql('insert into person (open_id, name) values ($1, $1)', `ou_${i}`),
    ),
  );
  await backUp(url);
  await writing;
  await lin.says('结束 1');
  const copy = await empty();
  await restore(copy);
  expect(await ask(copy, 'select closed_at from round')).toEqual([{ closed_at: null }]);
});

it('carries the values that are easily lost', async () => {
  const { url, db } = await branch();
  const bytes = Buffer.from([0, 10, 13, 34, 92, 128, 255]);
  const title = '“引号” \\ "双引号"\u2028\u2029\t𠮷 \n第二行';
  await db.client.upload.create({
    data: {
      ...{ id: '0190a0a0-0000-7000-8000-000000000000', message: 'om_x', name: 'x.md', hash: 'h' },
      ...{ title, bytes, personId: 1 },
    },
  });
  await db.sql(
    `insert into pace (key, times) values ('empty', '{}'), ('some', '{2026-03-02T02:00:00.123Z,infinity}')`,
  );
  await backUp(url);
  const copy = await empty();
  await restore(copy);
  expect(await everything(copy)).toEqual(await everything(url));
});

it('refuses a file that is damaged, before anything is touched', async () => {
  const { url } = await branch();
  await backUp(url);
  const good = readFileSync(file);
  const lines = gunzipSync(good).toString().trimEnd().split('\n');
  const packed = (text: string[]) => gzipSync(text.map((line) => `${line}\n`).join(''));
  const flipped = Buffer.from(good);
  flipped.fill('?', 1_000, 1_010);
  const copy = await empty();
  const refusal = async (bytes: Buffer) => {
    const bad = path.join(dir, 'bad.gz');
    writeFileSync(bad, bytes);
    const message = await restore(copy, bad).then(
      () => 'restored',
      (error: unknown) => (error as Error).message,
    );
    expect(message).not.toContain('\n');
    return message.replace(bad, 'FILE');
  };
  const rows = lines.findIndex((line) => line.startsWith('{'));
  expect(await refusal(good.subarray(0, good.length - 20))).toMatch(/^FILE is damaged: /);
  expect(await refusal(flipped)).toMatch(/^FILE is damaged: /);
  expect(await refusal(packed(lines.slice(0, -1)))).toBe(
    'FILE is damaged: its end is missing. Nothing was changed.',
  );
  expect(await refusal(packed(lines.toSpliced(rows, 1)))).toMatch(
    /^FILE is damaged: it holds \d+ rows/,
  );
  expect(await refusal(packed(lines.toSpliced(rows, 1, '{"id":')))).toMatch(/^FILE is damaged: /);
  expect(await refusal(Buffer.from('hello'))).toBe('FILE is not a backup of Xueban.');
  expect(await refusal(packed(['hello']))).toBe('FILE is not a backup of Xueban.');
  expect(await refusal(packed(['["xueban backup",{"format":2}]']))).toBe(
    'FILE was made by a newer Xueban: update the program.',
  );
  expect(
    await ask(copy, `select from pg_class where relnamespace = 'public'::regnamespace`),
  ).toEqual([]);
});

it('changes nothing when it fails half way', async () => {
  const { url } = await branch();
  await backUp(url);
  const text = gunzipSync(readFileSync(file)).toString();
  // A second answer of the same person: every line can be read, and the database refuses it.
  const answer = /\n(\{"round_id":1,"person_id":\d+,[^\n]*)\n/.exec(text)?.[1] ?? '';
  const twice = text
    .replace(answer, `${answer}\n${answer}`)
    .replace(/"rows":(\d+)/, (_, rows) => `"rows":${Number(rows) + 1}`);
  writeFileSync(file, gzipSync(twice));
  const copy = await empty();
  await expect(restore(copy)).rejects.toThrow(
    'was not restored and nothing was changed: duplicate key',
  );
  expect(await ask(copy, `select nspname from pg_namespace where nspname = 'pgboss'`)).toEqual([]);
  expect(
    await ask(copy, `select from pg_class where relnamespace = 'public'::regnamespace`),
  ).toEqual([]);
});

it('is restored into an empty database only, and says whose data are there', async () => {
  const { url } = await branch();
  await backUp(url);
  await expect(restore(url)).rejects.toThrow(
    'The database holds data of cli_a already, and a backup is restored into an empty one only.',
  );
  const other = await empty();
  await ask(other, 'create table ledger (id int)');
  await expect(restore(other)).rejects.toThrow('The database holds tables already');
});

it('stays with its app', async () => {
  const { url } = await branch();
  await backUp(url);
  const head = await checkBackup(file);
  expect(() => checkOwner(head, 'cli_b')).toThrow(
    'This backup is of the app cli_a, but the settings are those of the app cli_b. Set FEISHU_APP_ID to cli_a.',
  );
  expect(() => checkOwner(head, 'local')).toThrow('the settings are those of local mode');
});

it('of an older version is brought up to date by the next start', async () => {
  const folder = path.join(dir, 'migrations');
  const [first] = readMigrations();
  const name = first?.name ?? '';
  cpSync(path.join(migrationsFolder, name), path.join(folder, name), { recursive: true });
  const old = await empty();
  await migrate(old, log, folder);
  await writeStamp(old, 'cli_a');
  await ask(old, `insert into branch (name) values ('老支部')`);
  await backUp(old);
  const copy = await empty();
  await restore(copy);
  expect(await ask(copy, 'select migration_name from _prisma_migrations')).toHaveLength(1);
  await migrate(copy, log);
  expect(await ask(copy, 'select name from branch')).toEqual([{ name: '老支部' }]);
});

it('of a newer version is refused', async () => {
  const { url } = await branch();
  await ask(
    url,
    `insert into _prisma_migrations (id, checksum, migration_name, finished_at) values ('x', 'x', '29990101000000_later', now())`,
  );
  await backUp(url);
  await expect(restore(await empty())).rejects.toThrow('The backup is newer than this Xueban');
});

it('is not made of nothing, and replaces no other', async () => {
  await expect(backUp(await empty())).rejects.toThrow('there is nothing to back up');
  expect(existsSync(file)).toBe(false);
  writeFileSync(file, 'precious');
  const { url } = await branch();
  await expect(backUp(url)).rejects.toThrow('is there already');
  expect(readFileSync(file, 'utf8')).toBe('precious');
  const nowhere = { url, file: path.join(file, 'below'), files: [] };
  await expect(writeBackup(nowhere)).rejects.toThrow(`The backup ${nowhere.file} could not be`);
});

it('takes along what else lies in DATA_DIR, and overwrites nothing there', async () => {
  const [from, to] = [path.join(dir, 'from'), path.join(dir, 'to')];
  const put = (folder: string, name: string, text: string) =>
    putFiles(folder, [{ path: name, bytes: Buffer.from(text).toString('base64') }]);
  put(from, 'calendar.json', '{}');
  put(from, 'simulator.json.files/file_1', 'bytes');
  put(to, 'calendar.json', 'ours');
  const { url } = await branch();
  await writeBackup({ url, file, files: keptFiles(from) });
  const { files } = await restore(await empty());
  expect(putFiles(to, files)).toEqual(['calendar.json']);
  expect(readFileSync(path.join(to, 'calendar.json'), 'utf8')).toBe('ours');
  expect(readFileSync(path.join(to, 'simulator.json.files/file_1'), 'utf8')).toBe('bytes');
});
