import { once } from 'node:events';
import { createConnection, createServer } from 'node:net';
import pg from 'pg';
import { expect, inject, it, onTestFinished } from 'vitest';
import { reachDatabase } from '../../src/database/connect.ts';
import { dropDatabase, emptyDatabase } from '../support/database.ts';

function changed(change: (url: URL) => void): string {
  const url = new URL(inject('databaseServer'));
  change(url);
  return url.toString();
}

async function failure(url: string): Promise<string> {
  return reachDatabase(url, 0).then(
    () => 'reached',
    (error: unknown) => (error as Error).message,
  );
}

it('reaches a database that is there', async () => {
  await reachDatabase(inject('databaseServer'));
});

it('says in one line, without the password, where nobody answers', async () => {
  const message = await failure('postgresql://me:hunter2@127.0.0.1:1/branch');
  expect(message).toBe(
    'The database of DATABASE_URL (127.0.0.1:1/branch): no answer (ECONNREFUSED).',
  );
});

it.each([
  ['the password', (url: URL) => (url.password = 'wrong'), 'it refuses the password'],
  ['the database', (url: URL) => (url.pathname = 'nowhere'), 'it has no such database'],
])('does not wait when %s is wrong', async (_what, change, reason) => {
  const wrong = changed(change);
  await expect(reachDatabase(wrong)).rejects.toThrow(reason);
});

it('waits for a database that comes up a little later', async () => {
  const real = new URL(inject('databaseServer'));
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const { port } = holder.address() as { port: number };
  holder.close();
  await once(holder, 'close');
  const reached = reachDatabase(changed((url) => (url.port = String(port))));
  const relay = createServer((socket) => {
    const onward = createConnection(Number(real.port), real.hostname);
    socket.pipe(onward).pipe(socket);
  });
  relay.listen(port, '127.0.0.1');
  await reached;
  relay.close();
});

it('does not wait for rights that its user does not have', async () => {
  const url = await emptyDatabase();
  const name = `guest_of_${new URL(url).pathname.slice(1)}`;
  const owner = new pg.Client(url);
  await owner.connect();
  await owner.query(`create role ${name} login password 'guest'`);
  onTestFinished(async () => {
    await owner.query(`drop owned by ${name}`);
    await owner.query(`drop role ${name}`);
    await owner.end();
    await dropDatabase(url);
  });
  const guest = new URL(url);
  Object.assign(guest, { username: name, password: 'guest' });
  const denied = 'its user may not make tables and schemas in it: make the user its owner';
  await expect(reachDatabase(guest.toString())).rejects.toThrow(denied);
  await owner.query(`grant create on schema public to ${name}`);
  await expect(reachDatabase(guest.toString())).rejects.toThrow(denied);
  await owner.query(`grant create on database ${guest.pathname.slice(1)} to ${name}`);
  await reachDatabase(guest.toString());
});
