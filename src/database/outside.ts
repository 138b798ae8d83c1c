import type { Db } from './db.ts';
import { Fault } from '../base/errors.ts';

/**
 * Wraps a client of a network service, so that its functions throw when they are called in a transaction: its
 * locks and its connection would be held while the network answers.
 */
export function outside<NetworkClient extends object>(
  db: Db,
  client: NetworkClient,
): NetworkClient {
  return new Proxy(client, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]): unknown => {
        if (db.isAtomic) throw new Fault(`${String(name)} was called in a transaction`);
        return Reflect.apply(value, target, given);
      };
    },
  });
}
