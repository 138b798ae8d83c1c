import type { Kinds, OfKind } from '../types.ts';

/** Kinds by name, empty at first: each feature adds its own when it is registered. */
export function createKinds<Kind extends OfKind>(): Kinds<Kind> {
  const kinds = new Map<string, Kind>();
  return {
    add(kind) {
      const { name } = kind.kind;
      if (kinds.has(name)) throw new Error(`Two kinds of round are called ${name}`);
      kinds.set(name, kind);
    },
    of(name) {
      const kind = kinds.get(name);
      if (!kind) throw new Error(`No such kind of round: ${name}`);
      return kind;
    },
    all: () => [...kinds.values()],
  };
}
