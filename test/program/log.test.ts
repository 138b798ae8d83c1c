import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { Fault, Refusal } from '../../src/base/errors.ts';
import { openLog } from '../../src/base/log.ts';
import { ModelError } from '../../src/answers/model/fault.ts';
import { freshDatabase } from '../support/database.ts';
import { messageOf, openDoor } from '../support/door.ts';

const secret = '王芳的悄悄话';

/** What a log shows of an error. */
function logged(err: unknown) {
  const lines: string[] = [];
  openLog('info', { write: (line) => void lines.push(line) }).error({ err });
  const { err: shown } = JSON.parse(lines.join('')) as { err: Record<string, unknown> };
  return { shown, text: lines.join('') };
}
async function thrown(work: () => unknown): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

it('shows no words that an error quotes, and where it came from', async () => {
  const { db, close } = await freshDatabase();
  onTestFinished(close);
  const insert = () => db.sql(`insert into branch (name) values ($1)`, secret);
  await db.sql(`create unique index only_one on branch (name)`);
  await insert();
  const plain = new Error(`${secret}\n    at ${secret} (file:///etc/passwd:1:1)\n    at ${secret}`);
  const nested = new Error('outer', { cause: plain });
  const quoting = [
    await thrown(insert),
    await thrown(() => db.client.person.create({ data: { openId: secret, name: 1 as never } })),
    await thrown(() => db.pool.query(`select '${secret}'::int`)),
    await thrown(() => JSON.parse(`{"${secret}"`) as unknown),
    await thrown(() => z.strictObject({}).parse({ [secret]: 1 })),
    ...[
      Object.assign(new Error('x'), { code: secret }),
      plain,
      nested,
      new AggregateError([plain], secret),
    ],
  ].map((error) => ({ error, ...logged(error) }));
  for (const { text } of quoting) expect(text).not.toContain('王芳');
  for (const { error, shown } of quoting.slice(0, 5))
    expect(shown.type).toBe((error as Error).name);
  expect(logged(plain).shown.stack).toContain('log.test.ts:');
  expect(logged(nested).shown.cause).toMatchObject({ type: 'Error' });
  expect(logged(secret).text).not.toContain(secret);
  expect(logged({ words: secret }).text).not.toContain(secret);
});

it('shows the database’s code, and the messages of our own', async () => {
  const { db, close } = await freshDatabase();
  onTestFinished(close);
  const refused = logged(await thrown(() => db.sql(`select $1::text::int`, secret)));
  expect(refused.text).toContain('22P02');
  expect(logged(new Fault('the queue is closed')).shown.message).toBe('the queue is closed');
  expect(logged(new Refusal('NOT_YET')).shown.message).toBe('NOT_YET');
  expect(logged(new ModelError('refused', { status: 500 })).shown.message).toContain('500');
});

it('of a job that fails, and of one that is given up, has no words', async () => {
  const door = await openDoor();
  onTestFinished(door.stop);
  door.behind.handle = async (incoming) => {
    if (incoming.kind === 'said') await door.db.sql(`select $1::text::int`, incoming.text);
    return {};
  };
  await door.send(messageOf(secret));
  for (let i = 0; i < 8; i += 1) await door.pass(60_000);
  const lines = door.lines.join('\n');
  expect(lines).toContain('a job failed and is tried again');
  expect(lines).toContain('a job was given up');
  expect(lines).toContain('22P02');
  expect(lines).not.toContain('王芳');
});
