import type { PersonId, RoundId } from '../../base/ids.ts';
import type { KnownKinds, Round, RoundKind, Spared } from '../types.ts';

export { createKinds } from './registry.ts';

type OfSomeKind = Pick<Round, 'id' | 'kind'>;

/** What the kinds say of the rounds at hand, each asked once about all of its own. */
export function createByKind(kinds: KnownKinds) {
  async function askEach<Said>(
    rounds: readonly OfSomeKind[],
    ask: (kind: RoundKind, own: RoundId[]) => Promise<Said> | undefined,
  ): Promise<Said[]> {
    const said: Said[] = [];
    for (const { kind } of kinds.all()) {
      const own = rounds.filter((round) => round.kind === kind.name).map(({ id }) => id);
      const answer = own.length > 0 ? await ask(kind, own) : undefined;
      if (answer !== undefined) said.push(answer);
    }
    return said;
  }

  return {
    askEach,

    /** The same rounds, each with what its kind keeps of it. */
    async withOwn<Some extends OfSomeKind>(rounds: Some[]): Promise<(Some & Pick<Round, 'own'>)[]> {
      const own = await askEach(rounds, (kind, ids) => kind.own?.(ids));
      if (own.length === 0) return rounds;
      const all = new Map(own.flatMap((some) => [...some]));
      return rounds.map((round) => ({ ...round, own: all.get(round.id) }));
    },

    /** Whom they do not wait for now, though nothing counts for them yet. */
    async findSpared(rounds: readonly OfSomeKind[]) {
      const said = await askEach(rounds, (kind, ids) => kind.spared?.(ids));
      const key = ({ round, person }: Spared) => `${round}:${person}`;
      const all = new Set(said.flat().map(key));
      return (round: RoundId, person: PersonId): boolean => all.has(key({ round, person }));
    },
  };
}
