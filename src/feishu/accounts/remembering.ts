import type { Db } from '../../database/db.ts';

// People and groups of one installation fit many times over; beyond this the oldest half is forgotten.
const most = 20_000;

/** Ids made in a transaction that fails do not exist: a value is remembered only once it has committed. */
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
