import type { Db } from '../../src/database/db.ts';

export interface LostCompletions {
  /** The jobs of which the end was lost. */
  jobs(): Promise<string[]>;
  /** Gives back what nobody holds any more, as the next process does. */
  handBack(): Promise<void>;
}

/**
 * From now on no job of this database is noted as done at its first try, as if its process were killed
 * just before: whatever it had committed by then stays, and it runs again.
 */
export async function loseCompletions(db: Db, names: readonly string[]): Promise<LostCompletions> {
  // A sequence remembers also what is rolled back.
  for (const name of names) await db.client.$executeRawUnsafe(`create sequence "lost ${name}"`);
  await db.client.$executeRawUnsafe(
    `create function lose() returns trigger as $$ begin
       perform nextval(format('%I', 'lost ' || (new.data->>'job')));
       return null;
     end $$ language plpgsql`,
  );
  await db.client.$executeRawUnsafe(
    `create trigger lose before update on pgboss.job for each row
     when (new.state = 'completed' and new.retry_count = 0) execute function lose()`,
  );
  return {
    async jobs() {
      const rows = await db.sql<{ name: string }>(
        `select sequencename as name from pg_sequences where sequencename like 'lost %' and last_value > 0`,
      );
      return rows.map(({ name }) => name.replace('lost ', ''));
    },
    async handBack() {
      await db.sql(
        `update pgboss.job set state = 'retry', retry_count = retry_count + 1 where state = 'active'`,
      );
    },
  };
}
