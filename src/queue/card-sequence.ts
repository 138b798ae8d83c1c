import { must } from '../base/errors.ts';
import type { Db } from '../database/db.ts';

/**
 * Reserves `count` sequence numbers for changes of a message's card entity and returns the first. They are
 * higher than any given before, and kept in the database, since a process that died may have used some.
 */
export async function nextCardSequence(db: Db, message: string, count: number): Promise<number> {
  const [row] = await db.sql<{ last: number }>(
    `update outgoing set entity_sequence = entity_sequence + $2 where id = $1::uuid
     returning entity_sequence as last`,
    message,
    count,
  );
  return must(row).last - count + 1;
}
