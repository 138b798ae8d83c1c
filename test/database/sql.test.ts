import pg, { type Connection, type Submittable } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../support/database.ts';
import { readStatements, type Statement, type Unread } from '../support/statements.ts';

// Why the sources do not say a statement: whoever adds a line here says which of these it is.
const named = 'tables and columns are named by the database itself, or by a backup';
const handed = 'pg-boss hands it over, or a file of migrations';
const counted = 'it names a savepoint by its number, and no table';
const passed = 'it runs what its callers say, which is read where they say it';
/** By file, and there by function. */
const exempt: Readonly<Record<string, { why: string; in: readonly string[] }>> = {
  'src/database/backup/backup.ts': { why: named, in: ['rowsOf'] },
  'src/database/embedded/embedded.ts': { why: named, in: ['claim'] },
  'src/database/migrate.ts': { why: handed, in: ['run'] },
  'src/database/backup/restore.ts': { why: named, in: ['makeTables', 'fill', 'untie', 'insert'] },
  'src/database/db.ts': { why: `${passed}; ${counted}`, in: ['sql', 'attempt'] },
  'src/queue/inbox.ts': { why: handed, in: ['executeSql'] },
  'src/queue/queue.ts': { why: handed, in: ['executeSql', 'rows'] },
  'src/people/privacy/everything.ts': { why: named, in: ['rows'] },
};
const isExempt = ({ file, within }: Unread) => exempt[file]?.in.includes(within) === true;

/**
 * The embedded server comes without pgvector: a type and an operator of these names stand in for it, which is
 * enough for the names of columns. `test/answers/embedding.test.ts` runs the statements with the true one.
 */
const standIn = `create domain vector as text;
  create function apart(vector, vector) returns float8 language sql return 0;
  create operator <=> (leftarg = vector, rightarg = vector, function = apart);
  alter table passage_vector add column near vector`;
const needsVectors = ({ file }: Statement) => file === 'src/answers/retrieval/vectors.ts';

const sources = ['src', 'handlers', 'cards', 'jobs', 'simulator', 'scripts'];
const { statements, unread, loose } = readStatements(...sources);
const told = ({ file, line, text }: Statement) => `${file}:${line} ${text.trim()}`;

/** Has the server read and check a statement without running it; what is wrong with it, if anything. */
const faultOf = (client: pg.Client, text: string): Promise<string | undefined> =>
  new Promise((resolve) => {
    const asking: Submittable & Record<string, unknown> = {
      submit(connection: Connection) {
        connection.parse({ name: '', text, types: [] }, true);
        connection.sync();
      },
      handleError: (error: Error) => resolve(error.message),
      handleReadyForQuery: () => resolve(undefined),
    };
    client.query(asking);
  });

async function faultsOf(client: pg.Client, some: readonly Statement[]): Promise<string[]> {
  const faults: string[] = [];
  for (const each of some) {
    const fault = await faultOf(client, each.text);
    if (fault) faults.push(`${fault}: ${told(each)}`);
  }
  return faults;
}

describe('a statement in the sources', () => {
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  let client: pg.Client;
  beforeAll(async () => {
    database = await freshDatabase();
    client = new pg.Client(database.url);
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await database.close();
  });

  it('fits the migrated schema and the tables of the queue, whichever way it is put together', async () => {
    const plain = statements.filter((each) => !needsVectors(each));
    expect(plain.length).toBeGreaterThan(200);
    expect(await faultsOf(client, plain)).toEqual([]);
  });

  it('fits the schema where the column for pgvector has been added', async () => {
    const own = await freshDatabase();
    const beside = new pg.Client(own.url);
    await beside.connect();
    await beside.query(standIn);
    const some = statements.filter(needsVectors);
    expect(some.length).toBeGreaterThan(10);
    expect(await faultsOf(beside, some)).toEqual([]);
    await beside.end();
    await own.close();
  });

  it('is found out where a column has another name, also within a fragment', async () => {
    const [one] = statements.filter(
      ({ file, text }) =>
        file === 'src/rounds/audience/awaited.ts' && text.includes('round_makeup'),
    );
    const renamed = one?.text.replace('m.round_id', 'm.round_no') ?? '';
    expect(await faultOf(client, renamed)).toBe('column m.round_no does not exist');
  });
});

it('can be read in the sources, each but for the ones with a reason, and each is handed to a database', () => {
  const unknown = unread.filter((each) => !isExempt(each));
  expect(unknown.map(({ file, line, why }) => `${file}:${line} ${why}`)).toEqual([]);
  const stale = Object.entries(exempt).flatMap(([file, { in: names }]) =>
    names.filter((name) => !unread.some((each) => each.file === file && each.within === name)),
  );
  expect(stale).toEqual([]);
  expect(loose.map(told)).toEqual([]);
});
