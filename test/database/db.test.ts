import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../support/database.ts';

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.close());

const write = (name: string) => fresh.db.client.branch.create({ data: { name } });
const names = async () =>
  (await fresh.db.client.branch.findMany({ orderBy: { id: 'asc' } })).map(({ name }) => name);
const fail = (): never => {
  throw new Error('no');
};

it('undoes an attempt within an attempt alone', async () => {
  const { db } = fresh;
  await db.atomic(async () => {
    await write('before');
    await db.attempt(async () => {
      await write('outer');
      await db
        .attempt(async () => {
          await write('inner');
          fail();
        })
        .catch(() => {});
      await write('outer again');
    });
  });
  expect(await names()).toEqual(['before', 'outer', 'outer again']);
});

it('undoes with an attempt what attempts in it did, also those that went well', async () => {
  const { db } = fresh;
  const effects: string[] = [];
  await db.client.branch.deleteMany();
  await db.atomic(async () => {
    await write('before');
    await db
      .attempt(async () => {
        await write('outer');
        db.afterCommit(() => void effects.push('outer'));
        await db.attempt(() => write('inner'));
        await db.attempt(async () => fail()).catch(() => {});
        fail();
      })
      .catch(() => {});
    db.afterCommit(() => void effects.push('after'));
    await write('after');
  });
  expect(await names()).toEqual(['before', 'after']);
  expect(effects).toEqual(['after']);
});

it('keeps no savepoint of an attempt that is over', async () => {
  const { db } = fresh;
  await db.atomic(async () => {
    for (let i = 0; i < 3; i += 1) {
      await db.attempt(() => db.sql('select 1'));
      await db.attempt(async () => fail()).catch(() => {});
    }
    await expect(
      db.attempt(() => db.client.$executeRawUnsafe('release savepoint attempt_1')),
    ).rejects.toThrow('attempt_1');
  });
});

it('no test gets away with asking two things at once on one transaction', async () => {
  const { db } = fresh;
  // What is asked in one turn of the event loop Prisma puts in a row itself.
  const later = () => new Promise(setImmediate).then(() => db.sql('select 1'));
  const both = () => Promise.all([db.sql('select pg_sleep(0.1)::text'), later()]);
  await expect(db.atomic(both)).rejects.toThrow('one thing at a time');
  await expect(both()).resolves.toHaveLength(2);
});
