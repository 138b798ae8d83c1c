import type { Db } from './db.ts';
import { Fault } from '../base/errors.ts';

/**
 * The same edge to a network, whose functions refuse to be called in a transaction: what that has locked, and
 * its connection, would wait for the network too.
 */
export function outside<Edge extends object>(db: Db, edge: Edge): Edge {
  return new Proxy(edge, {
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
