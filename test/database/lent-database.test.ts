import { expect, it } from 'vitest';
import { lendDatabase } from '../support/lent-database.ts';

const passed = { failed: false };
const person = { openId: 'ou_lin', name: '林志远' };

it('is lent again as new: empty, with its first numbers, and without what the test put into its place', async () => {
  const first = await lendDatabase();
  const lanes = await first.db.sql('select name, retry_limit from pgboss.queue order by name');
  expect(lanes).not.toEqual([]);
  const { id } = await first.db.client.person.create({ data: person });
  await first.db.client.chat.create({
    data: { platformId: 'oc', kind: 'private', personId: id },
  });
  await first.db.sql('update pgboss.queue set retry_limit = 77');
  first.db.sql = () => Promise.resolve([]);
  await first.close(passed);

  const second = await lendDatabase();
  expect(second.url).toBe(first.url);
  expect(await second.db.client.chat.count()).toBe(0);
  expect(await second.db.client.person.create({ data: person })).toMatchObject({ id: 1 });
  expect(await second.db.sql('select name, retry_limit from pgboss.queue order by name')).toEqual(
    lanes,
  );
  await second.close(passed);
});

it('answers nobody whose test is over', async () => {
  const { db, close } = await lendDatabase();
  await close(passed);
  const over = 'the test of this database is over';
  await expect(db.sql('select 1')).rejects.toThrow(over);
  await expect(db.atomic(() => Promise.resolve())).rejects.toThrow(over);
  expect(() => db.client).toThrow(over);
  expect(() => db.pool).toThrow(over);
});

it.each([
  ['has another table', 'create table more (id int)'],
  ['has another column', 'alter table person add column more int'],
  ['has a function more', 'create function more() returns int language sql return 1'],
])('is not lent again where it %s', async (_, statement) => {
  const { db, url, close } = await lendDatabase();
  await db.client.$executeRawUnsafe(statement);
  await close(passed);
  const next = await lendDatabase();
  expect(next.url).not.toBe(url);
  await next.close(passed);
});

it('is not lent again where the test failed, or somebody is still in it', async () => {
  const failed = await lendDatabase();
  await failed.close({ failed: true });
  const used = await lendDatabase();
  expect(used.url).not.toBe(failed.url);
  const { pool } = used.db;
  const connection = await pool.connect();
  const closing = used.close(passed);
  connection.release();
  await closing;
  const next = await lendDatabase();
  expect(next.url).not.toBe(used.url);
  await next.close(passed);
});
