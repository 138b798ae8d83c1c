import type { BranchId, PersonId } from '../../base/ids.ts';
import { longestAnswer, shortLines } from '../../base/text.ts';
import type { Acting } from '../../people/roster/service.ts';
import type { Rounds } from '../service.ts';
import type { Answered, AskedRound, RoundsAsking, Round, RoundKind, Some } from '../types.ts';

/** 打卡: a tap, or a line of one's own. A second tap changes nothing; a line may be written anew. */
export const checkinKind: RoundKind = {
  name: 'checkin',
  isWithdrawable: true,
  read: (input) =>
    input === undefined ? null : { text: shortLines(input, 'text', longestAnswer) },
  merge: (_earlier, next) => next ?? undefined,
  items(_round, people) {
    const texts = new Map(people.map(({ person, content }) => [person, content?.['text'] ?? '']));
    return { columns: [{ word: 'text' }], cells: (person) => [texts.get(person) ?? ''] };
  },
};

interface CheckinOpening extends Acting {
  title: string;
  by?: Date;
}
interface MemberHere {
  person: PersonId;
  branches: readonly BranchId[];
  at: Date;
}

/** Check-ins as people ask for them: by where they are and not by number. */
export function createCheckins({ rounds }: { rounds: Rounds }) {
  return {
    /** Opens a check-in, whose card goes to this group. */
    open: ({ scope, branch, group, title, by }: CheckinOpening): Promise<Round> =>
      rounds.open({
        ...{ scope, kind: checkinKind.name, branch: branch.id, chat: group, title },
        closesAt: by,
      }),

    /** The check-ins of these branches that ask this person. */
    roundsAsking: (asking: MemberHere): Promise<RoundsAsking> =>
      rounds.ofPerson.roundsAsking({ ...asking, kind: checkinKind.name }),

    /** Answers the one among them that waits for this person. Where several wait, answers none and returns all. */
    async answerOne(
      [first, ...others]: Some<AskedRound>,
      { person, at }: Pick<MemberHere, 'person' | 'at'>,
    ): Promise<Answered | AskedRound[]> {
      const all = [first, ...others];
      const unanswered = all.filter((round) => !round.answered);
      if (unanswered.length > 1) return all;
      const [round = first] = unanswered;
      return rounds.answers.give({ round: round.id, person, at });
    },
  };
}
export type Checkins = ReturnType<typeof createCheckins>;
