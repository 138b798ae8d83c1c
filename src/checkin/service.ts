import type { BranchId, PersonId } from '../ids.ts';
import { longestAnswer, shortLines } from '../line.ts';
import type { Acting } from '../roster/service.ts';
import type { Rounds } from '../rounds/service.ts';
import type { Answered, AskedRound, Round, RoundKind } from '../rounds/types.ts';

/** 打卡: a tap, or a line of one's own. A second tap changes nothing; a line may be written anew. */
export const checkinKind: RoundKind = {
  name: 'checkin',
  isWithdrawable: true,
  read: (input) =>
    input === undefined ? null : { text: shortLines(input, 'text', longestAnswer) },
  merge: (_earlier, next) => next ?? undefined,
  items(_round, given) {
    const texts = new Map(given.map(({ person, content }) => [person, content?.['text'] ?? '']));
    return { columns: [{ word: 'text' }], cells: (person) => [texts.get(person) ?? ''] };
  },
};

interface Opening extends Acting {
  title: string;
  by?: Date;
}
interface AnsweringHere {
  person: PersonId;
  branches: readonly BranchId[];
  at: Date;
}

/** Check-ins as people ask for them: by where they are and not by number. */
export function createCheckins({ rounds }: { rounds: Rounds }) {
  return {
    /** Opens a check-in, whose card goes to this group. */
    open: ({ scope, branch, group, title, by }: Opening): Promise<Round> =>
      rounds.open({
        ...{ scope, kind: checkinKind.name, branch: branch.id, chat: group, title },
        closesAt: by,
      }),

    /**
     * Answers the one open check-in of these branches that waits for this person. Where several wait,
     * answers none and returns all there are to choose from.
     */
    async answerHere({ person, branches, at }: AnsweringHere): Promise<Answered | AskedRound[]> {
      const asking = await rounds.asking({ person, branches, kind: checkinKind.name, at });
      const unanswered = asking.filter((round) => !round.answered);
      if (unanswered.length > 1) return asking;
      const [round = asking[0]] = unanswered;
      return rounds.answer({ round: round.id, person, at });
    },
  };
}
export type Checkins = ReturnType<typeof createCheckins>;
