import type { Db } from '../../database/db.ts';

// Far more than the people and groups of one installation; above this the older half is forgotten.
const most = 20_000;

/** Remembers a value only after the commit: ids made in a transaction that fails do not exist. */
export function rememberAfterCommit<Value>(
  db: Db,
  cache: Map<string, Value>,
  key: string,
  value: Value,
): void {
  db.afterCommit(() => {
    if (cache.size >= most)
      for (const old of [...cache.keys()].slice(0, most / 2)) cache.delete(old);
    cache.set(key, value);
  });
}
