import { chooseRoundCard } from '../../cards/rounds/rounds.ts';
import type { Place, Reader, Reply } from '../../src/bot/talk.ts';
import type { PersonId, RoundId } from '../../src/base/ids.ts';
import type { Roster } from '../../src/people/roster/service.ts';
import type { SecretaryScope } from '../../src/people/roster/types.ts';
import type { Rounds } from '../../src/rounds/service.ts';
import type { Round, Some } from '../../src/rounds/types.ts';

interface Caller {
  from: PersonId;
  place: Place;
  reader: Reader;
}
type Choice = Parameters<typeof chooseRoundCard>[2];

/**
 * Finds the round that is meant by a number or a button, for every handler alike. Several branches may have a
 * round of one number: then its person chooses, by a button that carries what they asked for.
 */
export function createMeantRound({ rounds, roster }: { rounds: Rounds; roster: Roster }) {
  const onlyOrChoice = (
    { reader }: Caller,
    meant: Some<Round>,
    { choice, act }: { choice: Choice; act: (round: Round) => Promise<Reply> },
  ): Reply | Promise<Reply> =>
    meant.length > 1 ? { card: chooseRoundCard(reader, meant, choice) } : act(meant[0]);

  return {
    /** Among the rounds of the branches in which the caller speaks. */
    async ofMember(
      caller: Caller,
      number: number,
      choice: Choice,
      act: (round: Round) => Promise<Reply>,
    ): Promise<Reply> {
      const branches = await roster.branchesMeant(caller.from, caller.place);
      return onlyOrChoice(caller, await rounds.numbered(branches, number), { choice, act });
    },

    /** Among the rounds of the branches that the caller serves here. */
    async ofSecretary(
      caller: Caller,
      number: number,
      choice: Choice,
      act: (round: Round, scope: SecretaryScope) => Promise<Reply>,
    ): Promise<Reply> {
      const scope = await roster.asSecretaryHere(caller.from, caller.place);
      const meant = await rounds.numbered(scope.ids, number);
      return onlyOrChoice(caller, meant, { choice, act: (round) => act(round, scope) });
    },

    /** The round of a button, and the proof that its presser may decide about it. */
    async pressed(from: PersonId, id: RoundId): Promise<{ round: Round; scope: SecretaryScope }> {
      const round = await rounds.find(id);
      return { round, scope: await roster.asSecretary(from, round.branch.id) };
    },
  };
}
